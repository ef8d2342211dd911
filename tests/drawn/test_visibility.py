"""What a line of sight meets first, and which landmarks are therefore visible."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.drawn.picture.camera import Camera
from benchmarks.drawn.visibility import Surface, look, reach_m

CAMERA = Camera((0.0, 0.0, 3.0), (0.0, 0.0, 0.0), 0.0, 500.0, 640, 480)


def wall(z_m: float, segment: int = 0, owner: int = 1, half_m: float = 0.5) -> Surface:
    positions_m = np.array([(x, y, z_m) for y in (-half_m, half_m) for x in (-half_m, half_m)])
    triangles = np.array(((0, 1, 3), (0, 3, 2)), np.int32)
    return Surface(positions_m, triangles, np.full(2, segment, np.int32), owner)


def test_the_nearest_of_several_surfaces_is_seen() -> None:
    sight = look(CAMERA, np.zeros((1, 3)), [wall(-1.0, 1, 1), wall(1.0, 2, 3), wall(0.5, 4, 5)])
    assert sight.depths_m == pytest.approx([2.0])
    assert (sight.segments.tolist(), sight.owners.tolist()) == ([2], [3])


def test_the_depth_of_a_slanted_surface_is_that_of_the_point() -> None:
    """A depth that is interpolated in the image would be too far away."""
    positions_m = np.array(
        ((-1.0, -1.0, 1.0), (1.0, -1.0, -1.0), (1.0, 1.0, -1.0), (-1.0, 1.0, 1.0))
    )
    slanted = Surface(
        positions_m, np.array(((0, 1, 2), (0, 2, 3)), np.int32), np.zeros(2, np.int32), 1
    )
    points_m = np.array(((0.3, 0.2, -0.3), (-0.6, 0.1, 0.6)))
    assert look(CAMERA, points_m, [slanted]).depths_m == pytest.approx(3 - points_m[:, 2])


def test_nothing_is_seen_beside_all_surfaces_and_behind_the_camera() -> None:
    sight = look(CAMERA, np.array(((0.9, 0.0, 0.0),)), [wall(0.0), wall(4.0, half_m=9.0)])
    assert np.isinf(sight.depths_m).all()
    assert sight.owners.tolist() == [0]


def test_the_order_of_the_corners_does_not_matter() -> None:
    turned = wall(0.0)._replace(triangles=wall(0.0).triangles[:, ::-1])
    assert look(CAMERA, np.zeros((1, 3)), [turned]).depths_m == pytest.approx([3.0])


def test_a_joint_centre_may_lie_three_times_as_deep_as_its_nearest_skin() -> None:
    landmarks_m = np.zeros((33, 3))
    skin = [wall(0.1, segment=0, half_m=0.01), wall(0.02, segment=7, half_m=0.01)]
    reach = reach_m(landmarks_m, skin, [(0,)] * 33)
    nearest_m = np.hypot(0.1, np.hypot(0.01, 0.01))
    assert reach[11] == pytest.approx(3 * nearest_m)
    assert reach[28] == pytest.approx(3 * nearest_m)
    assert reach[0] == reach[32] == 0.025
