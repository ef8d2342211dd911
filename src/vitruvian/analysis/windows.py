"""The frames of a recording in windows, with the frames around each of them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.recorded.arrays import Recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vitruvian.recorded.blocks import Blocks
    from vitruvian.types import Float64

# What is around a window, about 130 frames, is computed again with the next one. A row of a person
# has 1 kB, and ten times that while it is smoothed.
_WINDOW_FRAMES = 1024
_WINDOW_PEOPLE = 8192
# The times of a broken video may all be equal, and then everything would be around each window.
_MOST_FRAMES_AROUND = 4096


def windows(
    blocks: Blocks, around_s: float, around_frames: int
) -> Iterator[tuple[Recorded, slice]]:
    """Yield frames with those around them, and the slice of the frames themselves.

    The slices together are all frames, in their order.

    Args:
        blocks: the recording.
        around_s: frames up to this time before and after are around,
        around_frames: and so many further ones.
    """
    held, first = Recorded.of_results(blocks.header, []), 0
    lengths: deque[int] = deque()  # of the windows in `held`, the next of which begins at `first`

    def window(around: slice) -> tuple[Recorded, slice]:
        begin = first - around.start
        return held[around], slice(begin, begin + lengths[0])

    for part in _parts(blocks):
        held = Recorded.joined(blocks.header, [held, part])
        lengths.append(len(part))
        while lengths:
            core = slice(first, first + lengths[0])
            around = _around(held.timestamps_s, core, around_s, around_frames)
            if around.stop >= len(held):  # the next part may belong to it
                break
            yield window(around)
            lengths.popleft()
            held, first = held[around.start :], core.stop - around.start
    while lengths:
        core = slice(first, first + lengths[0])
        yield window(_around(held.timestamps_s, core, around_s, around_frames))
        lengths.popleft()
        first = core.stop


def _around(times_s: Float64, core: slice, around_s: float, around_frames: int) -> slice:
    """Return the frames of a window and around it. The end may be after the last frame."""
    earliest_s, latest_s = times_s[core.start] - around_s, times_s[core.stop - 1] + around_s
    start = int(np.searchsorted(times_s, earliest_s)) - around_frames
    stop = int(np.searchsorted(times_s, latest_s, "right")) + around_frames
    return slice(
        max(start, core.start - _MOST_FRAMES_AROUND, 0),
        min(stop, core.stop + _MOST_FRAMES_AROUND),
    )


def _parts(blocks: Iterable[Recorded]) -> Iterator[Recorded]:
    """Yield the same frames in parts that do not depend on how they were in blocks.

    So a recording gives the same bytes, whatever file it comes from.
    """
    waiting: list[Recorded] = []
    frames = people = 0
    for block in blocks:
        first = 0
        for end, count in enumerate(block.people_counts.tolist(), start=1):
            frames, people = frames + 1, people + count
            if frames == _WINDOW_FRAMES or people >= _WINDOW_PEOPLE:
                yield Recorded.joined(block.header, [*waiting, block[first:end]])
                waiting, first, frames, people = [], end, 0, 0
        waiting.append(block[first:])
    if frames:
        yield Recorded.joined(waiting[0].header, waiting)
