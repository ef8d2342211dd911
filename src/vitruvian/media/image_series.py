"""Numbered images that are the frames of one video."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from vitruvian.errors import MediaError
from vitruvian.images.opened import Images, as_source
from vitruvian.images.reader import open_images
from vitruvian.inputs.broken_frames import BrokenFrames
from vitruvian.inputs.names import display_name
from vitruvian.inputs.options import InputOptions
from vitruvian.inputs.time_span import is_after, is_before, no_frames
from vitruvian.media.image_file import open_file

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from vitruvian.inputs.parsing import ImageSeries
    from vitruvian.inputs.source import Source
    from vitruvian.types import Image


def open_image_series(series: ImageSeries, name: str, options: InputOptions) -> Source:
    """Open numbered images as one video. Each is read when its frame is requested.

    Those that cannot be read are skipped, and counted.

    Args:
        series: The images.
        name: The input's name for messages.
        options: The limit of pixels of a frame, the frame rate, and the part to read.

    Raises:
        MediaError: No file is a still image, or none is in the part that is read.
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
    broken = BrokenFrames()
    images = Images(_whole(read, of_each, name, broken), False, len(read), frame_rate)
    return as_source(images, name, ExitStack(), broken=broken)


def _whole(
    files: list[tuple[Path, float]], options: InputOptions, name: str, broken: BrokenFrames
) -> Generator[tuple[Image, float], None, None]:
    """Yield the images that can be read, with their times.

    Raises:
        MediaError: None can be read. The error is that of the first one.
    """
    errors: list[MediaError] = []
    for path, time_s in files:
        try:
            image = [_read(path, options)]
        except MediaError as error:
            errors = errors or [error]
            broken.count += 1
        else:
            yield image.pop(), time_s  # a generator that waits holds no image
    if broken.count == len(files):
        raise errors[0]
    broken.log(name)


def _read(path: Path, options: InputOptions) -> Image:
    name = display_name(path)
    with open_file(path, name) as file:
        images = open_images(file, name, options)
        if images is None or not images.is_still:
            raise MediaError(f"{name} is no still image: give a series of still images.")
        return next(images.frames)[0]
