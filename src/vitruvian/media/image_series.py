"""Numbered images that are the frames of one video."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from vitruvian.errors import MediaError
from vitruvian.media.image_file import open_file
from vitruvian.media.image_reader import open_images
from vitruvian.media.images import Images, as_source
from vitruvian.media.names import display_name

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from vitruvian.media.inputs import ImageSeries
    from vitruvian.media.options import InputOptions
    from vitruvian.media.source import Source
    from vitruvian.types import Image


def open_image_series(series: ImageSeries, name: str, stem: str, options: InputOptions) -> Source:
    """Open numbered images as one video. Each is read when its frame is requested.

    Args:
        series: The images.
        name: The input's name for messages.
        stem: The input's name for the names of output files.
        options: The limit of pixels of a frame, and the frame rate.

    Raises:
        MediaError: The first file is no image.
    """
    images = Images(_frames(series.files, options), False, len(series.files), options.frame_rate)
    return as_source(images, name, stem, ExitStack())


def _frames(
    files: tuple[Path, ...], options: InputOptions
) -> Generator[tuple[Image, float], None, None]:
    limit = options.pixel_limit(is_still=False)
    for index, path in enumerate(files):
        yield _read(path, replace(options, max_pixels=limit)), index / options.frame_rate


def _read(path: Path, options: InputOptions) -> Image:
    name = display_name(path)
    with open_file(path, name) as file:
        images = open_images(file, name, options)
        if images is None or not images.is_still:
            raise MediaError(f"{name} is no still image: give a series of still images.")
        return next(images.frames)[0]
