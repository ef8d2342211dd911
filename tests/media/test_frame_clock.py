"""Timestamps of frames."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from vitruvian.media.frame_clock import FrameClock, sane_rate


def timestamps(times_s: list[float | None], rate: float | None = 10.0) -> list[float]:
    clock = FrameClock(rate)
    return [clock.timestamp_s(time_s) for time_s in times_s]


@pytest.mark.parametrize(
    ("times_s", "expected"),
    [
        ([7.0, 7.1, 7.25, 9.0], [0, 0.1, 0.25, 2.0]),
        ([-3.0, -2.9, 0.0], [0, 0.1, 3.0]),
        ([None, None, None], [0, 0.1, 0.2]),
        ([5.0, None, 5.3], [0, 0.1, 0.3]),
        ([0.0, 0.1, 0.1, 0.5, 0.6], [0, 0.1, 0.2, 0.5, 0.6]),  # repeated
        ([0.0, 0.2, 0.1, 0.3, 0.4], [0, 0.2, 0.3, 0.4, 0.5]),  # out of order
        ([0.0, 0.1, 0.1 + 1e-6, 0.3], [0, 0.1, 0.2, 0.3]),  # an error of rounding
        ([8.0, 8.1, 0.0, 0.1, 0.2], [0, 0.1, 0.2, 0.3, 0.4]),  # a second recording
        ([0.0, 0.1, 95_443.7, 95_443.8], [0, 0.1, 0.2, 0.3]),  # a clock that wraps around
        ([0.0, 8.6e7, 1.7e8, 2.6e8], [0, 0.1, 0.2, 0.3]),  # a damaged header
        ([0.0, 1e28, -1e28, 1e28], [0, 0.1, 0.2, 0.3]),
        ([0.0, 0.1, 900.0], [0, 0.1, 900.0]),  # a still screen
    ],
)
def test_timestamps_follow_the_file_where_it_is_sane(
    times_s: list[float | None], expected: list[float]
) -> None:
    np.testing.assert_allclose(timestamps(times_s), expected, atol=1e-6)


def test_all_timestamps_increase_enough_for_a_video() -> None:
    rng = np.random.default_rng(0)
    kinds = [0, 1e-9, 1e-5, 1e-3, 0.1, 10, 1e4, 1e9, -1e-9, -0.1, -10, -1e9]
    times_s = np.cumsum(rng.choice(kinds, 5000)).tolist()
    steps_s = np.diff(timestamps(times_s))
    assert steps_s.min() > 1.9e-5  # more than a tick of 90 kHz
    assert steps_s.max() <= 1000


def test_a_clock_can_start_in_the_middle() -> None:
    clock = FrameClock(10.0, origin_s=7.0)
    assert [clock.timestamp_s(time_s) for time_s in (9.0, 9.1)] == pytest.approx([2.0, 2.1])


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (Fraction(30_000, 1001), 30_000 / 1001),
        (Fraction(1, 900), 1 / 900),
        (Fraction(1000), 1000.0),
        (Fraction(25, 2**31), None),
        (Fraction(90_000), None),
        (Fraction(-25), None),
        (Fraction(0), None),
        (None, None),
    ],
)
def test_a_rate_that_no_camera_has_is_unknown(
    rate: Fraction | None, expected: float | None
) -> None:
    assert sane_rate(rate) == expected
