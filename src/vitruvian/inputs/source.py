"""An open input and its frames."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from typing import TYPE_CHECKING

from vitruvian.errors import MediaError
from vitruvian.inputs.broken_frames import BrokenFrames

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path
    from typing import Self

    from vitruvian.types import Image


@dataclass(frozen=True, eq=False, slots=True)
class Frame:
    """One frame of a source.

    Attributes:
        image: (H, W, 3) uint8 RGB, contiguous, upright.
        index: The frame's number, from 0.
        timestamp_s: Seconds since the first frame, greater than in the previous frame.
    """

    image: Image
    index: int
    timestamp_s: float


@dataclass(eq=False)
class Source:
    """An open input. Its frames can be iterated over once.

    Attributes:
        name: The input's name for messages, without the password that an address may contain.
        is_image: Whether the input is a still image.
        is_live: Whether the input has no end and does not wait for its reader: a camera or a
            broadcast.
        frame_rate: The mean number of frames per second, None if unknown.
        frame_count: The expected number of frames, None if unknown.
        path: The file that is read, None for a camera or an address.
        broken: Counts the frames that are skipped, because they are broken.
        size: Width and height of the first frame in pixels.
    """

    name: str
    frames: InitVar[Generator[Frame, None, None]]
    is_image: bool = False
    is_live: bool = False
    frame_rate: float | None = None
    frame_count: int | None = None
    path: Path | None = None
    broken: BrokenFrames = field(default_factory=BrokenFrames)
    size: tuple[int, int] = field(init=False)

    def __post_init__(self, frames: Generator[Frame, None, None]) -> None:
        first = next(frames, None)
        if first is None:
            raise MediaError(f"{self.name} contains no frames: give another input.")
        height, width = first.image.shape[:2]
        self.size = (width, height)
        self._frames = _chained([first], frames)
        self._generator = frames

    def __iter__(self) -> Iterator[Frame]:
        """Return an iterator over the frames that were not read yet.

        Raises:
            MediaError: The input is cut short or was interrupted. The iterator raises this after
                the last frame that can be read.
        """
        return self._frames

    def close(self) -> None:
        """Close the file, the camera or the connection."""
        self._generator.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _chained(first: list[Frame], others: Iterator[Frame]) -> Iterator[Frame]:
    """Yield the first frame and all others, without keeping the first in memory."""
    yield first.pop()
    yield from others
