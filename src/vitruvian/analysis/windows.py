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

# What is around a window is computed again with the next one. That is little if a window has many
# frames; and with many people in each frame, it has some 20 MB.
_LEAST_FRAMES = 256
_MOST_PEOPLE = 16_384
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

    for part in _large(blocks):
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


def _large(blocks: Iterable[Recorded]) -> Iterator[Recorded]:
    """Yield the same frames in blocks that are large enough for windows."""
    parts: list[Recorded] = []
    for block in blocks:
        parts.append(block)
        frames, people = sum(map(len, parts)), sum(len(part.ids) for part in parts)
        if frames >= _LEAST_FRAMES or people >= _MOST_PEOPLE:
            yield Recorded.joined(block.header, parts)
            parts = []
    if parts:
        yield Recorded.joined(parts[0].header, parts)
