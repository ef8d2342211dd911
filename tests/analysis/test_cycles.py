from __future__ import annotations

import numpy as np
import pytest

from vitruvian.analysis.cycles import Cycle, cycles, range_of

RATE_HZ = 30


def squats(count: float, *, start: float = 0.0, noise: float = 0.0) -> np.ndarray:
    """Return a flexion from 10 to 90 and back, once a second, from any phase of the first one."""
    phase = start + np.arange(round(count * RATE_HZ) + 1) / RATE_HZ
    values = 50 - 40 * np.cos(2 * np.pi * phase)
    return values + np.random.default_rng(0).normal(0, noise, len(values))


@pytest.mark.parametrize("noise", [0, 3, 8])
def test_each_cycle_counts_once(noise: float) -> None:
    found = [*cycles(squats(6, noise=noise))]
    assert len(found) == 6
    assert all(cycle.is_whole for cycle in found)


def test_a_cycle_begins_and_ends_where_the_rest_does() -> None:
    standing = np.full(60, 10.0)
    values = np.concatenate((standing, squats(1)[1:-1], standing))
    (cycle,) = cycles(values)
    assert values[cycle.first] < 18.1
    assert values[cycle.last] < 18.1
    assert abs(cycle.first - 60) <= 4
    assert abs(cycle.last - 88) <= 4


@pytest.mark.parametrize(
    ("count", "start", "wholes"),
    [
        (2.5, 0, [True, True, False]),  # ends low in the squat
        (2.5, 0.5, [False, True, True]),  # begins there
        (3, 0.2, [False, True, True]),  # begins on the way to it
    ],
)
def test_a_cycle_that_is_cut_is_marked(count: float, start: float, wholes: list[bool]) -> None:
    assert [cycle.is_whole for cycle in cycles(squats(count, start=start))] == wholes


def test_the_rest_is_high_where_values_begin_end_and_stay() -> None:
    """Someone who sits and straightens the knee rests at a large flexion."""
    sitting = np.full(15, 90.0)
    values = np.concatenate((sitting, *[squats(1, start=0.5), sitting] * 3))
    found = [*cycles(values)]
    assert [cycle.is_whole for cycle in found] == [True] * 3
    assert values[found[0].first] > 80
    cut = [*cycles(squats(3, start=0.5))]  # squats without a pause, cut low at both ends
    assert [cycle.is_whole for cycle in cut] == [False, True, True, False]


def test_a_movement_that_turns_halfway_is_no_cycle() -> None:
    half = 30 - 20 * np.cos(2 * np.pi * np.arange(31) / RATE_HZ)
    assert len([*cycles(np.concatenate((squats(2), half, squats(2))))]) == 4


@pytest.mark.parametrize(
    "values", [[], [50.0], [50.0] * 90, [10.0, 29.0] * 30, [5.0, 5.0, 90.0] + [5.0] * 300]
)
def test_what_moves_little_or_seldom_has_no_cycles(values: list[float]) -> None:
    assert [*cycles(np.array(values))] == []


def test_two_values_are_a_cut_cycle() -> None:
    assert [*cycles(np.array([0.0, 90.0]))] == [Cycle(0, 1, is_whole=False)]


def test_the_range_leaves_single_outliers_out() -> None:
    values = np.full(200, 50.0)
    values[[20, 90, 150]] = 170
    assert range_of(values) == 0
