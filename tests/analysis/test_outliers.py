from __future__ import annotations

import numpy as np

from vitruvian.analysis.outliers import outliers

RANDOM = np.random.default_rng(3)


def motion(frames: int = 40) -> np.ndarray:
    """Return two points that move slowly, with some noise."""
    course = np.linspace(0, 50, frames)[:, np.newaxis, np.newaxis] * np.ones((1, 2, 3))
    return course + RANDOM.normal(0, 0.5, course.shape)


def test_a_point_that_jumps_away_for_a_frame_is_an_outlier() -> None:
    positions = motion()
    positions[20, 1, 0] += 60
    found = outliers(positions)
    assert found[20].tolist() == [False, True]


def test_at_both_ends_a_jump_is_found_too() -> None:
    positions = motion()
    positions[[0, -1], 0, 2] += 90
    assert outliers(positions)[[0, -1]].tolist() == [[True, False]] * 2


def test_a_point_that_moves_steadily_or_rests_is_no_outlier() -> None:
    steady = np.arange(30.0)[:, np.newaxis, np.newaxis] * np.ones((1, 1, 3))
    assert not outliers(steady).any()
    assert not outliers(np.full((30, 1, 3), 0.1)).any()


def test_missing_points_are_no_outliers_and_no_neighbours() -> None:
    positions = motion()
    positions[15] = 500
    positions[[12, 14, 16, 18]] = np.nan
    found = outliers(positions)
    assert found[15].all()
    assert not found[[12, 14, 16, 18]].any()
    assert not outliers(np.full((9, 2, 3), np.nan)).any()


def test_a_single_frame_and_huge_values_are_possible() -> None:
    assert not outliers(np.ones((1, 1, 3))).any()
    positions = np.zeros((9, 1, 3))
    positions[4] = 1e18
    assert outliers(positions)[4].all()
