"""The frames of an open video: from where to where, and what happens to broken ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.errors import MediaError
from vitruvian.inputs.source import Frame
from vitruvian.inputs.time_span import is_after, is_before, is_everything, no_frames
from vitruvian.video.decoding import Decoder
from vitruvian.video.deinterlacing import deinterlaced
from vitruvian.video.frame_clock import FrameClock, sane_rate
from vitruvian.video.opened import open_stream
from vitruvian.video.pixel_limit import check_frame_size
from vitruvian.video.reading_errors import media_errors
from vitruvian.video.seeking import seek_start

if TYPE_CHECKING:
    from collections.abc import Generator

    from av.video.frame import VideoFrame

    from vitruvian.inputs.broken_frames import BrokenFrames
    from vitruvian.inputs.options import InputOptions
    from vitruvian.types import Image
    from vitruvian.video.opened import OpenVideo


def frames_of(
    video: OpenVideo, options: InputOptions, broken: BrokenFrames
) -> Generator[Frame, None, None]:
    """Yield the frames from `start_s` up to, but not including, `end_s`; close the container.

    Around a broken frame, several threads lose whole frames too, and decode the frames that refer
    to it differently each time. So from the first broken frame on, one thread decodes.

    Args:
        video: the open video.
        options: the part that is read, and the limit of pixels.
        broken: counts the frames that are skipped.

    Raises:
        MediaError: The video was interrupted, is cut short, has no frames in the part that is read,
            or has one that cannot be shown.
    """
    with media_errors(
        f"{video.name} was interrupted", "try again, or use the frames that were read"
    ):
        count = yield from _read(video, options, broken)
        if count is not None:
            one_thread = open_stream(video.location, video.name, options, threads=1)
            if one_thread is None:
                raise MediaError(f"{video.name} was replaced while it was read: try again.")
            yield from _read(one_thread, options, broken, first=count)


def _read(
    video: OpenVideo, options: InputOptions, broken: BrokenFrames, first: int = 0
) -> Generator[Frame, None, int | None]:
    """Yield the frames from the number `first` on.

    Returns:
        None at the end of the video. If it can begin again, the number of the frame before which
        the first one is broken.
    """
    index = 0
    with video.container:
        clock = FrameClock(sane_rate(video.stream.guessed_rate), seek_start(video, options))
        decoder = Decoder(video.container, video.stream)
        for decoded in deinterlaced(decoder.frames()):
            timestamp_s = clock.timestamp_s(decoded.time)
            if is_after(timestamp_s, options):
                break
            if is_before(timestamp_s, options):
                decoder.broken.forget()
                continue
            broken.count = decoder.broken_count
            if broken.count and video.can_begin_again:
                return index
            if index >= first:
                frame = [Frame(_converted(decoded, video, options), index, timestamp_s)]
                del decoded  # a generator that waits holds no frame
                yield frame.pop()
            index += 1
        broken.count = decoder.broken_count
        if video.can_begin_again and (broken.count or decoder.broken.may_be_more):
            return index
        broken.log(video.name)
        _check_end(decoder, index, video, options)
        return None


def _check_end(decoder: Decoder, frames: int, video: OpenVideo, options: InputOptions) -> None:
    """Raise an error if the video ends otherwise than it should."""
    if decoder.interruption is not None:
        raise decoder.interruption
    if frames == 0 and not is_everything(options):
        raise no_frames(video.name, options)
    if decoder.is_over and decoder.is_cut and not video.is_live:
        raise MediaError(
            f"{video.name} is cut short: give a whole copy, or use the frames that were read."
        )


def _converted(decoded: VideoFrame, video: OpenVideo, options: InputOptions) -> Image:
    size = video.converter.square_size(decoded.width, decoded.height)
    check_frame_size(*size, video.name, options)
    with media_errors(f"{video.name} has frames that cannot be shown", "convert it to 8-bit SDR"):
        return video.converter.convert(decoded)
