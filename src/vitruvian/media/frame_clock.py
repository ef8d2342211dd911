"""The timestamps of frames, repaired where a file has wrong ones or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

# From a frame in a quarter of an hour to the fastest cameras. A damaged header says anything.
_MIN_RATE, _MAX_RATE = 1e-3, 1e4
_MAX_GAP_S = 1 / _MIN_RATE
_DEFAULT_RATE = 30.0
# A smaller interval is an error of rounding, which the 90 kHz clock of MPEG would not show.
_LEAST_INTERVAL_S = 2e-5
# More than frames that are out of order lag behind, less than a piece of a joined recording lasts.
_MAX_LAG_S = 0.5


def sane_rate(rate: Fraction | None) -> float | None:
    """Return the rate of a header in frames per second, None if no camera has it."""
    return float(rate) if rate and _MIN_RATE <= rate <= _MAX_RATE else None


class FrameClock:
    """Turns the times of decoded frames into timestamps that increase.

    A frame without a time, or with one that is not clearly later than the previous frame's, comes
    one frame interval after it. A clock that jumps, such as where recordings were joined, continues
    from there at one frame interval, too.

    Args:
        rate: The frame rate that the file declares, None if it is unknown.
        origin_s: The time of the first frame, None if the first frame comes next.
    """

    def __init__(self, rate: float | None, origin_s: float | None = None) -> None:
        self._interval_s = 1 / (rate or _DEFAULT_RATE)
        self._origin_s = origin_s
        self._last_s: float | None = None

    def timestamp_s(self, time_s: float | None) -> float:
        """Return the seconds from the first frame to the next one, which has a time or None."""
        if self._origin_s is None:
            self._origin_s = time_s or 0.0
        if self._last_s is None:
            self._last_s = 0.0 if time_s is None else time_s - self._origin_s
            return self._last_s
        following_s = self._last_s + self._interval_s
        timestamp_s = following_s if time_s is None else time_s - self._origin_s
        gap_s = timestamp_s - self._last_s
        if not -_MAX_LAG_S <= gap_s <= _MAX_GAP_S and time_s is not None:
            self._origin_s = time_s - following_s
            timestamp_s = following_s
        elif gap_s < _LEAST_INTERVAL_S:
            timestamp_s = following_s
        self._last_s = timestamp_s
        return timestamp_s
