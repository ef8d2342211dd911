"""A recording in blocks of frames, which need not fit into memory together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vitruvian.errors import RecordingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vitruvian.recorded.arrays import Recorded
    from vitruvian.recorded.header import Header
    from vitruvian.types import Image

# Enough for arithmetic over whole arrays, and at most a few megabytes for the frames of one person.
BLOCK_PEOPLE = 512
BLOCK_FRAMES = 4096


@dataclass(frozen=True)
class Blocks:
    """The frames of a recording in blocks, which can be iterated over any number of times.

    Attributes:
        header: the source, and how the results were made.
        begin: returns an iterator that begins with the first block.
        images: begins to read the image of each frame, (H, W, 3) RGB, if the input is at hand.
            Only formats that show images use it; it is never saved.
    """

    header: Header
    begin: Callable[[], Iterator[Recorded]]
    images: Callable[[], Iterator[Image]] | None = None

    def __iter__(self) -> Iterator[Recorded]:
        return self.begin()

    @classmethod
    def of(cls, recorded: Recorded) -> Blocks:
        """Return a recording in memory in blocks."""

        def begin() -> Iterator[Recorded]:
            bounds = block_bounds(recorded.people_counts.tolist())
            return (recorded[first:end] for first, end in bounds)

        return cls(recorded.header, begin)

    def with_header(self, header: Header) -> Blocks:
        """Return the same frames with another header."""

        def begin() -> Iterator[Recorded]:
            return (replace(block, header=header) for block in self)

        return replace(self, header=header, begin=begin)


def block_bounds(people_counts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first frame of each block, and the one after its last."""
    first = end = people = 0
    for count in people_counts:
        if end > first and (people + count > BLOCK_PEOPLE or end - first == BLOCK_FRAMES):
            yield first, end
            first, people = end, 0
        end += 1
        people += count
    if end > first:
        yield first, end


def in_order(blocks: Iterator[Recorded]) -> Iterator[Recorded]:
    """Yield blocks from a file, whose order was not checked yet.

    Raises:
        RecordingError: A block begins with a frame or a time before the end of the previous block.
            The message lacks the file's name.
    """
    last_frame, last_time_s = -1, float("-inf")
    for block in blocks:
        if block.frames[0] <= last_frame or block.timestamps_s[0] < last_time_s:
            raise RecordingError("has frames that are not in order: write it again")
        last_frame, last_time_s = block.frames[-1], block.timestamps_s[-1]
        yield block
