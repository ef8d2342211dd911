from __future__ import annotations

import math

import numpy as np
import pytest

from vitruvian.region import circle_diameter_px, region_around


def alignment(*points: tuple[float, float]) -> np.ndarray:
    return np.array(points, np.float32)


def test_an_upright_body_is_not_turned() -> None:
    region = region_around(alignment((100, 200), (100, 120)))
    assert region is not None
    assert (region.center_x_px, region.center_y_px) == (100, 200)
    assert region.size_px == pytest.approx(1.25 * 160)
    assert region.angle_rad == 0


@pytest.mark.parametrize(
    ("head", "angle"),
    [((180, 200), 90), ((20, 200), -90), ((100, 280), 180), ((180, 120), 45)],
)
def test_the_angle_grows_clockwise(head: tuple[float, float], angle: float) -> None:
    region = region_around(alignment((100, 200), head))
    assert region is not None
    assert math.degrees(region.angle_rad) == pytest.approx(angle, abs=1e-4)


def test_z_plays_no_part() -> None:
    points = np.array(((0, 0, 99), (3, 4, -99)), np.float32)
    assert circle_diameter_px(points) == 10


@pytest.mark.parametrize("point", [(100, 200), (math.nan, 0), (math.inf, 0)])
def test_no_circle_no_region(point: tuple[float, float]) -> None:
    assert region_around(alignment((100, 200), point)) is None
