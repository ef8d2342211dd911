from __future__ import annotations

import math

import numpy as np
import pytest

from tests.support.regions import IMAGE_SIZE, square_region
from vitruvian.stages import geometry
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21, TASKS_1_2_2
from vitruvian.types import Region

NOISE = np.random.default_rng(0).integers(0, 256, (120, 200, 3), np.uint8)


def test_z_is_scaled_like_x() -> None:
    point = np.array([[0.5, 0.5, 0.4]], np.float32)
    x, y, z = geometry.image_from_region(point, square_region(100, 60, 50, 1.0), SOLUTIONS_0_10_21)[
        0
    ]
    assert (x * 200, y * 120, z * 200) == pytest.approx((100, 60, 20))


def test_the_padding_of_a_letterboxed_image_is_removed() -> None:
    square = np.array([[0.5, 0.2, 0.3], [0.0, 0.8, 0.0]], np.float32)
    inside = geometry.region_from_square(square, geometry.WHOLE_IMAGE, IMAGE_SIZE)
    assert inside == pytest.approx(np.array([[0.5, 0.0, 0.3], [0.0, 1.0, 0.0]]), abs=1e-6)


def test_a_positive_rotation_turns_x_to_y() -> None:
    rotated = geometry.rotate(
        np.array([[1, 0, 5]], np.float32), np.float32(math.pi / 2), SOLUTIONS_0_10_21
    )
    assert rotated[0] == pytest.approx((0, 1, 5), abs=1e-6)


def test_a_region_that_is_not_square_is_padded_or_stretched() -> None:
    wide = Region(*map(np.float32, (0.5, 0.5, 0.5, 0.5)), np.float32(0))  # 100 by 60 pixels
    for pads, top_px in ((True, 10), (False, 30)):
        matrix = geometry.image_from_crop(wide, IMAGE_SIZE, 64, TASKS_1_2_2, pads=pads)
        assert matrix @ (0, 0, 1) == pytest.approx((50, top_px, 1))
        assert matrix @ (64, 64, 1) == pytest.approx((150, 120 - top_px, 1))


def test_the_references_differ_only_in_the_last_digits() -> None:
    rotated = square_region(90.3, 61.7, 77.7, 0.3)
    solutions, tasks = (
        geometry.image_from_crop(rotated, IMAGE_SIZE, 64, reference)
        for reference in (SOLUTIONS_0_10_21, TASKS_1_2_2)
    )
    assert not np.array_equal(solutions, tasks)
    assert solutions == pytest.approx(tasks, abs=1e-4)
