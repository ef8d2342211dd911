"""Repetitions are counted once, whatever the angle does around a threshold."""

from __future__ import annotations

import numpy as np
import pytest

from examples.squat_counter import EXERCISES, angle_deg, repetitions
from tests.support.results import result

KNEE, REST_DEG, TURN_DEG = EXERCISES["squats"]


def times(*angles_deg: float) -> list[float]:
    """Return when repetitions end in frames with these angles, one per second."""
    angles = ((float(time_s), angle) for time_s, angle in enumerate(angles_deg))
    return list(repetitions(angles, REST_DEG, TURN_DEG))


def test_a_repetition_ends_at_rest() -> None:
    assert times(160, 120, 90, 120, 160, 160, 90, 160) == [4, 7]


def test_an_angle_that_trembles_around_a_threshold_counts_once() -> None:
    assert times(160, 101, 99, 101, 99, 139, 141, 139, 141) == [6]


def test_half_a_squat_does_not_count() -> None:
    assert times(160, 110, 160, 110, 160) == []


def test_a_movement_that_is_not_finished_does_not_count() -> None:
    assert times(160, 90, 120) == []


def test_the_angle_is_that_of_the_side_that_is_better_visible() -> None:
    world, visibility = np.zeros((1, 33, 3), np.float32), np.ones((1, 33), np.float32)
    world[0, [23, 25, 27]] = (0, 0, 0), (0, 1, 0), (0, 1, 1)  # the left knee is bent, away in depth
    world[0, [24, 26, 28]] = (0, 0, 0), (0, 1, 0), (0, 2, 0)
    visibility[0, 28] = 0.2
    person = result(pose_world_landmarks=world, visibility=visibility)
    assert angle_deg(person, KNEE) == pytest.approx(90)
    visibility = visibility.copy()
    visibility[0, 27] = 0.1
    person = result(pose_world_landmarks=world, visibility=visibility)
    assert angle_deg(person, KNEE) == pytest.approx(180)
