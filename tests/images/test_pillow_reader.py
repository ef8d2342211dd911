"""Still images that Pillow reads."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import cv2
import numpy as np
import PIL.Image
import pytest

from tests.support.images import STILLS, animation, photograph, png, png_chunk, saved
from tests.support.videos import (
    noise,
    read,
)
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path


def opencv_rgb(path: Path) -> np.ndarray:
    image = cv2.imread(str(path))
    assert image is not None
    return image[:, :, ::-1]


JPEGS = {
    f"quality {quality}, {sampling}, progressive {progressive}": {
        "quality": quality,
        "subsampling": sampling,
        "progressive": progressive,
    }
    for quality in (5, 50, 95)
    for sampling in ("4:4:4", "4:2:2", "4:2:0")
    for progressive in (False, True)
}


@pytest.mark.parametrize("image", [photograph(), noise(61, 83)], ids=["photograph", "noise"])
@pytest.mark.parametrize("options", JPEGS.values(), ids=JPEGS)
def test_a_jpeg_has_the_bytes_of_opencv(
    tmp_path: Path, image: np.ndarray, options: dict[str, Any]
) -> None:
    path = tmp_path / "still.jpg"
    path.write_bytes(saved(image, "JPEG", **options))
    (frame,) = read(path)
    np.testing.assert_array_equal(frame.image, opencv_rgb(path))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("image", [photograph(), noise(61, 83)], ids=["photograph", "noise"])
def test_a_png_has_the_bytes_of_opencv(tmp_path: Path, image: np.ndarray, mode: str) -> None:
    stored = PIL.Image.fromarray(image).convert(mode)
    if mode[-1] == "A":
        stored.putalpha(PIL.Image.fromarray(image[:, :, 0]))
    path = tmp_path / "still.png"
    path.write_bytes(saved(stored, "PNG"))
    (frame,) = read(path)
    np.testing.assert_array_equal(frame.image, opencv_rgb(path))


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
@pytest.mark.parametrize("color_type", [0, 3])
def test_a_png_of_few_colours_has_the_bytes_of_opencv(
    tmp_path: Path, color_type: int, bits: int
) -> None:
    rows = b"".join(b"\0" + row.tobytes() for row in noise(20, 8 * bits)[:, :, 0][:, : 5 * bits])
    palette = png_chunk(b"PLTE", noise(1, 2**bits).tobytes()) if color_type == 3 else b""
    transparent = png_chunk(b"tRNS", bytes(2) if color_type == 0 else bytes(range(2**bits)))
    path = tmp_path / "still.png"
    for extra in (palette, palette + transparent):
        path.write_bytes(png(40, 20, color_type, rows, bits=bits, extra=extra))
        (frame,) = read(path)
        np.testing.assert_array_equal(frame.image, opencv_rgb(path))


def test_an_interlaced_png_has_the_bytes_of_opencv(tmp_path: Path) -> None:
    encoder = av.CodecContext.create("png", "w")
    encoder.width, encoder.height, encoder.pix_fmt = 83, 61, "rgb24"
    encoder.time_base, encoder.options = Fraction(1), {"flags": "+ildct"}
    (packet,) = encoder.encode(av.VideoFrame.from_ndarray(noise(61, 83), "rgb24"))
    path = tmp_path / "still.png"
    path.write_bytes(bytes(packet))
    assert path.read_bytes()[28] == 1  # the last byte of the header says that it is interlaced
    (frame,) = read(path)
    np.testing.assert_array_equal(frame.image, opencv_rgb(path))
    np.testing.assert_array_equal(frame.image, noise(61, 83))


@pytest.mark.parametrize("kind", STILLS.values(), ids=STILLS)
def test_a_still_image_is_one_frame(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "still.video.mp4"
    path.write_bytes(saved(photograph(), kind))
    with open_source(path) as source:
        assert (source.is_image, source.is_live) == (True, False)
        assert (source.frame_rate, source.frame_count, source.size) == (None, 1, (160, 192))
        assert (source.name, source.path) == (str(path), path)
        (frame,) = source
    assert (frame.index, frame.timestamp_s) == (0, 0.0)
    assert frame.image.dtype == np.uint8
    assert frame.image.flags.c_contiguous
    assert np.abs(frame.image.astype(int) - photograph()).mean() < 8


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"])
def test_a_compressed_tiff_is_read(tmp_path: Path, compression: str) -> None:
    path = tmp_path / "still.tif"
    path.write_bytes(saved(noise(), "TIFF", compression=compression))
    np.testing.assert_array_equal(read(path)[0].image, noise())


@pytest.mark.parametrize("mode", ["CMYK", "YCbCr", "LAB", "L", "P"])
def test_other_colour_spaces_become_rgb(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "still.tif"
    image = PIL.Image.fromarray(photograph())
    if mode == "LAB":
        lab = cv2.cvtColor(photograph(), cv2.COLOR_RGB2LAB)
        image = PIL.Image.fromarray((lab.astype(int) - [0, 128, 128]).astype(np.uint8), "LAB")
    else:
        image = image.convert(mode)
    path.write_bytes(saved(image, "TIFF"))
    (frame,) = read(path)
    expected = image.convert("RGB") if mode in {"L", "P"} else photograph()
    assert np.abs(frame.image.astype(int) - np.asarray(expected)).mean() < 6


def test_a_cmyk_jpeg_looks_right(tmp_path: Path) -> None:
    path = tmp_path / "still.jpg"
    path.write_bytes(saved(PIL.Image.fromarray(photograph()).convert("CMYK"), "JPEG", quality=95))
    assert b"Adobe" in path.read_bytes()  # whose JPEG files store inverted colours
    (frame,) = read(path)
    assert np.abs(frame.image.astype(int) - photograph()).mean() < 6


def test_the_first_image_of_an_mpo_is_read(tmp_path: Path) -> None:
    path = tmp_path / "still.mpo"
    path.write_bytes(animation([photograph(), 255 - photograph()], "MPO", quality=95))
    (frame,) = read(path)
    assert np.abs(frame.image.astype(int) - photograph()).mean() < 8


def test_a_very_wide_image_is_read(tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    path.write_bytes(png(20_000, 20, 2, bytes((1 + 3 * 20_000) * 20)))
    assert read(path)[0].image.shape == (20, 20_000, 3)
