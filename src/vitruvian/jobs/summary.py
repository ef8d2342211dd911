"""What was done with one input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.errors import MediaError
    from vitruvian.result import PoseResult


@dataclass(frozen=True)
class Summary:
    """What was done with one input whose files were written.

    Attributes:
        name: The input's name for messages.
        frames: The number of frames in the files.
        frames_with_people: The number of these in which a person was found.
        people: The number of different ids in these.
        seconds: The elapsed time.
        files: The files that were written.
        is_image: Whether the input is a still image.
        is_stopped: Whether the run was stopped before the end of the input. A camera or a broadcast
            has no other end, so that stopping it is its end.
        left_out: The number of frames of a camera or a broadcast that came too fast to be
            processed.
        broken_frames: The number of frames that were skipped, because they are broken.
        error: Why the input could be read only in part; None if it was read to its end.
        result: What was found in a photograph whose results become part of a folder's recording.
    """

    name: str
    frames: int
    frames_with_people: int
    people: int
    seconds: float
    files: tuple[Path, ...]
    is_image: bool = False
    is_stopped: bool = False
    left_out: int = 0
    broken_frames: int = 0
    error: MediaError | None = None
    result: PoseResult | None = None


@dataclass(frozen=True)
class Finished:
    """An input that was skipped, because an earlier run has finished it.

    Attributes:
        name: The input's name for messages.
        files: Its files, which were not touched.
    """

    name: str
    files: tuple[Path, ...]


@dataclass(frozen=True)
class Gathered:
    """What was made of the results of all photographs in a folder.

    Attributes:
        files: The files that were written.
    """

    files: tuple[Path, ...]


# The exception is the one that ended an input. None stands for an input that was not started.
Outcome: TypeAlias = Summary | Finished | Gathered | Exception | None
