from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from tolerances import PIXELS

from vitruvian import geometry
from vitruvian.types import Region

NOISE = np.random.default_rng(0).integers(0, 256, (120, 200, 3), np.uint8)


def test_a_region_as_large_as_its_crop_is_cut_unchanged() -> None:
    region = Region(100, 60, 64)
    crop = geometry.crop(NOISE, geometry.image_from_crop(region, 64), 64, "zero")
    assert np.array_equal(crop, NOISE[28:92, 68:132])


def test_a_quarter_turn_turns_the_pixels() -> None:
    region = Region(100, 60, 64, math.pi / 2)
    crop = geometry.crop(NOISE, geometry.image_from_crop(region, 64), 64, "zero")
    # Upright means: what lies in the direction of the angle comes to lie above.
    assert np.array_equal(crop[0, 0], NOISE[28, 132])
    assert np.array_equal(crop[63, 0], NOISE[28, 132 - 63])


@pytest.mark.parametrize(("border", "expected"), [("zero", 0), ("replicate", 200)])
def test_outside_of_the_picture(border: geometry.Border, expected: int) -> None:
    image = np.full((10, 10, 3), 200, np.uint8)
    crop = geometry.crop(image, geometry.image_from_crop(Region(-50, -50, 20), 16), 16, border)
    assert (crop == expected).all()


def test_positions_are_rounded_to_a_32nd_of_a_pixel() -> None:
    image = np.zeros((4, 40, 3), np.uint8)
    image[:, 20:] = 255
    for shift_px in (0.2, 0.25, 0.26):
        matrix = np.array(((1, 0, 15 + shift_px), (0, 1, 0)))
        crop = geometry.crop(image, matrix, 8, "replicate")
        assert crop[0, 4, 0] == round(255 * round(shift_px * 32) / 32)


def test_one_matrix_crops_and_projects_back() -> None:
    region = Region(110, 70, 90, 0.3)
    matrix = geometry.image_from_crop(region, 256)
    image = np.zeros((140, 220, 3), np.uint8)
    cv2.circle(image, (120, 60), 3, (255, 255, 255), cv2.FILLED)
    crop = geometry.crop(image, matrix, 256, "zero")
    rows, columns = np.nonzero(crop[..., 0] > 127)
    center = np.array([[columns.mean(), rows.mean()]], np.float32)
    assert geometry.project(center, matrix)[0] == pytest.approx((120, 60), abs=0.1)


def test_the_centre_of_the_crop_is_the_centre_of_the_region() -> None:
    matrix = geometry.image_from_crop(Region(110, 70, 90, -2.0), 256)
    center = geometry.project(np.array([[128, 128]], np.float32), matrix)
    assert center[0] == pytest.approx((110, 70), abs=PIXELS)


def test_a_pasted_mask_lies_in_its_region() -> None:
    matrix = geometry.image_from_crop(Region(100, 60, 40), 256)
    mask = geometry.paste(np.ones((256, 256), np.float32), matrix, (200, 120))
    assert mask.shape == (120, 200)
    assert (mask[42:78, 82:118] == 1).all()
    assert (mask[:38] == 0).all()
    assert (mask[:, 122:] == 0).all()


def test_rotation_goes_from_x_to_y() -> None:
    turned = geometry.rotate(np.array([[1, 0, 5]], np.float32), math.pi / 2)
    assert turned[0] == pytest.approx((0, 1, 5), abs=1e-6)


def test_a_region_far_outside_is_cut_without_harm() -> None:
    for region in (Region(1e9, -1e9, 10), Region(0, 0, 1e9, 1.0)):
        crop = geometry.crop(NOISE, geometry.image_from_crop(region, 32), 32, "replicate")
        assert crop.shape == (32, 32, 3)
