"""Reading of GIF images and animations."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from vitruvian.images import gif
from vitruvian.images.opened import Images, check_pixels, decoding, limit_bytes

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from vitruvian.images.byte_files import SeekableFile
    from vitruvian.inputs.options import InputOptions
    from vitruvian.types import Image


def open_gif(file: SeekableFile, name: str, options: InputOptions) -> Images:
    """Open an image or an animation, of which only the header is read and checked.

    Args:
        file: The file, which is read to its end.
        name: The input's name for messages.
        options: The limit of pixels.

    Raises:
        MediaError: There are too many pixels, or the header is damaged.
    """
    with decoding(name, "GIF"):
        header = file.read(gif.HEADER_BYTES)
        check_pixels(name, gif.canvas_size(header), options.pixel_limit(is_still=True))
        data = header + file.read(limit_bytes())
        size = gif.full_size(data)
        is_still = gif.is_still(data)
        limit = options.pixel_limit(is_still=is_still)
        check_pixels(name, size, limit)
    return Images(_frames(data, name, size, limit), is_still, 1 if is_still else None)


def _frames(
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
