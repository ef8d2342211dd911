"""The part of a video that is read, from `start_s` to `end_s`."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from vitruvian.errors import MediaError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from vitruvian.media.options import InputOptions
    from vitruvian.types import Image

_ROUNDING_S = 1e-6  # of timestamps; less than the interval of the fastest cameras


def is_before(time_s: float, options: InputOptions) -> bool:
    """Return whether a frame is before the part that is read."""
    return time_s < options.start_s - _ROUNDING_S


def is_after(time_s: float, options: InputOptions) -> bool:
    """Return whether a frame is after the part that is read: it ends before `end_s`."""
    return time_s >= options.end_s - _ROUNDING_S


def is_everything(options: InputOptions) -> bool:
    """Return whether the video is read from its beginning to its end."""
    return options.start_s == 0 and options.end_s == inf


def no_frames(name: str, options: InputOptions) -> MediaError:
    """Return the error of a video that has no frames in the part that is read."""
    end = f" to {options.end_s:g} s" if options.end_s < inf else " on"
    return MediaError(
        f"{name} has no frames from {options.start_s:g} s{end}: "
        "give an earlier start or a later end."
    )


def frames_within(
    frames: Iterator[tuple[Image, float]], name: str, options: InputOptions
) -> Generator[tuple[Image, float], None, None]:
    """Yield the images of the part that is read, with their times.

    Raises:
        MediaError: There are none.
    """
    is_empty = True
    for frame in frames:
        if is_after(frame[1], options):
            break
        if not is_before(frame[1], options):
            is_empty = False
            yield frame
        del frame  # frees its memory before the next one is decoded
    if is_empty and not is_everything(options):
        raise no_frames(name, options)
