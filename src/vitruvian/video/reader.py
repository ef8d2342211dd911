"""Reading of videos, cameras and streams, with FFmpeg through PyAV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import av

from vitruvian.errors import MediaError
from vitruvian.inputs.broken_frames import BrokenFrames
from vitruvian.inputs.options import InputOptions
from vitruvian.inputs.source import Source
from vitruvian.video.decoding import Decoder, main_video_stream
from vitruvian.video.frame_clock import sane_rate
from vitruvian.video.frames import frames_of
from vitruvian.video.opened import open_stream
from vitruvian.video.reading_errors import media_errors

if TYPE_CHECKING:
    from av.container import InputContainer

    from vitruvian.video.containers import Location
    from vitruvian.video.opened import OpenVideo

_DEFAULTS = InputOptions()


def open_video(
    location: Location,
    name: str,
    *,
    advice: str,
    threads: int = 0,
    options: InputOptions = _DEFAULTS,
) -> Source:
    """Open anything that FFmpeg can play.

    Args:
        location: A file, an address, a camera, or a file that is already open.
        name: The input's name for messages.
        advice: The end of the error message if it cannot be opened: what the user can do.
        threads: How many threads decode; 0 for one per core.
        options: What is read, how large frames may be, and how long to wait for data.

    Raises:
        MediaError: It cannot be opened, contains no video that can be decoded, or has larger frames
            than permitted.
    """
    with media_errors(f"{name} cannot be opened", advice):
        video = open_stream(location, name, options, threads)
        if video is None:
            raise MediaError(f"{name} contains no video that can be decoded: {advice}.")
        stream = video.stream
        rate = sane_rate(stream.average_rate or stream.guessed_rate)
        broken = BrokenFrames()
        return Source(
            name,
            frames_of(video, options, broken),
            is_live=video.is_live,
            frame_rate=rate,
            frame_count=_frame_count(video, rate, options),
            path=location if isinstance(location, Path) else None,
            broken=broken,
        )


def first_frame_time_s(container: InputContainer) -> float:
    """Return the time of the first video frame on a file's clock, which is 0 for its readers.

    It is 0 for a file without video.
    """
    stream = main_video_stream(container)
    first = next(Decoder(container, stream).frames(), None) if stream else None
    return first.time or 0.0 if first else 0.0


def _frame_count(video: OpenVideo, rate: float | None, options: InputOptions) -> int | None:
    """Return the expected number of frames, None if the header does not say it, or nonsense."""
    duration_s = (video.container.duration or 0) / av.time_base
    count = video.stream.frames or round(duration_s * (rate or 0.0))
    if options.start_s > 0 or options.end_s < duration_s:
        read_s = min(options.end_s, duration_s) - options.start_s
        count = min(count, round(read_s * (rate or 0.0)))
    # A frame takes more than a byte.
    return count if 0 < count < video.container.size else None
