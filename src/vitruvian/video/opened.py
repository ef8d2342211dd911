"""An open video, whose decoder is set up."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vitruvian.inputs.parsing import Address
from vitruvian.video.containers import open_container
from vitruvian.video.decoding import main_video_stream, prepare
from vitruvian.video.devices import Device
from vitruvian.video.frame_conversion import FrameConverter
from vitruvian.video.pixel_limit import check_frame_size

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

    from vitruvian.inputs.options import InputOptions
    from vitruvian.video.containers import Location

# Decoders otherwise repair what they can, and several threads do not always say that they did.
_STRICT = {"err_detect": "explode"}


@dataclass(frozen=True, eq=False, slots=True)
class OpenVideo:
    """An open container whose decoder is set up."""

    container: InputContainer
    stream: VideoStream
    converter: FrameConverter
    location: Location
    name: str
    is_live: bool

    @property
    def can_begin_again(self) -> bool:
        """Whether it is decoded by several threads, and one thread can do it again."""
        return isinstance(self.location, Path) and self.stream.codec_context.thread_count != 1


def open_stream(
    location: Location, name: str, options: InputOptions, threads: int
) -> OpenVideo | None:
    """Open an input, as `reader.open_video`; return None if it contains no video."""
    with ExitStack() as on_error:
        container = on_error.enter_context(open_container(location, name, options))
        stream = main_video_stream(container)
        if stream is None:
            return None
        is_live = container.duration is None and isinstance(location, (Address, Device))
        converter = FrameConverter(stream.sample_aspect_ratio)
        check_frame_size(*converter.square_size(stream.width, stream.height), name, options)
        prepare(container, stream, options, threads=threads, is_live=is_live)
        video = OpenVideo(container, stream, converter, location, name, is_live)
        if video.can_begin_again:
            stream.codec_context.options |= _STRICT
        on_error.pop_all()
    return video
