"""The frames of an input that is read again, each with its result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.errors import RecordingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vitruvian.inputs.source import Frame
    from vitruvian.result import PoseResult


def matched(
    frames: Iterator[Frame], results: Iterable[PoseResult], name: str
) -> Iterator[tuple[Frame, PoseResult]]:
    """Yield each result with its frame. Frames that have no result are left out.

    Args:
        frames: of the input, in their order.
        results: in the order of their frames.
        name: the input's name for messages.

    Raises:
        RecordingError: There is no frame for a result.
    """
    for result in results:
        frame = next((frame for frame in frames if frame.index >= result.index), None)
        if frame is None or frame.index != result.index:
            raise RecordingError(
                f"{name} has no frame {result.index:,}, which is in the recording: give the video "
                "of which it was made."
            )
        yield frame, result
        del frame  # a generator that waits holds no frame
