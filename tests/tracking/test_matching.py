from __future__ import annotations

import numpy as np
import pytest

from vitruvian.tracking.matching import LastSeen, match

RADIUS_PX = 100.0


def points(x: float, y: float = 0.0, radius_px: float = RADIUS_PX) -> np.ndarray:
    """Return the alignment points of an upright person in pixels, (2, 2)."""
    return np.array(((x, y), (x, y - radius_px)), float)


def lost(x: float, expected_x: float | None = None, timestamp_s: float = 0.0) -> LastSeen:
    """Return a person who was last seen at x, and is expected there or elsewhere."""
    expected_px = points(x if expected_x is None else expected_x)
    return LastSeen(points(x)[0], expected_px, timestamp_s)


def matched(last_seen: list[LastSeen], found: list[np.ndarray], timestamp_s: float) -> list[int]:
    return match(last_seen, np.array(found).reshape(-1, 2, 2), timestamp_s).tolist()


def test_without_people_there_are_no_matches() -> None:
    assert matched([], [points(0)], 1.0) == []
    assert matched([lost(0), lost(500)], [], 1.0) == [-1, -1]


def test_each_person_is_matched_to_the_nearest_one_found() -> None:
    assert matched([lost(0), lost(1000)], [points(990), points(10)], 0.1) == [1, 0]


def test_the_total_distance_is_minimal() -> None:
    # The pair with the smallest distance, 40 and 30, would leave 0 and 75 to each other.
    assert matched([lost(0), lost(40)], [points(30), points(75)], 1.0) == [0, 1]


def test_a_person_found_is_matched_only_once() -> None:
    assert matched([lost(0), lost(40)], [points(30)], 1.0) == [-1, 0]


@pytest.mark.parametrize(
    ("since_s", "reach_diameters"), [(0.0, 0.25), (0.5, 0.25 + 0.75), (2.0, 0.25 + 3.0)]
)
@pytest.mark.parametrize("direction", [(1, 0), (-1, 0), (0, 1)])
def test_the_permitted_distance_grows_with_the_time_since_the_person_was_seen(
    since_s: float, reach_diameters: float, direction: tuple[int, int]
) -> None:
    reach_px = reach_diameters * 2 * RADIUS_PX
    for distance_px, expected in ((reach_px - 1, 0), (reach_px + 1, -1)):
        found = points(*(distance_px * np.array(direction)))
        assert matched([lost(0, timestamp_s=3.0)], [found], 3.0 + since_s) == [expected]


def test_a_person_may_be_found_anywhere_on_the_path_to_the_expected_position() -> None:
    person = lost(0, expected_x=1000)
    for x in (0, 250, 500, 1000):
        assert matched([person], [points(x, 40)], 0.0) == [0]
        assert matched([person], [points(x, 60)], 0.0) == [-1]
    assert matched([person], [points(1060)], 0.0) == [-1]


@pytest.mark.parametrize(("ratio", "expected"), [(1.49, 0), (1 / 1.49, 0), (1.51, -1), (0.66, -1)])
def test_a_person_of_another_size_is_not_matched(ratio: float, expected: int) -> None:
    assert matched([lost(0)], [points(0, radius_px=ratio * RADIUS_PX)], 0.1) == [expected]
