from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.support.regions import IMAGE_SIZE, square_region
from tests.tolerances import BILINEAR_SUM
from vitruvian.stages.mask import activated, crop_from_image, paste
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21, TASKS_1_2_2
from vitruvian.stages.rounding import correct_exp, glibc_expf

if TYPE_CHECKING:
    from vitruvian.types import Region

SIDE_PX = 256


def pasted(region: Region, mask: np.ndarray | None = None) -> np.ndarray:
    """Return an image-sized mask into which a mask, of ones by default, is pasted at the region."""
    mask_in_image = np.zeros(IMAGE_SIZE[::-1], np.float32)
    mask_in_crop = np.ones((SIDE_PX, SIDE_PX), np.float32) if mask is None else mask
    matrix = crop_from_image(region, IMAGE_SIZE, SIDE_PX, SOLUTIONS_0_10_21)
    paste(mask_in_crop, matrix, region.bounds(IMAGE_SIZE), mask_in_image)
    return mask_in_image


def test_the_activation_computes_exp_in_float32_and_the_rest_in_float64() -> None:
    logits = np.linspace(-90, 90, 10_001, dtype=np.float32)
    for exponential in (correct_exp, glibc_expf):
        expected = [1 / (float(exp) + 1) for exp in exponential(-logits)]
        assert np.array_equal(activated(logits, exponential), np.array(expected, np.float32))


def test_the_matrix_maps_the_corners_of_a_region_to_those_of_its_crop() -> None:
    region = square_region(100, 60, 40, np.pi / 2)
    matrix = crop_from_image(region, IMAGE_SIZE, SIDE_PX, SOLUTIONS_0_10_21)
    for corner_px, corner_in_crop in (((120, 40), (0, 0)), ((120, 80), (256, 0))):
        assert matrix @ (*corner_px, 1) == pytest.approx(corner_in_crop, abs=1e-3)


def test_a_region_that_is_not_square_is_padded_or_stretched() -> None:
    region = replace(square_region(100, 60, 40), height=np.float32(20 / IMAGE_SIZE.height))
    middle_of_top = (100, 50, 1)
    padded, stretched = (
        crop_from_image(region, IMAGE_SIZE, SIDE_PX, reference) @ middle_of_top
        for reference in (SOLUTIONS_0_10_21, TASKS_1_2_2)
    )
    assert padded == pytest.approx((128, 64), abs=1e-3)
    assert stretched == pytest.approx((128, 0), abs=1e-3)


def test_a_pasted_mask_lies_in_its_region() -> None:
    mask = pasted(square_region(100, 60, 40))
    assert (mask[42:78, 82:118] == 1).all()
    assert (mask[:38] == 0).all()
    assert (mask[:, 122:] == 0).all()


@pytest.mark.parametrize("square", [(100, 60, 40, 0.3), (5, 115, 90, 2.0), (-99, 60, 40, 1.0)])
def test_a_mask_is_pasted_as_opencv_remaps_it(square: tuple[float, ...]) -> None:
    """`remap` with fixed-point positions is the second half of OpenCV 4's warpAffine."""
    region = square_region(*square)
    noise = np.random.default_rng(0).random((SIDE_PX, SIDE_PX), np.float32)
    matrix = crop_from_image(region, IMAGE_SIZE, SIDE_PX, SOLUTIONS_0_10_21).astype(np.float64)
    columns, rows = np.arange(IMAGE_SIZE.width), np.arange(IMAGE_SIZE.height)[:, np.newaxis]
    x, y = (  # whole 1/1024 px of both terms, then whole 1/32 px of their sum
        (np.rint((down * rows + at) * 1024) + np.rint(right * columns * 1024) + 16) // 32 / 32
        for right, down, at in matrix
    )
    positions = cv2.convertMaps(x.astype(np.float32), y.astype(np.float32), cv2.CV_16SC2)
    expected = cv2.remap(noise, *positions, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    assert pasted(region, noise) == pytest.approx(expected, rel=0, abs=BILINEAR_SUM)


@pytest.mark.parametrize("region", [square_region(1e9, -1e9, 10), square_region(100, 60, 1e-9)])
def test_a_region_beside_all_pixels_is_pasted_without_error(region: Region) -> None:
    assert (pasted(region) == 0).all()
