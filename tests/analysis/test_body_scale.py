from __future__ import annotations

import numpy as np
import pytest

from tests.support.skeletons import person_m
from vitruvian.analysis.body_scale import scale_from_height
from vitruvian.skeleton import PoseLandmark as Mark

ROWS = 9
WORLD_M = np.tile(person_m(), (ROWS, 1, 1))
SEEN = np.ones((ROWS, 33), np.bool_)


def scale(height_m: float = 1.7) -> float:
    found = scale_from_height(WORLD_M, SEEN, height_m)
    assert found is not None
    return found


def test_the_scale_follows_the_height_and_the_body() -> None:
    assert 0.95 < scale(1.7) < 1.1
    assert scale(0.85) == pytest.approx(scale(1.7) / 2)
    assert scale_from_height(2 * WORLD_M, SEEN, 1.7) == pytest.approx(scale(1.7) / 2)


def test_a_person_who_sits_is_as_tall_as_one_who_stands() -> None:
    sitting_m = WORLD_M.copy()
    below = [mark for mark in Mark if mark >= Mark.LEFT_KNEE]
    for side in (0, 1):
        thigh_m = sitting_m[:, Mark.LEFT_KNEE + side, 1] - sitting_m[:, Mark.LEFT_HIP + side, 1]
        legs = [mark for mark in below if (mark - Mark.LEFT_KNEE) % 2 == side]
        sitting_m[:, legs, 1] -= thigh_m[:, np.newaxis]
        sitting_m[:, legs, 2] -= thigh_m[:, np.newaxis]
    assert scale_from_height(sitting_m, SEEN, 1.7) == pytest.approx(scale(1.7))


def test_broken_rows_do_not_matter() -> None:
    broken_m = WORLD_M.copy()
    broken_m[:3] *= 4
    assert scale_from_height(broken_m, SEEN, 1.7) == pytest.approx(scale(1.7))


@pytest.mark.parametrize("mark", [Mark.LEFT_EAR, Mark.RIGHT_HEEL, Mark.LEFT_HIP])
def test_a_person_who_is_never_whole_has_no_scale(mark: Mark) -> None:
    seen = SEEN.copy()
    seen[4:, mark] = False
    assert scale_from_height(WORLD_M, seen, 1.7) is None


def test_a_body_without_extent_has_no_scale() -> None:
    assert scale_from_height(np.zeros_like(WORLD_M), SEEN, 1.7) is None
    assert scale_from_height(WORLD_M[:0], SEEN[:0], 1.7) is None
