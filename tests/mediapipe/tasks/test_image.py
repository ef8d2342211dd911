"""Tests of `vitruvian.mediapipe.Image`, whose behaviour is that of MediaPipe 1.2.2."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import vitruvian.mediapipe as mp
from tests.support.images import png_of_values, saved
from tests.support.sample import DATA
from tests.support.tasks import image
from vitruvian.errors import FrameError, OptionError
from vitruvian.mediapipe.tasks.errors import (
    ArgumentTypeError,
    ImageFileError,
    ImageFileNotFoundError,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_an_image_keeps_its_pixels() -> None:
    rgb = np.arange(5 * 7 * 3, dtype=np.uint8).reshape(5, 7, 3)
    for pixels in (rgb, rgb[:, ::-1], rgb.transpose(1, 0, 2), rgb[::2, 1:]):
        assert np.array_equal(image(pixels).numpy_view(), pixels)
    frozen = rgb.copy()
    frozen.flags.writeable = False
    copied = image(frozen)
    same = image(rgb)
    rgb[:] = 0
    assert np.array_equal(same.numpy_view(), frozen)
    assert np.array_equal(copied.numpy_view(), frozen)
    view = same.numpy_view()
    assert view.flags.c_contiguous
    with pytest.raises(ValueError, match="read-only"):
        view[0, 0, 0] = 1


def test_the_memory_layout_of_an_image_is_mediapipes() -> None:
    narrow, wide = image(np.zeros((5, 7, 3), np.uint8)), image(np.zeros((5, 16, 3), np.uint8))
    assert (narrow.width, narrow.height, narrow.channels, narrow.step) == (7, 5, 3, 32)
    assert (wide.step, wide.is_contiguous(), narrow.is_contiguous()) == (48, True, False)
    assert narrow.is_aligned(16)
    assert not wide.is_aligned(32)
    assert not narrow.uses_gpu()
    assert not narrow.is_empty()
    assert narrow.image_format == mp.ImageFormat.SRGB == 1
    with pytest.raises(OptionError, match="power of two"):
        narrow.is_aligned(12)


@pytest.mark.parametrize(
    ("name", "dtype", "channels"),
    [
        ("GRAY8", np.uint8, 1),
        ("SRGB", np.uint8, 3),
        ("SRGBA", np.uint8, 4),
        ("GRAY16", np.uint16, 1),
        ("SRGB48", np.uint16, 3),
        ("SRGBA64", np.uint16, 4),
        ("VEC32F1", np.float32, 1),
        ("VEC32F2", np.float32, 2),
        ("VEC32F4", np.float32, 4),
    ],
)
def test_every_format_keeps_its_values(name: str, dtype: Any, channels: int) -> None:
    data = np.arange(6 * channels).reshape(2, 3, channels).astype(dtype)
    made = mp.Image(mp.ImageFormat[name], data)
    assert np.array_equal(made.numpy_view(), data)
    assert made[1, 2, channels - 1] == data[1, 2, channels - 1]
    if channels == 1:
        assert np.array_equal(mp.Image(mp.ImageFormat[name], data[..., 0]).numpy_view(), data)
    else:
        with pytest.raises(FrameError, match=f"too small: {data[..., 0].nbytes} "):
            mp.Image(mp.ImageFormat[name], data[..., 0])


def test_an_array_that_does_not_match_the_format_raises_an_error() -> None:
    srgb, zeros = mp.ImageFormat.SRGB, np.zeros
    for image_format, data, words in (
        (srgb, zeros(5, np.uint8), "Unsupported number of dimensions:1"),
        (srgb, zeros((5, 5, 3)), "Unsupported numpy data type: float64"),
        (srgb, zeros((5, 7), np.uint8), r"too small: 35 \(expected 105\)"),
        (srgb, zeros((5, 7, 4), np.uint8), r"too large: 140 \(expected 105\)"),
        (srgb, zeros((5, 7, 3), np.uint16), "SRGB .expected GRAY16, SRGB48, or SRGBA64 for uint16"),
        (5, zeros((5, 7, 3), np.uint8), "UNKNOWN .expected GRAY8, SRGB, or SRGBA for uint8_t"),
        (mp.ImageFormat.UNKNOWN, zeros((5, 7), np.float32), "UNKNOWN .expected VEC32F1"),
    ):
        with pytest.raises(FrameError, match=words):
            mp.Image(image_format, data)  # type: ignore[arg-type]
    with pytest.raises(ArgumentTypeError, match="numpy array"):
        mp.Image(srgb, [[1]])  # type: ignore[arg-type]


@pytest.mark.parametrize("image_format", [[1], None, np.array([1, 2]), "SRGB"])
def test_what_is_no_format_raises_an_error(image_format: Any) -> None:
    with pytest.raises(FrameError, match="UNKNOWN"):
        mp.Image(image_format, np.zeros((5, 7, 3), np.uint8))


def test_a_view_that_is_larger_than_the_memory_raises_an_error() -> None:
    view = np.broadcast_to(np.uint8(7), (2**21, 2**21, 3))
    with pytest.raises(FrameError, match="fits into memory"):
        mp.Image(mp.ImageFormat.SRGB, view)


def test_single_values_of_an_image_can_be_read() -> None:
    rgb = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    assert image(rgb)[1, 2, 0] == 18
    gray = mp.Image(mp.ImageFormat.GRAY8, rgb[..., 0])
    assert gray[1, 2] == gray[1, 2, 0] == 18
    with pytest.raises(OptionError, match="Invalid index dimension: 2"):
        image(rgb)[1, 2]
    with pytest.raises(IndexError):
        gray[2, 0]


def oriented(jpeg: bytes, orientation: int) -> bytes:
    """Add EXIF data with an orientation to a JPEG file."""
    tag = struct.pack("<HHIHH", 0x112, 3, 1, orientation, 0)
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0" + tag + b"\0\0\0\0"
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def test_images_are_read_from_files(tmp_path: Path) -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (8, 12, 3), np.uint8)
    rgba = np.dstack([rgb, rgb[..., :1]])
    path = tmp_path / "image.png"
    for stored, expected, image_format in (
        (saved(rgb, "PNG"), rgb, mp.ImageFormat.SRGB),
        (saved(rgba, "PNG"), rgba, mp.ImageFormat.SRGBA),
        (saved(rgb[..., 0], "PNG"), rgb[..., :1], mp.ImageFormat.GRAY8),
        (png_of_values(rgb.astype(np.uint16) * 257), rgb, mp.ImageFormat.SRGB),
    ):
        path.write_bytes(stored)
        read = mp.Image.create_from_file(str(path))
        assert read.image_format == image_format
        assert np.array_equal(read.numpy_view(), expected)

    jpeg = saved(rgb, "JPEG", quality=100)
    path.write_bytes(jpeg)
    upright = mp.Image.create_from_file(str(path)).numpy_view()
    path.write_bytes(oriented(jpeg, 6))
    assert np.array_equal(
        mp.Image.create_from_file(str(path)).numpy_view(), np.rot90(upright, axes=(1, 0))
    )


def test_files_that_are_not_images_raise_an_error(tmp_path: Path) -> None:
    with pytest.raises(ImageFileNotFoundError, match=r"Can't find file: nowhere\.png") as missing:
        mp.Image.create_from_file("nowhere.png")
    assert isinstance(missing.value, FileNotFoundError)
    for content in (b"", b"nothing", (DATA / "jumping_jacks_0.png").read_bytes()[:2000]):
        (tmp_path / "bad.png").write_bytes(content)
        with pytest.raises(ImageFileError, match="Failed to load image from file") as error:
            mp.Image.create_from_file(str(tmp_path / "bad.png"))
        assert isinstance(error.value, RuntimeError)
    for name in (str(tmp_path), "a\0.png", "\ud800.png"):
        with pytest.raises(ImageFileError, match="Error while reading file"):
            mp.Image.create_from_file(name)
    with pytest.raises(ArgumentTypeError, match="string"):
        mp.Image.create_from_file(None)  # type: ignore[arg-type]
