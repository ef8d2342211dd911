"""The matrices have the bits of OpenCV's, of version 4 as well as of version 5."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from tests.support.native import in_numpy, needs_library
from vitruvian.stages import geometry, transforms
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21, TASKS_1_2_2
from vitruvian.types import ImageSize, Region

RNG = np.random.default_rng(0)


def test_the_transform_of_a_rotated_square_and_its_inverse_have_opencvs_bits() -> None:
    for _ in range(2000):
        x_px, y_px, half_px = RNG.uniform((-500, -500, 1), (2000, 2000, 1000))
        angle = RNG.choice((0.0, math.pi / 2, RNG.uniform(-4, 4)))
        right = half_px * np.array((math.cos(angle), math.sin(angle)))
        down = np.array((-right[1], right[0]))
        around = np.array((down - right, -down - right, right - down, down + right))
        points = (around + np.array((x_px, y_px))).astype(np.float32)
        mapped = np.array(((0, 256), (0, 0), (256, 0), (256, 256)), np.float32)
        expected = cv2.getPerspectiveTransform(points, mapped)
        assert np.array_equal(transforms.perspective(points, mapped), expected)
        assert np.array_equal(transforms.inverse(expected), cv2.invert(expected)[1])


def test_the_transform_of_any_points_and_inverses_have_opencvs_bits() -> None:
    for _ in range(2000):
        points, mapped = RNG.normal(size=(2, 4, 2)).astype(np.float32)
        expected = cv2.getPerspectiveTransform(points, mapped)
        assert np.array_equal(transforms.perspective(points, mapped), expected)
        matrix = RNG.normal(size=(3, 3))
        assert np.array_equal(transforms.inverse(matrix), cv2.invert(matrix)[1])
        affine = matrix[:2]
        assert np.array_equal(transforms.inverse_affine(affine), cv2.invertAffineTransform(affine))


def test_what_has_no_inverse_becomes_zeros() -> None:
    same = np.ones((4, 2), np.float32)
    assert transforms.perspective(same, same).ravel().tolist() == [*[0] * 8, 1]
    singular = np.array(((1, 2, 3), (2, 4, 6), (0, 0, 1)), np.float64)
    assert not transforms.inverse(singular).any()
    assert not transforms.inverse_affine(singular[:2]).any()
    assert not cv2.invert(singular)[1].any()


@needs_library
@pytest.mark.parametrize("pads", [True, False])
@pytest.mark.parametrize("reference", [SOLUTIONS_0_10_21, TASKS_1_2_2], ids=("0.10.21", "1.2.2"))
def test_c_and_numpy_compute_the_same_matrix_of_a_crop(reference, pads: bool) -> None:
    odd = np.array((0, 1e-30, 1e9, 1e30, -1, np.inf, np.nan), np.float32)
    for trial in range(1000):
        numbers = RNG.uniform((-0.3, -0.3, 0.05, 0.05, -4), (1.3, 1.3, 1.5, 1.5, 4)).astype("f4")
        if trial % 4 == 0:
            numbers[RNG.integers(4)] = RNG.choice(odd)
        region, size = Region(*numbers), ImageSize(*RNG.integers(1, 4000, 2).tolist())
        with np.errstate(all="ignore"):
            in_c = geometry.image_from_crop(region, size, 256, reference, pads=pads)
            with in_numpy():
                expected = geometry.image_from_crop(region, size, 256, reference, pads=pads)
        assert np.array_equal(in_c, expected, equal_nan=True), region
