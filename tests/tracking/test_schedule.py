from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.regions import square_region
from vitruvian.tracking.schedule import SearchSchedule

if TYPE_CHECKING:
    from vitruvian.types import Region

TILES = [square_region(20.0 * number, 60, 40) for number in range(6)]


def searched(schedule: SearchSchedule, elapsed_s: float, frames: int) -> list[list[int]]:
    """Return the numbers of the tiles that are due in each of several frames."""

    def numbers(tiles: list[Region]) -> list[int]:
        return [TILES.index(tile) for tile in tiles]

    return [numbers(schedule.next_tiles(elapsed_s)) for _ in range(frames)]


@pytest.mark.parametrize("frame_rate", [3, 7, 10, 24, 25, 29.97, 30, 60, 240])
def test_each_tile_is_due_once_per_interval_in_order_at_any_frame_rate(frame_rate: float) -> None:
    schedule, intervals, interval_s = SearchSchedule(TILES, 2.0), 5, 2.0
    frames = round(intervals * interval_s * frame_rate)
    by_frame = searched(schedule, intervals * interval_s / frames, frames)
    assert [number for numbers in by_frame for number in numbers] == [*range(6)] * intervals


@pytest.mark.parametrize("frame_rate", [3, 7, 10, 30, 240])
def test_the_tiles_are_spread_evenly_over_the_frames(frame_rate: float) -> None:
    counts = [len(numbers) for numbers in searched(SearchSchedule(TILES, 1.0), 1 / frame_rate, 240)]
    tiles_per_frame = len(TILES) / frame_rate
    assert set(counts) <= {math.floor(tiles_per_frame), math.ceil(tiles_per_frame)}
    due = np.cumsum(counts) - tiles_per_frame * np.arange(1, 241)
    assert np.abs(due).max() < 1


def test_a_tile_that_is_due_within_the_rounding_of_timestamps_is_due() -> None:
    schedule = SearchSchedule(TILES, 0.2)
    times_s = np.arange(61) / 30
    counts = [len(schedule.next_tiles(elapsed_s)) for elapsed_s in np.diff(times_s)]
    assert counts == [1] * 60


def test_after_a_long_pause_all_tiles_are_due_once() -> None:
    schedule = SearchSchedule(TILES, 1.0)
    assert searched(schedule, 100.0, 1) == [[0, 1, 2, 3, 4, 5]]
    # At most one tile remains due, so that the frames after the pause are not all slow.
    assert searched(schedule, 1e-6, 3) == [[0], [], []]


def test_without_tiles_nothing_is_due() -> None:
    assert SearchSchedule([], 1.0).next_tiles(5.0) == []


def test_occluded_people_are_due_every_tenth_of_a_second() -> None:
    schedule = SearchSchedule(TILES, 1.0)
    times_s = [0.0, 0.05, 0.09, 0.12, 0.2, 0.23, 5.0, 5.05]
    assert [time_s for time_s in times_s if schedule.take_occluded_search(time_s)] == [
        0.0,
        0.12,
        0.23,
        5.0,
    ]


def test_the_last_full_search_is_recorded() -> None:
    schedule = SearchSchedule(TILES, 1.0)
    assert schedule.last_full_search_s == -math.inf
    schedule.record_full_search(3.0)
    schedule.next_tiles(5.0)
    assert schedule.last_full_search_s == 3.0
