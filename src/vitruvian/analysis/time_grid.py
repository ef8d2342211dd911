"""The times of a constant rate at which the frames of a recording stand, or could stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.errors import RecordingError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Float64

# Files have times in whole milliseconds or better. The first time and another one are each off by
# half of that, and the line through all of them is a little off, too.
_ROUNDING_S = 1.5e-3
_ROUNDING_ROWS = 1e-6
_RATE_OF_ONE_FRAME_HZ = 30.0
# A broken recording whose last time is far away would fill the memory with empty rows.
_MOST_ROWS_PER_FRAME = 100


@dataclass(frozen=True)
class TimeGrid:
    """Times of a constant rate, from the first frame to the last one.

    Attributes:
        start_s: the time of the row 0.
        rate_hz: the number of rows in a second.
        rows: the number of rows.
        is_of_frames: whether each frame stands at a row, within the rounding of times.
    """

    start_s: float
    rate_hz: float
    rows: int
    is_of_frames: bool

    def resampled(
        self, times_s: Float64, values: Float64, longest_gap_s: float
    ) -> tuple[int, Float64]:
        """Return values at the rows from the first to the last time, and the first row.

        If frames stand at rows, values keep theirs. Otherwise they are on lines between those of
        the two frames around, unless these are further from each other than the longest gap. Rows
        without values are NaN, and so are those at the ends of NaN.

        Args:
            times_s: (R,) not descending, of some of the frames; at least one.
            values: (R, N).
            longest_gap_s: the longest time over which a line goes.
        """
        places = (times_s - self.start_s) * self.rate_hz
        if self.is_of_frames:
            places, longest = np.rint(places), 0.0
        else:
            longest = longest_gap_s * self.rate_hz + _ROUNDING_ROWS
        first = int(np.ceil(places[0] - _ROUNDING_ROWS))
        last = int(np.floor(places[-1] + _ROUNDING_ROWS))
        if last < first:  # between two rows
            first = last = int(np.rint(places[0]))
        return first, _on_lines(places, values, np.arange(first, last + 1), longest)


def _on_lines(places: Float64, values: Float64, rows: NDArray[np.int64], longest: float) -> Float64:
    """Return the values at whole rows, (len(rows), N)."""
    after = np.minimum(np.searchsorted(places, rows - _ROUNDING_ROWS), len(places) - 1)
    before = np.maximum(after - 1, 0)
    spans = places[after] - places[before]
    parts = (rows - places[before]) / np.where(spans > 0, spans, 1.0)
    parts = parts[:, np.newaxis]
    on_lines = (1 - parts) * values[before] + parts * values[after]
    on_lines[spans > longest] = np.nan
    is_at_frame = (np.abs(rows - places[after]) <= _ROUNDING_ROWS) | (len(places) == 1)
    return np.where(is_at_frame[:, np.newaxis], values[after], on_lines)


def time_grid(times_s: Float64) -> TimeGrid:
    """Return the grid of the frames' median rate.

    Frames stand at a constant rate if all intervals are multiples of the median one, and a line
    through them is off by the rounding of times at most. Then the rate is that of the line.

    Args:
        times_s: (F,) not descending.

    Raises:
        RecordingError: the times are so far apart that nearly all rows would be empty.
    """
    intervals_s = np.diff(times_s)
    if not (intervals_s > 0).any():
        return TimeGrid(
            float(times_s[0]) if len(times_s) else 0.0,
            _RATE_OF_ONE_FRAME_HZ,
            min(len(times_s), 1),
            is_of_frames=len(times_s) <= 1,
        )
    interval_s = float(np.median(intervals_s[intervals_s > 0]))
    steps = np.rint(intervals_s / interval_s)
    numbers = np.concatenate(([0.0], np.cumsum(steps)))
    if numbers[-1] > _MOST_ROWS_PER_FRAME * len(times_s):
        raise RecordingError(
            f"The recording has {len(times_s):,} frames in {times_s[-1] - times_s[0]:,.0f} seconds,"
            f" which are too few for a constant rate of {1 / interval_s:.3g} Hz: give a part of it."
        )
    start_s = float(times_s[0])
    from_start_s = times_s - start_s
    slope_s = float((numbers @ from_start_s) / (numbers @ numbers))
    errors_s = np.abs(slope_s * numbers - from_start_s)
    if steps.min() >= 1 and errors_s.max() <= _ROUNDING_S:
        return TimeGrid(start_s, round(1 / slope_s, 6), int(numbers[-1]) + 1, is_of_frames=True)
    rows = int(from_start_s[-1] / interval_s + _ROUNDING_ROWS) + 1
    return TimeGrid(start_s, 1 / interval_s, rows, is_of_frames=False)
