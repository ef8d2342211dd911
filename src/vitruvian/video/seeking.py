"""The jump to the part of a video that is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import av

from vitruvian.video.containers import open_container
from vitruvian.video.decoding import Decoder, prepare

if TYPE_CHECKING:
    from vitruvian.inputs.options import InputOptions
    from vitruvian.video.opened import OpenVideo

# These have an index of all frames and one clock, so that a seek is exact.
_SEEKABLE = {"mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm"}
_MAX_SEEK = 2**62  # FFmpeg's times have 63 bits


def seek_start(video: OpenVideo, options: InputOptions) -> float | None:
    """Go to the last keyframe before `start_s`, if the file permits it.

    Another container tries it, so that this one is still at its beginning if it fails.

    Returns:
        The time of the video's first frame in seconds; None if the video is at its beginning.
    """
    if options.start_s <= 0 or not isinstance(video.location, Path):
        return None
    if video.container.format.name not in _SEEKABLE:
        return None

    with open_container(video.location, video.name, options) as trial:
        stream = trial.streams.video[video.container.streams.video.index(video.stream)]
        prepare(trial, stream, options, threads=1, is_live=False)
        first = next(Decoder(trial, stream).frames(), None)
        if first is None or first.time is None or not stream.time_base:
            return None
        start_s = first.time + options.start_s
        target = min(round(start_s / stream.time_base), _MAX_SEEK)
        try:
            trial.seek(target, stream=stream)
        except av.FFmpegError:
            return None
        keyframe = next(Decoder(trial, stream).frames(), None)
        if keyframe is None or keyframe.time is None or keyframe.time > start_s:
            return None
    video.container.seek(target, stream=video.stream)
    return first.time
