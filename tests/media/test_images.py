"""Still images of many kinds, read."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from tests.support.videos import (
    BLUE,
    GREEN,
    RED,
    four_colors,
    read,
)
from vitruvian.errors import MediaError
from vitruvian.media.opening import open_source

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
def test_a_still_image_is_one_frame(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"still{suffix}"
    image = cv2.GaussianBlur(four_colors(), (0, 0), 3)
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
        (four_colors()[:, :, 0], np.repeat(four_colors()[:, :, :1], 3, axis=2)),
        (np.dstack((four_colors()[:, :, ::-1], np.full((48, 64), 7, np.uint8))), four_colors()),
        (four_colors()[:, :, ::-1].astype(np.uint16) * 257, four_colors()),
    ],
    ids=["grey", "alpha", "16-bit"],
)
def test_an_image_becomes_8_bit_rgb(
    tmp_path: Path, stored: np.ndarray, expected: np.ndarray
) -> None:
    path = tmp_path / "still.png"
    path.write_bytes(cv2.imencode(".png", stored)[1].tobytes())
    (frame,) = read(path)
    np.testing.assert_array_equal(frame.image, expected)


def test_an_image_with_a_palette_becomes_rgb(tmp_path: Path) -> None:
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
def test_exif_orientation_is_applied(tmp_path: Path, orientation: int, upright: Any) -> None:
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    jpeg = cv2.imencode(".jpg", four_colors()[:, :, ::-1])[1].tobytes()
    path = tmp_path / "still.jpg"
    path.write_bytes(jpeg[:2] + struct.pack(">HH", 0xFFE1, 2 + len(exif)) + exif + jpeg[2:])
    (frame,) = read(path)
    expected = upright(four_colors())
    assert frame.image.shape == expected.shape
    assert np.abs(frame.image.astype(int) - expected).mean() < 5


def test_a_very_wide_image_is_read(tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    path.write_bytes(png(20_000, 20, 2, bytes((1 + 3 * 20_000) * 20)))
    assert read(path)[0].image.shape == (20, 20_000, 3)


def test_an_image_with_too_many_pixels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png(100_000, 100_000, 2, bytes(1000)))
    with pytest.raises(MediaError, match=r"bomb\.png has too many pixels: scale the image down\."):
        open_source(path)
