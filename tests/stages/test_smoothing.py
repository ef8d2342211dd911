from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.results import landmarks
from vitruvian.stages.smoothing import LowPassFilter, OneEuroFilter, PoseFilter
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from vitruvian.types import Landmarks

IMAGE_SIZE = ImageSize(100, 50)


def person(x: float, visibility: float = 1.0) -> Landmarks:
    """Return a person whose coordinates are all `x`."""
    return landmarks(
        landmarks=np.full((1, 33, 3), x, np.float32),
        auxiliary=np.full((1, 2, 3), x, np.float32),
        world_landmarks=np.full((1, 33, 3), x, np.float32),
        visibility=np.full((1, 33), visibility, np.float32),
        presence=np.full((1, 33), visibility, np.float32),
    )


def test_a_low_pass_filter_blends_each_value_with_the_previous_output() -> None:
    low_pass = LowPassFilter()
    outputs = [low_pass(np.array([value], np.float32), 0.25)[0] for value in (4, 8, 5)]
    assert outputs == [4, 5, 5]


def test_a_one_euro_filter_agrees_with_its_formula() -> None:
    one_euro = OneEuroFilter(min_cutoff_hz=0.5, beta=2.0)
    interval_s = 0.1

    def alpha(cutoff_hz: float) -> float:
        return 1 / (1 + 1 / (2 * math.pi * cutoff_hz * interval_s))

    assert one_euro(np.array([1], np.float32), 5.0) == [1]
    speed = alpha(1.0) * (3 - 1) * 0.5 / interval_s  # from rest, in units of 1 / scale
    weight = alpha(0.5 + 2.0 * speed)
    second = weight * 3 + (1 - weight) * 1
    assert one_euro(np.array([3], np.float32), 5.1, scale=0.5) == pytest.approx([second])


def test_slow_values_are_smoothed_more_than_fast_ones() -> None:
    slow, fast = OneEuroFilter(0.05, 80.0), OneEuroFilter(0.05, 80.0)
    for filters, step in ((slow, 0.001), (fast, 10.0)):
        filters(np.array([0], np.float32), 0.0, 0.01)
        moved = filters(np.array([step], np.float32), 1 / 30, 0.01)
        assert (moved / step > 0.5) == (step > 1)


def test_values_are_smoothed_less_after_a_longer_interval() -> None:
    def after(interval_s: float) -> float:
        one_euro = OneEuroFilter(0.05, 0.0)
        one_euro(np.array([0], np.float32), 0.0)
        return float(one_euro(np.array([1], np.float32), interval_s)[0])

    assert after(1.0) > after(1 / 30)


def test_frames_with_nearly_the_same_timestamp_give_finite_values() -> None:
    one_euro = OneEuroFilter(0.05, 80.0)
    one_euro(np.array([0], np.float32), 1.0)
    assert np.isfinite(one_euro(np.array([1], np.float32), 1.0 + 1e-15)).all()


def test_a_pose_filter_smooths_everything_except_presence() -> None:
    filters = PoseFilter(smooth_landmarks=True)
    filters(person(0), 0.0, IMAGE_SIZE, np.float32(100))
    after = filters(person(1, visibility=0.0), 1 / 30, IMAGE_SIZE, np.float32(100))
    for name in ("landmarks", "auxiliary", "world_landmarks"):
        assert (getattr(after, name) > 0).all()
        assert (getattr(after, name) < 1).all()
    assert after.visibility == pytest.approx(0.9)
    assert (after.presence == 0).all()


def test_without_smoothing_only_the_auxiliary_landmarks_are_smoothed() -> None:
    filters = PoseFilter(smooth_landmarks=False)
    filters(person(0), 0.0, IMAGE_SIZE, np.float32(100))
    after = filters(person(1, visibility=0.0), 1 / 30, IMAGE_SIZE, np.float32(100))
    assert (after.auxiliary < 1).all()
    assert (after.landmarks == 1).all()
    assert (after.world_landmarks == 1).all()
    assert (after.visibility == 0).all()


def test_landmarks_that_are_not_smoothed_are_rounded_in_pixels() -> None:
    found = person(0)
    found.landmarks[...] = np.linspace(0, 1, 99, dtype=np.float32).reshape(1, 33, 3)
    after = PoseFilter(smooth_landmarks=False)(found, 0.0, IMAGE_SIZE, np.float32(100))
    size_px = np.array((100, 50, 100), np.float32)
    assert np.array_equal(after.landmarks, found.landmarks * size_px / size_px)
    assert not np.array_equal(after.landmarks, found.landmarks)


def test_the_filters_of_visibility_and_world_landmarks_outlive_a_lost_person() -> None:
    """In the reference, these two filters have no input that reports an empty frame."""
    filters = PoseFilter(smooth_landmarks=True)
    filters(person(0, visibility=0.0), 0.0, IMAGE_SIZE, np.float32(100))
    filters.lose_person()
    after = filters(person(1, visibility=1.0), 1 / 30, IMAGE_SIZE, np.float32(100))
    assert (after.landmarks == 1).all()
    assert (after.auxiliary == 1).all()
    assert (after.world_landmarks < 1).all()
    assert after.visibility == pytest.approx(0.1)


def test_a_body_without_size_gives_finite_landmarks() -> None:
    filters = PoseFilter(smooth_landmarks=True)
    filters(person(0), 0.0, IMAGE_SIZE, np.float32(0.0))
    assert np.isfinite(filters(person(1), 1 / 30, IMAGE_SIZE, np.float32(0.0)).landmarks).all()
