"""Opens any input: an image, a video, a camera or a stream.

Pillow reads images; FFmpeg, through PyAV, reads everything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.images.opened import ADVICE
from vitruvian.inputs.names import display_name
from vitruvian.inputs.options import InputOptions
from vitruvian.inputs.parsing import Address, Camera, ImageSeries, StandardInput, parse
from vitruvian.media.address import open_address
from vitruvian.media.image_file import open_image_file
from vitruvian.media.image_series import open_image_series
from vitruvian.media.selection import selected
from vitruvian.media.standard_input import open_standard_input
from vitruvian.video.devices import camera_device
from vitruvian.video.reader import open_video

if TYPE_CHECKING:
    from vitruvian.inputs.parsing import Input, Parsed
    from vitruvian.inputs.source import Source

_DEFAULTS = InputOptions()


def open_source(source: Input, threads: int = 0, options: InputOptions = _DEFAULTS) -> Source:
    """Open an input. The content of a file decides what it is, not its name.

    Args:
        source: The path of an image or a video, the number of a camera (also as a string of
            digits), or the address of an image, a video or a stream, scheme://...
        threads: How many threads decode a video file; 0 for one per core.
        options: What is read of it, and how long to wait for it.

    Raises:
        MediaError: The input cannot be read.
        MissingLibraryError: The input is a HEIC image, and pillow-heif is not installed.
    """
    source = parse(source)
    return selected(_opened(source, threads, options), options)


def _opened(source: Parsed, threads: int, options: InputOptions) -> Source:
    name = display_name(source)
    match source:
        case Camera(number):
            return open_video(
                camera_device(number),
                name,
                advice="check that the camera is connected and that no other program uses it",
                options=options,
            )
        case Address(url):
            return open_address(url, name, options)
        case StandardInput():
            return open_standard_input(name, options, threads)
        case ImageSeries() as series:
            return open_image_series(series, name, options)
        case path:
            image = open_image_file(path, name, options)
            if image is not None:
                return image
            return open_video(path, name, advice=ADVICE, threads=threads, options=options)
