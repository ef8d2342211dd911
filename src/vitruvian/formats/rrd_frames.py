"""The frames of a recording, as the rows of Rerun have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from vitruvian.errors import RecordingError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.recorded.blocks import Blocks
    from vitruvian.types import Float32, Float64

_MAX_TIME_S = 9e9  # Rerun counts nanoseconds in 64 bits
_FRAME, _TIME = "frame", "time"
TIMELINE = _TIME  # the one that the viewer plays


@dataclass(frozen=True)
class Frames:
    """The frames of a recording.

    Attributes:
        numbers: (F,) int64 ascending.
        times_s: (F,) float64 not descending.
        size_px: (2,) float64 width and height of the first frame, and so of the video.
    """

    numbers: NDArray[np.int64]
    times_s: Float64
    size_px: Float64

    @classmethod
    def of(cls, blocks: Blocks) -> Self:
        """Return the frames of a recording.

        Raises:
            RecordingError: a time is too large for Rerun.
        """
        numbers, times_s, sizes_px = [], [], []
        for block in blocks:
            numbers.append(block.frames)
            times_s.append(block.timestamps_s)
            sizes_px.append(block.image_sizes_px[:1])
        frames = cls(
            np.concatenate([np.zeros(0, np.int64), *numbers]),
            np.concatenate([np.zeros(0), *times_s]),
            np.concatenate([*sizes_px, np.ones((1, 2))])[0].astype(np.float64),
        )
        if (np.abs(frames.times_s) > _MAX_TIME_S).any():
            raise RecordingError(
                f"The times of {blocks.header.source} are too large for Rerun, which has 292 years:"
                " choose another format."
            )
        return frames

    def in_video_px(self, landmarks: Float32, sizes_px: NDArray[np.int32]) -> Float64:
        """Return landmarks in pixels of the video, in which smaller images are centred.

        Args:
            landmarks: (R, 33, 2) normalized coordinates.
            sizes_px: (R, 2) the width and height of the image that each row is in.
        """
        scales = (self.size_px / sizes_px).min(axis=1, keepdims=True)
        scaled_px = sizes_px * scales
        corners_px = (self.size_px - scaled_px) / 2
        in_px: Float64 = corners_px[:, np.newaxis] + landmarks * scaled_px[:, np.newaxis]
        return in_px

    def nearest(self, times_s: Float64) -> NDArray[np.int64]:
        """Return the positions of the frames that are nearest to some times."""
        between_s = (self.times_s[1:] + self.times_s[:-1]) / 2
        return np.searchsorted(between_s, times_s)

    def columns(self, rerun: Any, positions: NDArray[np.int64], times_s: Float64) -> list[Any]:
        """Return the two columns of times of some rows.

        Args:
            rerun: the library.
            positions: (R,) of their frames, counted from 0 over the frames that are there.
            times_s: (R,) their times.
        """
        times_ns = np.rint(times_s * 1e9).astype("timedelta64[ns]")
        return [
            rerun.TimeColumn(_FRAME, sequence=self.numbers[positions]),
            rerun.TimeColumn(_TIME, duration=times_ns),
        ]


def with_ends(rows: NDArray[np.int64], end: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the rows in which somebody is there, and those after which there is nobody.

    Rerun shows a value until the next one. So each time somebody leaves, the next row has to say
    that there is nobody.

    Args:
        rows: (R,) ascending, in which the person is there.
        end: the number of all rows; after the last one, nothing needs to be said.

    Returns:
        The rows (S,) ascending, and whether the person is there (S,).
    """
    after = np.setdiff1d(rows + 1, rows)
    after = after[after < end]
    merged = np.union1d(rows, after)
    return merged, ~np.isin(merged, after)
