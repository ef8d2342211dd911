from __future__ import annotations

import math

import numpy as np
import pytest

from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.stages.region import body_diameter_px, region_around
from vitruvian.types import ImageSize

IMAGE_SIZE = ImageSize(400, 500)


def normalized(*points_px: tuple[float, float]) -> np.ndarray:
    """Return points, given in pixels, in normalized coordinates."""
    return (np.array(points_px) / IMAGE_SIZE).astype(np.float32)


def test_an_upright_body_is_not_rotated() -> None:
    region = region_around(normalized((100, 200), (100, 120)), IMAGE_SIZE, SOLUTIONS_0_10_21)
    assert region is not None
    assert (region.center_x * 400, region.center_y * 500) == pytest.approx((100, 200))
    assert (region.width * 400, region.height * 500) == pytest.approx((200, 200))
    assert region.angle_rad == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("head", "angle"),
    [((180, 200), 90), ((20, 200), -90), ((180, 120), 45), ((180, 280), 135), ((20, 280), -135)],
)
def test_the_angle_grows_clockwise(head: tuple[float, float], angle: float) -> None:
    region = region_around(normalized((100, 200), head), IMAGE_SIZE, SOLUTIONS_0_10_21)
    assert region is not None
    assert math.degrees(region.angle_rad) == pytest.approx(angle, abs=1e-4)


def test_a_body_with_the_head_down_is_rotated_by_180_degrees() -> None:
    region = region_around(normalized((100, 200), (100, 280)), IMAGE_SIZE, SOLUTIONS_0_10_21)
    assert region is not None
    assert abs(math.degrees(region.angle_rad)) == pytest.approx(180, abs=1e-4)


def test_the_size_is_the_circles_diameter() -> None:
    assert body_diameter_px(normalized((0, 0), (30, 40)), IMAGE_SIZE) == pytest.approx(100)


def test_z_has_no_effect() -> None:
    flat, deep = normalized((100, 200), (100, 120)), np.ones((2, 3), np.float32)
    deep[:, :2] = flat
    assert region_around(deep, IMAGE_SIZE, SOLUTIONS_0_10_21) == region_around(
        flat, IMAGE_SIZE, SOLUTIONS_0_10_21
    )


@pytest.mark.parametrize("point", [(100, 200), (math.nan, 0), (math.inf, 0)])
def test_alignment_points_that_make_no_circle_give_no_region(point: tuple[float, float]) -> None:
    assert region_around(normalized((100, 200), point), IMAGE_SIZE, SOLUTIONS_0_10_21) is None
