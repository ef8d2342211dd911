"""Times at a constant rate, to which the frames of a recording belong or are resampled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.errors import RecordingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from vitruvian.types import Float64

# Files have times in whole milliseconds or better. The first time and another one are each off by
# half of that, and the line through all of them is a little off, too.
_ROUNDING_S = 1.5e-3
_LARGEST_PART = 0.4  # of a row, so that the nearest row is the frame's own
_ROUNDING_ROWS = 1e-6
_RATE_OF_ONE_FRAME_HZ = 30.0
_LEAST_INTERVAL_S = 1e-6  # no camera is faster, so a shorter interval is an error
# A broken recording whose last time is far away would fill the memory with empty rows.
_MOST_ROWS_PER_FRAME = 20
_ROWS_OF_PART = 1024  # in which values are resampled


@dataclass(frozen=True)
class TimeGrid:
    """Times of a constant rate, from the first frame to the last one.

    Attributes:
        start_s: the time of the row 0.
        rate_hz: the number of rows in a second.
        rows: the number of rows.
        is_of_frames: whether each frame stands at a row, within the rounding of times.
        longest_interval_s: the longest time between two frames that follow each other.
    """

    start_s: float
    rate_hz: float
    rows: int
    is_of_frames: bool
    longest_interval_s: float

    @property
    def has_frames_at_all_rows(self) -> bool:
        """Whether no two frames are further apart than two rows."""
        return round(self.longest_interval_s * self.rate_hz) <= 1

    def resampled(
        self,
        times_s: Float64,
        values_at: Callable[[slice], Float64],
        columns: int,
        longest_gap_s: float,
    ) -> tuple[int, Float64]:
        """Return values at the rows from the first to the last time, and the first row.

        If frames stand at rows, values keep their rows. Other rows are on the line between the two
        times around them. Where these are further from each other than the longest gap, and
        before the first time and after the last one, a row has the values of a time that is at most
        half a row away. All else is NaN.

        Args:
            times_s: (R,) not descending, of some of the frames; at least one.
            values_at: returns the values (P, N) of P of these times. They are asked for in parts,
                because their arithmetic takes much memory.
            columns: N.
            longest_gap_s: the longest time over which a line goes.
        """
        places = (times_s - self.start_s) * self.rate_hz
        numbers = np.rint(places)
        first, last = numbers[[0, -1]].astype(np.int64).tolist()
        if self.is_of_frames:
            places = numbers
        longest = longest_gap_s * self.rate_hz + _ROUNDING_ROWS
        rows = np.arange(first, last + 1)
        values = np.empty((len(rows), columns))
        for start in range(0, len(rows), _ROWS_OF_PART):
            part = slice(start, start + _ROWS_OF_PART)
            values[part] = _at_rows(rows[part], places, values_at, longest)
        return first, values


def _at_rows(
    rows: NDArray[np.int64],
    places: Float64,
    values_at: Callable[[slice], Float64],
    longest: float,
) -> Float64:
    """Return the values at some rows, from those between rows."""
    last = len(places) - 1
    after = np.searchsorted(places, rows).clip(min(1, last), last)
    before = np.maximum(after - 1, 0)
    spans = places[after] - places[before]
    parts = (rows - places[before]) / np.where(spans > 0, spans, 1.0)
    nearest = np.where(parts < 0.5, before, after)
    distances = np.abs(rows - places[nearest])
    is_on_line = (spans <= longest) & (parts > 0) & (parts < 1) & (distances > _ROUNDING_ROWS)
    first = before[0]
    values = values_at(slice(first, after[-1] + 1))
    parts = parts[:, np.newaxis]
    on_lines = (1 - parts) * values[before - first] + parts * values[after - first]
    of_nearest = np.where(
        distances[:, np.newaxis] <= 0.5 + _ROUNDING_ROWS, values[nearest - first], np.nan
    )
    return np.where(is_on_line[:, np.newaxis], on_lines, of_nearest)


def time_grid(times_s: Float64) -> TimeGrid:
    """Return the grid of the frames' median rate.

    Frames stand at a constant rate if all intervals are multiples of the median one, and a line
    through them is off by the rounding of times at most. Then the rate is that of the line.

    Args:
        times_s: (F,) not descending.

    Raises:
        RecordingError: the times are so far apart that nearly all rows would be empty.
    """
    start_s = float(times_s[0]) if len(times_s) else 0.0
    intervals_s = np.diff(times_s)
    longer_s = intervals_s[intervals_s > _LEAST_INTERVAL_S]
    if not len(longer_s):
        rows = min(len(times_s), 1)
        return TimeGrid(
            start_s,
            _RATE_OF_ONE_FRAME_HZ,
            rows,
            is_of_frames=len(times_s) <= 1,
            longest_interval_s=0.0,
        )
    interval_s = float(np.median(longer_s))
    numbers = np.concatenate(([0.0], np.cumsum(np.rint(intervals_s / interval_s))))
    if numbers[-1] > _MOST_ROWS_PER_FRAME * len(times_s):
        raise RecordingError(
            f"The recording has {len(times_s):,} frames in {times_s[-1] - start_s:,.0f} seconds, "
            f"which are too few for a constant rate of {1 / interval_s:.3g} Hz: give a part of it."
        )
    longest_s = float(intervals_s.max())
    rate_hz = _rate_of_line(numbers, times_s - start_s)
    is_of_frames = rate_hz is not None
    if rate_hz is None:
        rate_hz = 1 / interval_s
    rows = round((times_s[-1] - start_s) * rate_hz) + 1
    return TimeGrid(start_s, rate_hz, rows, is_of_frames, longest_s)


def _rate_of_line(numbers: Float64, from_start_s: Float64) -> float | None:
    """Return the rate at which frames of these numbers follow; None if they do not follow at one.

    Args:
        numbers: (F,) whole numbers from 0, not descending.
        from_start_s: (F,) the times from that of the first frame.
    """
    slope_s = float((numbers @ from_start_s) / (numbers @ numbers))
    errors_s = np.abs(slope_s * numbers - from_start_s)
    is_line = errors_s.max() <= min(_ROUNDING_S, _LARGEST_PART * slope_s)
    if not is_line or np.diff(numbers).min() < 1:
        return None
    return float(f"{1 / slope_s:.9g}")  # 30, and not 29.999999999999993
