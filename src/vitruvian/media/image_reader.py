"""Reading of images and animations."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from vitruvian.media import gif
from vitruvian.media.image_kinds import HEAD_BYTES, image_kind
from vitruvian.media.images import Images, check_pixels, decoding, limit_bytes
from vitruvian.media.pillow_reader import open_with_pillow
from vitruvian.media.time_span import frames_within, is_everything
from vitruvian.media.upright import upright_rgb

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from vitruvian.media.byte_files import SeekableFile
    from vitruvian.media.options import InputOptions
    from vitruvian.media.pillow_reader import Conversion
    from vitruvian.types import Image


def open_images(
    file: SeekableFile, name: str, options: InputOptions, convert: Conversion = upright_rgb
) -> Images | None:
    """Open an image or an animation, of which only the header is read and checked.

    Args:
        file: The file. It must stay open until the last frame is read.
        name: The input's name for messages.
        options: The limit of pixels, the frame rate of pages, and the part to read.
        convert: How images become arrays; those of a GIF are always RGB.

    Returns:
        The frames, which end with a MediaError if the file is damaged; None if it is no image.

    Raises:
        MediaError: There are too many pixels, or the header is damaged.
        MissingLibraryError: The image is HEIC, and pillow-heif is not installed.
    """
    kind = image_kind(file.read(HEAD_BYTES))
    file.seek(0)
    if kind is None:
        return None
    if kind == "GIF":
        images = _open_gif(file, name, options)
    else:
        images = open_with_pillow(kind, file, name, options, convert)
    if images.is_still or is_everything(options):
        return images
    return replace(images, frames=frames_within(images.frames, name, options), count=None)


def _open_gif(file: SeekableFile, name: str, options: InputOptions) -> Images:
    with decoding(name, "GIF"):
        header = file.read(gif.HEADER_BYTES)
        check_pixels(name, gif.canvas_size(header), options.pixel_limit(is_still=True))
        data = header + file.read(limit_bytes())
        size = gif.full_size(data)
        is_still = gif.is_still(data)
        limit = options.pixel_limit(is_still=is_still)
        check_pixels(name, size, limit)
    return Images(_gif_frames(data, name, size, limit), is_still, 1 if is_still else None)


def _gif_frames(
    data: bytes, name: str, size: tuple[int, int], limit: int
) -> Generator[tuple[Image, float], None, None]:
    def checked_patches() -> Iterator[gif.Patch]:
        for patch in gif.read_patches(data):
            check_pixels(name, (patch.width, patch.height), limit)
            yield patch

    drawn = gif.draw(checked_patches(), *size)
    time_s = 0.0
    for index in count():
        with decoding(name, "GIF", frames_before=index):
            frame = next(drawn, None)
        if frame is None:
            return
        image, duration_s = frame
        yield image, time_s
        del frame, image  # frees their memory before the next one is drawn
        time_s += duration_s
