"""Reading of videos, cameras and streams, with FFmpeg through PyAV."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import av

from vitruvian.errors import MediaError
from vitruvian.inputs.options import InputOptions
from vitruvian.inputs.parsing import Address
from vitruvian.inputs.source import Frame, Source
from vitruvian.inputs.time_span import is_after, is_before, is_everything, no_frames
from vitruvian.video.containers import open_container
from vitruvian.video.decoding import Decoder, main_video_stream, prepare
from vitruvian.video.deinterlacing import deinterlaced
from vitruvian.video.devices import Device
from vitruvian.video.frame_clock import FrameClock, sane_rate
from vitruvian.video.frame_conversion import FrameConverter
from vitruvian.video.pixel_limit import check_frame_size
from vitruvian.video.reading_errors import media_errors

if TYPE_CHECKING:
    from collections.abc import Generator

    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    from vitruvian.types import Image
    from vitruvian.video.containers import Location

_DEFAULTS = InputOptions()
# These have an index of all frames and one clock, so that a seek is exact.
_SEEKABLE = {"mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm"}
_MAX_SEEK = 2**62  # FFmpeg's times have 63 bits


@dataclass(frozen=True, eq=False, slots=True)
class _Video:
    """An open container whose decoder is set up."""

    container: InputContainer
    stream: VideoStream
    converter: FrameConverter
    location: Location
    name: str
    is_live: bool


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
        video = _open(location, name, options, threads)
        if video is None:
            raise MediaError(f"{name} contains no video that can be decoded: {advice}.")
        stream = video.stream
        rate = sane_rate(stream.average_rate or stream.guessed_rate)
        return Source(
            name,
            _frames(video, options),
            is_live=video.is_live,
            frame_rate=rate,
            frame_count=_frame_count(video, rate, options),
            path=location if isinstance(location, Path) else None,
        )


def first_frame_time_s(container: InputContainer) -> float:
    """Return the time of the first video frame on a file's clock, which is 0 for its readers.

    It is 0 for a file without video.
    """
    stream = main_video_stream(container)
    first = next(Decoder(container, stream).frames(), None) if stream else None
    return first.time or 0.0 if first else 0.0


def _open(location: Location, name: str, options: InputOptions, threads: int) -> _Video | None:
    """Open an input; return None if it contains no video."""
    with ExitStack() as on_error:
        container = on_error.enter_context(open_container(location, name, options))
        stream = main_video_stream(container)
        if stream is None:
            return None
        is_live = container.duration is None and isinstance(location, (Address, Device))
        converter = FrameConverter(stream.sample_aspect_ratio)
        check_frame_size(*converter.square_size(stream.width, stream.height), name, options)
        prepare(container, stream, options, threads=threads, is_live=is_live)
        on_error.pop_all()
    return _Video(container, stream, converter, location, name, is_live)


def _frame_count(video: _Video, rate: float | None, options: InputOptions) -> int | None:
    """Return the expected number of frames, None if the header does not say it, or nonsense."""
    duration_s = (video.container.duration or 0) / av.time_base
    count = video.stream.frames or round(duration_s * (rate or 0.0))
    if options.start_s > 0 or options.end_s < duration_s:
        read_s = min(options.end_s, duration_s) - options.start_s
        count = min(count, round(read_s * (rate or 0.0)))
    # A frame takes more than a byte.
    return count if 0 < count < video.container.size else None


def _frames(video: _Video, options: InputOptions) -> Generator[Frame, None, None]:
    """Yield the frames from `start_s` up to, but not including, `end_s`; close the container."""
    interrupted = media_errors(
        f"{video.name} was interrupted", "try again, or use the frames that were read"
    )
    index = 0
    with video.container, interrupted:
        clock = FrameClock(sane_rate(video.stream.guessed_rate), _seek(video, options))
        decoder = Decoder(video.container, video.stream)
        for decoded in deinterlaced(decoder.frames()):
            timestamp_s = clock.timestamp_s(decoded.time)
            if is_after(timestamp_s, options):
                break
            if is_before(timestamp_s, options):
                decoder.is_damaged = False  # that was before the part to read
                continue
            frame = [Frame(_converted(decoded, video, options), index, timestamp_s)]
            del decoded  # a generator that waits holds no frame
            yield frame.pop()
            index += 1
        if decoder.interruption is not None:
            raise decoder.interruption
        if index == 0 and not is_everything(options):
            raise no_frames(video.name, options)
        if decoder.is_damaged and not video.is_live:
            raise MediaError(
                f"{video.name} is damaged: "
                "give an undamaged copy, or use the frames that were read."
            )


def _converted(decoded: VideoFrame, video: _Video, options: InputOptions) -> Image:
    size = video.converter.square_size(decoded.width, decoded.height)
    check_frame_size(*size, video.name, options)
    with media_errors(f"{video.name} has frames that cannot be shown", "convert it to 8-bit SDR"):
        return video.converter.convert(decoded)


def _seek(video: _Video, options: InputOptions) -> float | None:
    """Go to the last keyframe before `start_s`, if the file permits it.

    Another container tries it, so that this one is still at its beginning if it fails.

    Returns:
        The time of the video's first frame; None if the video is at its beginning.
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
