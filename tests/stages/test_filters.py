from __future__ import annotations

import math

import numpy as np
import pytest

from vitruvian.stages.filters import LowPassFilter, OneEuroFilter


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


def test_frames_that_are_centuries_apart_give_finite_values() -> None:
    one_euro = OneEuroFilter(0.05, 80.0)
    one_euro(np.array([0], np.float32), -1e308)
    assert np.isfinite(one_euro(np.array([1], np.float32), 1e308)).all()


def test_frames_with_nearly_the_same_timestamp_give_finite_values() -> None:
    one_euro = OneEuroFilter(0.05, 80.0)
    one_euro(np.array([0], np.float32), 1.0)
    assert np.isfinite(one_euro(np.array([1], np.float32), 1.0 + 1e-15)).all()
