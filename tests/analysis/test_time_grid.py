from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.tolerances import SOLVED
from vitruvian.analysis.time_grid import time_grid
from vitruvian.errors import RecordingError

if TYPE_CHECKING:
    from vitruvian.analysis.time_grid import TimeGrid
    from vitruvian.types import Float64

RANDOM = np.random.default_rng(3)


def resampled(
    grid: TimeGrid, times_s: Float64, values: Float64, longest_gap_s: float
) -> tuple[int, Float64]:
    return grid.resampled(times_s, values.__getitem__, values.shape[1], longest_gap_s)


@pytest.mark.parametrize("rate_hz", [1.0, 25.0, 30000 / 1001, 240.0])
@pytest.mark.parametrize("decimals", [3, 9])
def test_frames_at_a_constant_rate_stand_on_the_grid(rate_hz: float, decimals: int) -> None:
    grid = time_grid(np.round(5 + np.arange(2000) / rate_hz, decimals))
    assert grid.is_of_frames
    assert grid.rate_hz == pytest.approx(rate_hz, rel=1e-5)
    assert (grid.rows, grid.start_s) == (2000, 5)


def test_rows_of_frames_that_were_dropped_are_on_straight_lines() -> None:
    times_s = np.delete(np.arange(60), [7, 8, 30]) / 30
    grid = time_grid(times_s)
    assert grid.is_of_frames
    assert not grid.has_frames_at_all_rows
    assert grid.longest_interval_s == pytest.approx(3 / 30)
    assert grid.rows == 60
    first, rows = resampled(grid, times_s[3:], times_s[3:, np.newaxis], longest_gap_s=0.101)
    assert first == 3
    np.testing.assert_allclose(rows[:, 0], np.arange(3, 60) / 30, atol=SOLVED)
    np.testing.assert_array_equal(np.delete(rows[:, 0], [7 - 3, 8 - 3, 30 - 3]), times_s[3:])
    _, lost = resampled(grid, times_s[3:], times_s[3:, np.newaxis], longest_gap_s=0.08)
    assert np.flatnonzero(np.isnan(lost)).tolist() == [7 - 3, 8 - 3]


def test_other_times_are_resampled_on_straight_lines() -> None:
    times_s = np.cumsum(RANDOM.uniform(0.6, 1.4, 50)) / 30
    grid = time_grid(times_s)
    assert not grid.is_of_frames
    assert grid.rate_hz == pytest.approx(30, rel=0.1)
    first, rows = resampled(grid, times_s, times_s[:, np.newaxis], longest_gap_s=0.1)
    assert first == 0
    row_times_s = grid.start_s + np.arange(len(rows)) / grid.rate_hz
    np.testing.assert_allclose(rows[:-1, 0], row_times_s[:-1], atol=1e-9)
    assert abs(rows[-1, 0] - row_times_s[-1]) <= 0.5 / grid.rate_hz


def test_no_line_goes_over_a_gap_that_is_too_long() -> None:
    times_s = np.cumsum(RANDOM.uniform(0.6, 1.4, 50)) / 30
    grid = time_grid(times_s)
    there = np.delete(np.arange(50), range(20, 30))
    values = times_s[there, np.newaxis]
    _, lost = resampled(grid, times_s[there], values, longest_gap_s=0.1)
    assert 7 <= np.isnan(lost).sum() <= 11
    _, filled = resampled(grid, times_s[there], values, longest_gap_s=1.0)
    assert not np.isnan(filled).any()


def test_a_person_in_one_frame_between_two_rows_has_the_nearer_row() -> None:
    times_s = np.array([0, 1, 2, 3.4, 4, 5, 6, 7])
    grid = time_grid(times_s)
    first, rows = resampled(grid, times_s[3:4], np.array([[9.0]]), longest_gap_s=1.5)
    assert (first, rows.tolist()) == (3, [[9.0]])


@pytest.mark.parametrize("times_s", [[], [4.0], [1.0, 1.0], [0.0, 0.0, 1.0], [0, 1, 2, 2, 3]])
def test_few_and_equal_times_have_a_grid(times_s: list[float]) -> None:
    grid = time_grid(np.array(times_s, np.float64))
    assert grid.rate_hz > 0
    assert grid.rows == (int(max(times_s) - min(times_s)) + 1 if times_s else 0)
    if times_s:
        first, rows = resampled(grid, np.array(times_s), np.ones((len(times_s), 2)), 1.5)
        assert first == 0
        assert rows.tolist() == [[1, 1]] * grid.rows


def test_times_that_would_fill_the_memory_are_an_error() -> None:
    with pytest.raises(RecordingError, match="4 frames in 1,000,000,000 seconds"):
        time_grid(np.array([0, 0.001, 0.002, 1e9]))
