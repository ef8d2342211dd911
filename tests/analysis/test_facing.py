from __future__ import annotations

import numpy as np
import pytest

from tests.support.postures import posture, turned
from vitruvian.analysis.facing import Facing, facing, yaw_deg


@pytest.mark.parametrize("yaw", [0, 30, 90, 170, -90, -135])
def test_the_direction_in_which_someone_faces_is_found(yaw: float) -> None:
    assert yaw_deg(turned(posture(), yaw)[np.newaxis])[0] == pytest.approx(yaw)


@pytest.mark.parametrize(
    ("yaw", "expected"),
    [
        (0, Facing.FRONT),
        (-44, Facing.FRONT),
        (46, Facing.RIGHT),
        (-100, Facing.LEFT),
        (179, Facing.BACK),
        (-180, Facing.BACK),
    ],
)
def test_the_nearest_of_four_directions_is_taken(yaw: float, expected: Facing) -> None:
    assert facing(yaw, None) is expected


def test_someone_between_two_directions_does_not_change_with_the_noise() -> None:
    before, seen = None, []
    for yaw in (40, 50, 44, 58, 43, 61, 50, 40, 29):
        before = facing(yaw, before)
        seen.append(before)
    assert seen == [Facing.FRONT] * 5 + [Facing.RIGHT] * 3 + [Facing.FRONT]
    assert facing(-170, Facing.BACK) is Facing.BACK
