"""Numbers the frames of one stream, and checks that their timestamps increase."""

from __future__ import annotations

import math

from vitruvian.errors import TimestampError
from vitruvian.types import as_timestamp_s


class FrameClock:
    """The index and the timestamp of the last frame.

    Args:
        is_video: timestamps must increase; those of independent images may have any order.
        frame_rate: frames per second, for frames without a timestamp.

    Attributes:
        index: of the last frame, from 0; -1 before the first.
        timestamp_s: of the last frame; minus infinity before the first.
    """

    def __init__(self, *, is_video: bool, frame_rate: float) -> None:
        self.index = -1
        self.timestamp_s = -math.inf
        self._is_video = is_video
        self._frame_s = 1 / frame_rate

    def reset(self) -> None:
        """Begin another stream."""
        self.index = -1
        self.timestamp_s = -math.inf

    def advance(self, timestamp_s: float | None) -> float:
        """Count a frame, and return its timestamp.

        Args:
            timestamp_s: in seconds. None is one frame after the previous one, and 0 for the first.

        Raises:
            TimestampError: the timestamp is no finite number, or the frame of a video is not later
                than the previous one. The clock is as before.
        """
        if timestamp_s is None:
            timestamp_s = max(self.timestamp_s + self._frame_s, 0.0)
        timestamp_s = as_timestamp_s(timestamp_s)
        if self._is_video and not timestamp_s > self.timestamp_s:
            raise TimestampError(
                f"The frame at {timestamp_s} s is not later than the previous one, at "
                f"{self.timestamp_s} s: give each frame a greater timestamp, or call reset() "
                "before another video."
            )
        self.index += 1
        self.timestamp_s = timestamp_s
        return timestamp_s
