"""Opens any input: an image, a video, a camera or a stream.

OpenCV reads still images; FFmpeg, through PyAV, reads everything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.media.devices import camera_device
from vitruvian.media.images import read_image
from vitruvian.media.inputs import Address, Camera, display_name, parse, stem
from vitruvian.media.options import InputOptions
from vitruvian.media.source import Frame, Source
from vitruvian.media.video_reader import open_video

if TYPE_CHECKING:
    from collections.abc import Generator

    from vitruvian.media.inputs import Input
    from vitruvian.types import Image

_DEFAULTS = InputOptions()


def open_source(source: Input, threads: int = 0, options: InputOptions = _DEFAULTS) -> Source:
    """Open an input. The content of a file decides what it is, not its name.

    Args:
        source: The path of an image or a video, the number of a camera (also as a string of
            digits), or the address of a stream, scheme://...
        threads: How many threads decode a video file; 0 for one per core.
        options: What is read of it, and how long to wait for it.

    Raises:
        MediaError: The input cannot be read.
    """
    names = (display_name(source), stem(source))
    match parse(source):
        case Camera(number):
            device = camera_device(number)
            return open_video(
                device.address,
                *names,
                advice="check that the camera is connected and that no other program uses it",
                driver=device.driver,
                options=device.options,
            )
        case Address(url):
            advice = "check the address and the network"
            return open_video(url, *names, advice=advice, timeout_s=options.timeout_s)
        case path:
            image = read_image(path)
            if image is not None:
                frames = _single_frame([image])
                del image
                return Source(*names, frames, is_image=True, frame_count=1, path=path)
            advice = "give a complete image or video file, such as JPEG, PNG or MP4"
            video = open_video(f"file:{path}", *names, advice=advice, threads=threads)
            video.path = path
            return video


def _single_frame(held: list[Image]) -> Generator[Frame, None, None]:
    yield Frame(held.pop(), 0, 0.0)  # the reader keeps no large image
