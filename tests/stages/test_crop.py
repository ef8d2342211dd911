from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.support.regions import IMAGE_SIZE, square_region
from vitruvian.stages import crop, geometry
from vitruvian.stages.crop import Border, PixelScale
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21

if TYPE_CHECKING:
    from vitruvian.types import Region

NOISE = np.random.default_rng(0).integers(0, 256, (120, 200, 3), np.uint8)


BYTES = PixelScale(np.float32(1), np.float32(0), rounds_once=False)


def cut(image: np.ndarray, region: Region, side_px: int, border: Border) -> np.ndarray:
    matrix = geometry.image_from_crop(region, IMAGE_SIZE, side_px, SOLUTIONS_0_10_21)
    return cut_by_matrix(image, matrix, side_px, border)


def cut_by_matrix(
    image: np.ndarray, matrix: np.ndarray, side_px: int, border: Border
) -> np.ndarray:
    pixels = np.full((side_px, side_px, 3), np.nan, np.float32)
    crop.cut(image, matrix, pixels, border=border, scale=BYTES)
    return pixels


def test_a_region_as_large_as_its_crop_is_cut_unchanged() -> None:
    assert np.array_equal(cut(NOISE, square_region(100, 60, 64), 64, "zero"), NOISE[28:92, 68:132])


def test_a_region_rotated_by_90_degrees_rotates_the_pixels() -> None:
    rotated = cut(NOISE, square_region(100, 60, 64, math.pi / 2), 64, "zero")
    # The direction of the angle in the image points up in the crop.
    assert np.array_equal(rotated[0, 0], NOISE[28, 132])
    assert np.array_equal(rotated[63, 0], NOISE[28, 132 - 63])


@pytest.mark.parametrize(("border", "expected"), [("zero", 0), ("replicate", 200)])
def test_pixels_outside_the_image_are_zero_or_those_of_its_edge(
    border: Border, expected: int
) -> None:
    image = np.full((120, 200, 3), 200, np.uint8)
    assert (cut(image, square_region(-50, -50, 20), 16, border) == expected).all()


def test_the_whole_image_is_letterboxed() -> None:
    image = np.full((120, 200, 3), 200, np.uint8)
    whole = cut(image, geometry.WHOLE_IMAGE, 200, "zero")
    assert (whole[40:160] == 200).all()
    assert (whole[:40] == 0).all()
    assert (whole[160:] == 0).all()


def test_positions_are_rounded_to_a_32nd_of_a_pixel() -> None:
    image = np.zeros((4, 40, 3), np.uint8)
    image[:, 20:] = 255
    for shift_px in (0.2, 0.25, 0.26):
        matrix = np.array(((1, 0, 15 + shift_px), (0, 1, 0), (0, 0, 1)))
        assert cut_by_matrix(image, matrix, 8, "replicate")[0, 4, 0] == round(
            255 * round(shift_px * 32) / 32
        )


@pytest.mark.skipif(cv2.__version__ >= "5", reason="OpenCV 5 rounds positions differently")
@pytest.mark.parametrize("border", ["zero", "replicate"])
def test_crops_have_the_bytes_of_opencv_4(border: Border) -> None:
    kind = {"zero": cv2.BORDER_CONSTANT, "replicate": cv2.BORDER_REPLICATE}[border]
    rng = np.random.default_rng(1)
    for _ in range(100):
        x_px, y_px, side_px = rng.uniform((-50, -50, 5), (250, 170, 300))
        matrix = geometry.image_from_crop(
            square_region(x_px, y_px, side_px, rng.uniform(-4, 4)), IMAGE_SIZE, 256,
            SOLUTIONS_0_10_21,
        )  # fmt: skip
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        expected = cv2.warpPerspective(NOISE, matrix, (256, 256), flags=flags, borderMode=kind)
        assert np.array_equal(cut_by_matrix(NOISE, matrix, 256, border), expected)


def test_a_region_far_outside_the_image_is_cut_without_error() -> None:
    for region in (square_region(1e9, -1e9, 10), square_region(0, 0, 1e9, 1.0)):
        assert cut(NOISE, region, 32, "replicate").shape == (32, 32, 3)


def test_a_crop_is_projected_back() -> None:
    image = np.zeros((120, 200, 3), np.uint8)
    cv2.circle(image, (120, 50), 3, (255, 255, 255), cv2.FILLED)
    region = square_region(110, 60, 90, 0.3)
    rows, columns = np.nonzero(cut(image, region, 256, "zero")[..., 0] > 127)
    center = np.array([[columns.mean() / 256, rows.mean() / 256, 0]], np.float32)
    x, y, _ = geometry.image_from_region(center, region, SOLUTIONS_0_10_21)[0]
    assert (x * 200, y * 120) == pytest.approx((120, 50), abs=0.2)
