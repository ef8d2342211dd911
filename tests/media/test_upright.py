"""Orientation and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import PIL.Image
import pillow_heif
import pytest

from tests.support.images import exif, photograph, png, png_chunk, saved
from tests.support.videos import BLUE, GREEN, RED, four_colors, read
from vitruvian.media import upright

if TYPE_CHECKING:
    from pathlib import Path

UPRIGHT: dict[int, Any] = {
    1: lambda image: image,
    2: lambda image: image[:, ::-1],
    3: lambda image: image[::-1, ::-1],
    4: lambda image: image[::-1],
    5: lambda image: image.swapaxes(0, 1),
    6: lambda image: np.rot90(image, -1),
    7: lambda image: np.rot90(image, 2).swapaxes(0, 1),
    8: np.rot90,
}
KINDS = {
    "JPEG": {"quality": 95},
    "PNG": {},
    "WEBP": {"lossless": True},
    "AVIF": {"quality": 95},
    "TIFF": {},
    "TIFF ": {"compression": "tiff_lzw"},
    "HEIF": {"quality": 95},
}


def file_of(kind: str, **options: Any) -> bytes:
    pillow_heif.register_heif_opener()  # also lets Pillow write it
    return saved(four_colors(), kind.strip(), **KINDS[kind], **options)


@pytest.mark.parametrize("orientation", UPRIGHT)
@pytest.mark.parametrize("kind", KINDS)
def test_an_image_is_turned_upright(tmp_path: Path, kind: str, orientation: int) -> None:
    path = tmp_path / "still.jpg"
    path.write_bytes(file_of(kind, exif=exif(orientation).tobytes()))
    (frame,) = read(path)
    expected = UPRIGHT[orientation](four_colors())
    assert frame.image.shape == expected.shape
    assert frame.image.flags.c_contiguous
    assert np.abs(frame.image.astype(int) - expected).mean() < 5


def test_orientation_after_the_pixels_of_a_png_is_found(tmp_path: Path) -> None:
    path = tmp_path / "still.png"
    data = saved(four_colors(), "PNG")
    chunk = png_chunk(b"eXIf", exif(6).tobytes()[6:])
    path.write_bytes(data[:-12] + chunk + data[-12:])
    np.testing.assert_array_equal(read(path)[0].image, np.rot90(four_colors(), -1))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_damaged_exif_data_are_ignored(tmp_path: Path, kind: str) -> None:
    whole = exif(6).tobytes()
    path = tmp_path / "still.jpg"
    for damaged in (b"", whole[:6], whole[:9], whole[:-8], b"Exif\0\0" + b"\xff" * 40):
        path.write_bytes(file_of(kind, exif=damaged))
        assert read(path)[0].image.shape in {(48, 64, 3), (64, 48, 3)}
    for orientation in (0, 9, 65_535):
        path.write_bytes(file_of(kind, exif=exif(orientation)))
        assert read(path)[0].image.shape == (48, 64, 3)


def test_parts_make_the_same_image(monkeypatch: pytest.MonkeyPatch) -> None:
    image = PIL.Image.fromarray(photograph())
    image.getexif()[0x0112] = 7
    whole = upright.upright_rgb(image)
    monkeypatch.setattr(upright, "_STRIP_PIXELS", 1000)
    np.testing.assert_array_equal(upright.upright_rgb(image), whole)


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr"]
)
def test_every_mode_of_pillow_becomes_rgb(mode: str) -> None:
    image = PIL.Image.fromarray(photograph())
    image = image.convert("P" if mode == "PA" else mode)
    if mode == "PA":
        image.putalpha(7)
    expected = np.asarray(image.convert("RGB"))
    np.testing.assert_array_equal(upright.upright_rgb(image), expected)


def test_transparency_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "still.png"
    path.write_bytes(saved(np.dstack((four_colors(), four_colors()[:, :, 0])), "PNG"))
    np.testing.assert_array_equal(read(path)[0].image, four_colors())


def test_an_image_with_a_palette_becomes_rgb(tmp_path: Path) -> None:
    path = tmp_path / "still.png"
    palette = png_chunk(b"PLTE", bytes([*RED, *GREEN, *BLUE])) + png_chunk(b"tRNS", b"\0\x80\xff")
    path.write_bytes(png(3, 1, 3, bytes([0, 0, 1, 2]), extra=palette))
    np.testing.assert_array_equal(read(path)[0].image, [[RED, GREEN, BLUE]])
