"""Still pictures of many kinds."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from tests.support.films import BLUE, GREEN, RED, encode, greys, picture, read
from vitruvian.errors import MediaError
from vitruvian.media.source import open_source

if TYPE_CHECKING:
    from pathlib import Path


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, color_type: int, rows: bytes, palette: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, color_type, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + (png_chunk(b"PLTE", palette) if palette else b"")
        + png_chunk(b"IDAT", zlib.compress(rows))
        + png_chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("suffix", [".png", ".bmp", ".tiff", ".ppm", ".jpg", ".webp"])
def test_a_still_picture(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"still{suffix}"
    image = cv2.GaussianBlur(picture(), (0, 0), 3)
    path.write_bytes(cv2.imencode(suffix, image[:, :, ::-1])[1].tobytes())
    with open_source(path) as source:
        assert (source.is_image, source.is_live) == (True, False)
        assert (source.frame_rate, source.frame_count, source.size) == (None, 1, (64, 48))
        assert (source.name, source.stem) == (str(path), "still")
        (frame,) = source
    assert (frame.index, frame.timestamp_s) == (0, 0.0)
    assert frame.image.dtype == np.uint8
    assert frame.image.flags.c_contiguous
    np.testing.assert_array_equal(frame.image, cv2.imread(str(path))[:, :, ::-1])
    assert np.abs(frame.image.astype(int) - image).mean() < 2


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (picture()[:, :, 0], np.repeat(picture()[:, :, :1], 3, axis=2)),
        (np.dstack((picture()[:, :, ::-1], np.full((48, 64), 7, np.uint8))), picture()),
        (picture()[:, :, ::-1].astype(np.uint16) * 257, picture()),
    ],
    ids=["grey", "alpha", "16-bit"],
)
def test_a_picture_becomes_8_bit_rgb(
    tmp_path: Path, stored: np.ndarray, expected: np.ndarray
) -> None:
    path = tmp_path / "still.png"
    path.write_bytes(cv2.imencode(".png", stored)[1].tobytes())
    (frame,) = read(path)
    np.testing.assert_array_equal(frame.image, expected)


def test_a_picture_with_a_palette(tmp_path: Path) -> None:
    path = tmp_path / "still.png"
    path.write_bytes(png(3, 1, 3, bytes([0, 0, 1, 2]), bytes([*RED, *GREEN, *BLUE])))
    (frame,) = read(path)
    np.testing.assert_array_equal(frame.image, [[RED, GREEN, BLUE]])


@pytest.mark.parametrize(
    ("orientation", "upright"),
    [
        (1, lambda image: image),
        (2, lambda image: image[:, ::-1]),
        (3, lambda image: image[::-1, ::-1]),
        (4, lambda image: image[::-1]),
        (5, lambda image: image.swapaxes(0, 1)),
        (6, lambda image: np.rot90(image, -1)),
        (7, lambda image: np.rot90(image, 2).swapaxes(0, 1)),
        (8, np.rot90),
    ],
)
def test_the_camera_was_turned(tmp_path: Path, orientation: int, upright: Any) -> None:
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    jpeg = cv2.imencode(".jpg", picture()[:, :, ::-1])[1].tobytes()
    path = tmp_path / "still.jpg"
    path.write_bytes(jpeg[:2] + struct.pack(">HH", 0xFFE1, 2 + len(exif)) + exif + jpeg[2:])
    (frame,) = read(path)
    expected = upright(picture())
    assert frame.image.shape == expected.shape
    assert np.abs(frame.image.astype(int) - expected).mean() < 5


def test_the_content_says_what_a_file_is(tmp_path: Path) -> None:
    still, video = tmp_path / "ein Bild, 日本.mp4", tmp_path / "50%: film.jpg"
    still.write_bytes(cv2.imencode(".png", picture())[1].tobytes())
    encode(tmp_path / "film.mp4", greys(3)).rename(video)
    with open_source(still) as source:
        assert source.is_image
    with open_source(str(video)) as source:
        assert not source.is_image
        assert len(list(source)) == 3


def test_a_very_wide_picture(tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    path.write_bytes(png(20_000, 20, 2, bytes((1 + 3 * 20_000) * 20)))
    assert read(path)[0].image.shape == (20, 20_000, 3)


def test_a_picture_that_claims_to_be_enormous(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png(100_000, 100_000, 2, bytes(1000)))
    with pytest.raises(MediaError, match=r"bomb\.png is too large a picture: scale it down\."):
        open_source(path)


@pytest.mark.parametrize(("codec", "pix_fmt"), [("gif", "rgb8"), ("apng", "rgb24")])
def test_an_animation_is_a_video(tmp_path: Path, codec: str, pix_fmt: str) -> None:
    path = encode(tmp_path / f"animation.{codec}", greys(4), codec, pix_fmt)
    path = path.rename(tmp_path / "animation.png")
    with open_source(path) as source:
        assert not source.is_image
        frames = list(source)
    np.testing.assert_allclose([frame.timestamp_s for frame in frames], [0, 0.1, 0.2, 0.3])
