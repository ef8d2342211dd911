"""Values of more than 8 bits become 8 bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import PIL.Image
import pytest

from tests.support.images import photograph, png_of_values, saved
from tests.support.videos import read
from vitruvian.media.tones import to_8_bit_function

if TYPE_CHECKING:
    from pathlib import Path

GREY = photograph()[:, :, 1]


def to_8_bit(values: np.ndarray) -> np.ndarray:
    return to_8_bit_function([values[:1], values[1:]])(values)


def stretched(image: np.ndarray) -> np.ndarray:
    low, high = float(image.min()), float(image.max())
    return np.rint((image - low) * 255 / (high - low)).astype(np.uint8)


@pytest.mark.parametrize("dtype", [np.uint16, np.int32])
def test_8_bits_times_257_are_the_same_8_bits(dtype: type) -> None:
    np.testing.assert_array_equal(to_8_bit(GREY.astype(dtype) * 257), GREY)
    wide = np.tile(GREY.astype(dtype) * 257, (3, 3))  # more values than there are tones
    np.testing.assert_array_equal(to_8_bit(wide), np.tile(GREY, (3, 3)))


def test_floats_from_0_to_1_are_the_range_from_black_to_white() -> None:
    values = GREY.astype(np.float32) / 255
    np.testing.assert_array_equal(to_8_bit(values), GREY)
    np.testing.assert_array_equal(to_8_bit(values / 3), np.rint(GREY / 3).astype(np.uint8))


@pytest.mark.parametrize("scale", [1 / 5, 2.0, 255, 1e-30, 1e30])
def test_floats_of_another_range_are_scaled_by_it(scale: float) -> None:
    values = GREY.astype(np.float32) * np.float32(scale / 255)
    assert np.abs(to_8_bit(values).astype(int) - stretched(GREY)).max() <= 1


def test_12_bits_in_16_are_scaled_by_their_own_range() -> None:
    values = GREY.astype(np.uint16) * 16
    np.testing.assert_array_equal(to_8_bit(values), stretched(GREY))


def test_values_that_are_no_numbers_do_not_count() -> None:
    values = np.array([[0, 0.5, 1, np.nan], [np.inf, -np.inf, np.nan, 0.25]], np.float32)
    np.testing.assert_array_equal(to_8_bit(values), [[0, 128, 255, 0], [255, 0, 0, 64]])


@pytest.mark.parametrize("value", [0, 7, 3e38, -3e38, np.nan, np.inf])
def test_an_image_of_one_tone_is_of_one_tone(value: float) -> None:
    image = to_8_bit(np.full((4, 5), value, np.float32))
    assert len(np.unique(image)) == 1


@pytest.mark.parametrize("mode", ["I;16", "I;16B", "I", "F"])
def test_a_deep_grey_image_is_read(tmp_path: Path, mode: str) -> None:
    dtype = {"I": np.int32, "F": np.float32, "I;16": "<u2", "I;16B": ">u2"}[mode]
    values = GREY / 255 if mode == "F" else GREY.astype(int) * 257
    path = tmp_path / "still.tif"
    path.write_bytes(saved(PIL.Image.fromarray(values.astype(dtype)), "TIFF"))
    expected = np.repeat(GREY[:, :, None], 3, axis=2)
    np.testing.assert_array_equal(read(path)[0].image, expected)


def test_a_png_of_12_bits_in_16_is_not_dark(tmp_path: Path) -> None:
    path = tmp_path / "still.png"
    path.write_bytes(png_of_values(GREY.astype(np.uint16) * 16))
    np.testing.assert_array_equal(read(path)[0].image[:, :, 0], stretched(GREY))
