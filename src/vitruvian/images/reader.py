"""Reading of images and animations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vitruvian.images.kinds import HEAD_BYTES, image_kind
from vitruvian.images.upright import upright_rgb
from vitruvian.inputs.time_span import frames_within, is_everything

# Pillow takes longer to load than all else that reads a video, so it is loaded for images only.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from vitruvian.images.byte_files import SeekableFile
    from vitruvian.images.opened import Images
    from vitruvian.images.pillow_reader import Conversion
    from vitruvian.inputs.options import InputOptions


def open_images(
    file: SeekableFile, name: str, options: InputOptions, convert: Conversion = upright_rgb
) -> Images | None:
    """Open an image or an animation, of which only the header is read and checked.

    Args:
        file: The file. It must stay open until the last frame is read.
        name: The input's name for messages.
        options: The limit of pixels, the frame rate of pages, and the part to read.
        convert: How Pillow's images become arrays.

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
    images = _opened(kind, file, name, options, convert)
    if images.is_still or is_everything(options):
        return images
    return replace(images, frames=frames_within(images.frames, name, options), count=None)


def _opened(
    kind: str, file: SeekableFile, name: str, options: InputOptions, convert: Conversion
) -> Images:
    if kind == "GIF":
        from vitruvian.images.gif_reader import open_gif

        return open_gif(file, name, options)
    if kind == "TIFF":
        from vitruvian.images.float_tiff import float_rgb_tags, open_float_rgb

        float_tags = float_rgb_tags(file, name)
        if float_tags is not None:
            return open_float_rgb(float_tags, file, name, options)
    from vitruvian.images.pillow_reader import open_with_pillow

    return open_with_pillow(kind, file, name, options, convert)
