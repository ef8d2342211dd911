from __future__ import annotations

import pytest

from tests.support.motion import Walker, walk
from vitruvian.analysis.joining import person_of_id
from vitruvian.recorded.blocks import Blocks


def persons(*walkers: Walker, max_gap_s: float = 0.5, **options: object) -> dict[int, int]:
    """Return which ids are joined in the recording of some people, in small blocks."""
    recording = walk(*walkers, noise_px=2, **options)  # type: ignore[arg-type]
    count = len(recording)
    blocks = Blocks(recording.header, lambda: (recording[n : n + 4] for n in range(0, count, 4)))
    return person_of_id(blocks, max_gap_s)


def test_ids_of_one_motion_are_one_person() -> None:
    assert persons(Walker(1, range(20)), Walker(2, range(30, 60))) == {2: 1}


def test_an_id_of_one_frame_belongs_to_the_person_who_is_found_there_again() -> None:
    assert persons(Walker(1, [3]), Walker(2, range(5, 60))) == {2: 1}


def test_somebody_elsewhere_is_another_person() -> None:
    assert persons(Walker(1, range(20)), Walker(2, range(22, 60), start_px=(400, 240))) == {}


def test_a_motion_is_carried_on_in_the_gap() -> None:
    """The second one begins where the first one ended, but it would have been far from there."""
    fast = Walker(1, range(20), start_px=(0, 240), speed_px=(15, 0))
    resting = Walker(2, range(34, 60), start_px=(285, 240), speed_px=(0, 0))
    assert persons(fast, resting) == {}
    assert persons(fast, fast._replace(id=2, frames=range(34, 60))) == {2: 1}


def test_two_people_who_are_lost_at_once_keep_apart() -> None:
    left, right = Walker(1, range(20)), Walker(2, range(20), start_px=(130, 240))
    found = persons(
        left, right, left._replace(id=4, frames=range(23, 60)),
        right._replace(id=3, frames=range(23, 60)),
    )  # fmt: skip
    assert found == {3: 2, 4: 1}


def test_a_person_may_be_lost_many_times() -> None:
    parts = [Walker(n + 1, range(12 * n, 12 * n + 9)) for n in range(5)]
    assert persons(*parts) == {2: 1, 3: 1, 4: 1, 5: 1}


def test_ids_in_the_same_frame_are_two_people() -> None:
    assert persons(Walker(1, range(30)), Walker(2, range(29, 60))) == {}


def test_an_id_that_comes_back_is_not_continued_by_another() -> None:
    assert persons(Walker(1, [*range(20), 50]), Walker(2, range(22, 60))) == {}


@pytest.mark.parametrize(("max_gap_s", "expected"), [(0.34, {}), (0.4, {2: 1})])
def test_a_gap_that_is_too_long_separates(max_gap_s: float, expected: dict[int, int]) -> None:
    walkers = Walker(1, range(20)), Walker(2, range(30, 60))
    assert persons(*walkers, max_gap_s=max_gap_s) == expected


def test_frames_of_another_size_separate() -> None:
    sizes_px = [(640, 480)] * 21 + [(480, 640)] * 39
    assert persons(Walker(1, range(20)), Walker(2, range(22, 60)), sizes_px=sizes_px) == {}


def test_people_without_extent_and_equal_times_are_possible() -> None:
    walkers = Walker(1, range(20)), Walker(2, range(22, 60))
    assert persons(*walkers, times_s=[0.0] * 60) in ({}, {2: 1})
    assert persons(count=5) == {}
