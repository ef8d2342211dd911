from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from vitruvian.errors import TimestampError
from vitruvian.tracking.clock import FrameClock


def clock(*, is_video: bool = True) -> FrameClock:
    return FrameClock(is_video=is_video, frame_rate=10.0)


def test_a_clock_is_before_the_first_frame() -> None:
    before = clock()
    assert (before.index, before.timestamp_s) == (-1, -math.inf)


def test_frames_are_numbered_from_zero_and_keep_their_timestamps() -> None:
    frames = clock()
    for index, timestamp_s in enumerate((-2.0, 0.5, 0.75)):
        assert frames.advance(timestamp_s) == timestamp_s
        assert (frames.index, frames.timestamp_s) == (index, timestamp_s)


@pytest.mark.parametrize("is_video", [True, False])
def test_frames_without_a_timestamp_follow_the_frame_rate(is_video: bool) -> None:
    frames = clock(is_video=is_video)
    assert [frames.advance(None) for _ in range(3)] == pytest.approx([0, 0.1, 0.2])
    frames.advance(5.0)
    assert frames.advance(None) == pytest.approx(5.1)


def test_a_frame_without_a_timestamp_is_never_before_zero() -> None:
    frames = clock()
    frames.advance(-5.0)
    assert frames.advance(None) == 0


@pytest.mark.parametrize("timestamp_s", [1.0, 0.5, -1.0])
def test_a_timestamp_that_does_not_increase_is_refused_and_changes_nothing(
    timestamp_s: float,
) -> None:
    frames = clock()
    frames.advance(0.0)
    frames.advance(1.0)
    with pytest.raises(TimestampError, match=r"not later than the previous one, at 1\.0 s"):
        frames.advance(timestamp_s)
    assert (frames.index, frames.timestamp_s) == (1, 1.0)
    assert frames.advance(None) == pytest.approx(1.1)


@pytest.mark.parametrize("is_video", [True, False])
@pytest.mark.parametrize(
    "wrong",
    [math.nan, math.inf, -math.inf, "1.0", 1j, [1.0], object(), True, 10**400, Decimal("sNaN")],
)
def test_a_timestamp_is_a_finite_number(wrong: Any, is_video: bool) -> None:
    frames = clock(is_video=is_video)
    frames.advance(1.0)
    with pytest.raises(TimestampError, match="give a finite number of seconds"):
        frames.advance(wrong)
    assert (frames.index, frames.timestamp_s) == (0, 1.0)


@pytest.mark.parametrize(
    "number", [2, np.float32(2), np.int64(2), np.array(2.0), Fraction(2), Decimal(2)]
)
def test_a_timestamp_may_be_any_real_number(number: Any) -> None:
    assert clock().advance(number) == 2.0


def test_reset_begins_another_video() -> None:
    frames = clock()
    frames.advance(9.0)
    frames.reset()
    assert (frames.index, frames.timestamp_s) == (-1, -math.inf)
    assert frames.advance(1.0) == 1
    assert frames.index == 0


def test_independent_images_may_have_any_order() -> None:
    images = clock(is_video=False)
    assert [images.advance(timestamp_s) for timestamp_s in (5.0, 1.0, 1.0)] == [5, 1, 1]
    assert images.index == 2
