"""TIFF files of floating-point RGB, which Pillow does not read and FFmpeg does."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, cast

import av
import numpy as np
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from vitruvian.errors import MediaError
from vitruvian.images.opened import Images, check_pixels, decoding, limit_bytes
from vitruvian.images.tones import to_8_bit_function
from vitruvian.images.upright import as_stored, valid_orientation

if TYPE_CHECKING:
    from collections.abc import Generator

    from vitruvian.images.byte_files import SeekableFile
    from vitruvian.inputs.options import InputOptions
    from vitruvian.types import Image

_WIDTH, _HEIGHT, _ORIENTATION, _CHANNELS = 256, 257, 274, 277
_TILE_WIDTH, _SAMPLE_FORMAT = 322, 339
_IS_FLOAT = 3
_VALUE_BYTES = 4
_HEADER_BYTES = 8  # twice that in a BigTIFF
_BIG_TIFF = 43


def float_rgb_tags(file: SeekableFile, name: str) -> ImageFileDirectory_v2 | None:
    """Return the tags of a TIFF file if its first page is floating-point RGB, else None.

    Raises:
        MediaError: The tags are damaged.
    """
    with decoding(name, "TIFF"):
        header = file.read(_HEADER_BYTES)
        if header[2] == _BIG_TIFF:
            header += file.read(_HEADER_BYTES)
        tags = ImageFileDirectory_v2(header)
        file.seek(tags.next)
        tags.load(cast("IO[bytes]", file))
        is_float = set(tags.get(_SAMPLE_FORMAT, ())) == {_IS_FLOAT}
        file.seek(0)
        return tags if is_float and tags.get(_CHANNELS, 1) in {3, 4} else None


def open_float_rgb(
    tags: ImageFileDirectory_v2, file: SeekableFile, name: str, options: InputOptions
) -> Images:
    """Open the first page of a TIFF file of floating-point RGB.

    Args:
        tags: What `float_rgb_tags` returned.
        file: The file. It must stay open until the image is read.
        name: The input's name for messages.
        options: The limit of pixels.

    Raises:
        MediaError: There are too many pixels, or they are stored in tiles, or tags are damaged.
    """
    with decoding(name, "TIFF"):
        size = int(tags[_WIDTH]), int(tags[_HEIGHT])
    check_pixels(name, size, options.pixel_limit(is_still=True))
    if _TILE_WIDTH in tags or size[0] * size[1] * tags[_CHANNELS] * _VALUE_BYTES > limit_bytes():
        raise MediaError(
            f"{name} is a TIFF of floats in tiles, or of more than {limit_bytes() >> 20} MB: "
            "save it with 16 bits."
        )
    orientation = valid_orientation(tags.get(_ORIENTATION))
    return Images(_decode(file, name, orientation), is_still=True, count=1)


def _decode(
    file: SeekableFile, name: str, orientation: int
) -> Generator[tuple[Image, float], None, None]:
    with decoding(name, "TIFF"):
        decoder = av.CodecContext.create("tiff", "r")
        (frame,) = decoder.decode(av.Packet(file.read(limit_bytes())))
        values = frame.to_ndarray()[:, :, :3]
        height, width = values.shape[:2]
        upright = np.empty((width, height, 3) if orientation >= 5 else (height, width, 3), np.uint8)
        as_stored(upright, orientation)[:] = to_8_bit_function([values])(values)
    yield upright, 0.0
