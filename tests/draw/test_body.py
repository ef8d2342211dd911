from __future__ import annotations

import numpy as np
import pytest

from tests.support.skeletons import person_m
from vitruvian.draw.body import face_circle, pixels_per_metre


def test_the_scale_is_that_of_the_image_and_does_not_change_with_the_arms() -> None:
    for arms_raised in (False, True):
        world = person_m(arms_raised=arms_raised)
        points_px = world[..., :2] * 120 + (300, 200)
        assert pixels_per_metre(points_px[None], world[None]) == [pytest.approx(120, rel=1e-4)]


@pytest.mark.parametrize("value", [0.0, np.nan, np.inf])
def test_without_world_landmarks_the_torso_is_the_measure(value: float) -> None:
    points_px = person_m()[..., :2] * 120
    nothing = np.full((1, 33, 3), value, np.float32)
    assert pixels_per_metre(points_px[None], nothing) == [pytest.approx(0.47 / 0.5 * 120)]


def test_nobody_has_no_scale() -> None:
    assert pixels_per_metre(np.zeros((0, 33, 2)), np.zeros((0, 33, 3))) == []


def test_the_circle_around_a_face_reaches_from_the_hairline_to_below_the_mouth() -> None:
    circle = face_circle(person_m()[..., :2] * 120, 120)
    assert circle.x == pytest.approx(0, abs=1e-3)
    assert circle.y - circle.radius < -0.72 * 120  # 7 cm above the eyes
    assert circle.y + circle.radius > -0.51 * 120  # 6 cm below the mouth


def test_the_circle_covers_a_face_that_is_large_for_its_body() -> None:
    points_px = person_m()[..., :2] * 120
    points_px[:11] *= 3
    circle = face_circle(points_px, 120)
    outermost = np.linalg.norm(points_px[:11] - circle[:2], axis=1).max()
    assert circle.radius > 1.5 * outermost
