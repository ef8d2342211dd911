"""Reading of images and animations."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from vitruvian.media import gif
from vitruvian.media.image_kinds import HEAD_BYTES, image_kind
from vitruvian.media.images import Images, check_pixels, decoding, limit_bytes
from vitruvian.media.pillow_reader import open_with_pillow

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from vitruvian.media.byte_files import SeekableFile
    from vitruvian.media.options import InputOptions
    from vitruvian.types import Image


def open_images(file: SeekableFile, name: str, options: InputOptions) -> Images | None:
    """Open an image or an animation, of which only the header is read and checked.

    Args:
        file: The file. It must stay open until the last frame is read.
        name: The input's name for messages.
        options: The limit of pixels, and the frame rate of pages.

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
        return _open_gif(file, name, options)
    return open_with_pillow(kind, file, name, options)


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
        time_s += duration_s
