"""Numbered images that are the frames of one video."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from vitruvian.errors import MediaError
from vitruvian.images.opened import Images, as_source
from vitruvian.images.reader import open_images
from vitruvian.inputs.names import display_name
from vitruvian.inputs.options import InputOptions
from vitruvian.inputs.time_span import is_after, is_before, no_frames
from vitruvian.media.image_file import open_file

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.inputs.parsing import ImageSeries
    from vitruvian.inputs.source import Source
    from vitruvian.types import Image


def open_image_series(series: ImageSeries, name: str, options: InputOptions) -> Source:
    """Open numbered images as one video. Each is read when its frame is requested.

    Args:
        series: The images.
        name: The input's name for messages.
        options: The limit of pixels of a frame, the frame rate, and the part to read.

    Raises:
        MediaError: The first file is no image, or there is none in the part that is read.
    """
    frame_rate = options.frame_rate
    timed = [(path, index / frame_rate) for index, path in enumerate(series.files)]
    read = [
        (path, time_s)
        for path, time_s in timed
        if not is_before(time_s, options) and not is_after(time_s, options)
    ]
    if not read:
        raise no_frames(name, options)
    of_each = InputOptions(max_pixels=options.pixel_limit(is_still=False))
    frames = ((_read(path, of_each), time_s) for path, time_s in read)
    return as_source(Images(frames, False, len(read), frame_rate), name, ExitStack())


def _read(path: Path, options: InputOptions) -> Image:
    name = display_name(path)
    with open_file(path, name) as file:
        images = open_images(file, name, options)
        if images is None or not images.is_still:
            raise MediaError(f"{name} is no still image: give a series of still images.")
        return next(images.frames)[0]
