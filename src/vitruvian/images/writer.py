"""Writing of still images, with FFmpeg through PyAV."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np

from vitruvian.errors import FrameError, OutputError
from vitruvian.files import as_path, write_bytes
from vitruvian.types import as_array

if TYPE_CHECKING:
    import os

    from vitruvian.types import Image

# The fastest compression, for an eighth more bytes than the default, which takes six times as long.
_ENCODING = {"compression_level": "1", "pred": "up"}


def write_image(path: str | os.PathLike[str], image: Image) -> None:
    """Write a PNG file. It appears complete or not at all.

    Args:
        path: The file to write; an existing file is replaced.
        image: (H, W, 3) RGB or (H, W) grey, uint8.

    Raises:
        FrameError: The array has another shape or dtype, or no pixels.
        OptionError: The path is not one.
        OutputError: The file cannot be written.
    """
    write_bytes(as_path(path, "path"), png(image))


def png(image: Image) -> memoryview:
    """Return an image as the content of a PNG file.

    Args:
        image: As of `write_image`.

    Raises:
        FrameError: As `write_image`.
        OutputError: The image has more than 260 million pixels, about FFmpeg's limit.
    """
    image = as_rgb_or_grey(image)
    encoder = av.CodecContext.create("png", "w")
    encoder.height, encoder.width = image.shape[:2]
    encoder.pix_fmt = "gray" if image.ndim == 2 else "rgb24"
    encoder.time_base = Fraction(1)
    encoder.options = _ENCODING
    try:
        encoder.open()  # checks the size, before memory is used
        frame = av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(image), encoder.pix_fmt)
        (packet,) = (*encoder.encode(frame), *encoder.encode(None))
    except av.FFmpegError as error:
        height, width = image.shape[:2]
        raise OutputError(
            f"An image of {width}x{height} pixels cannot be written as PNG ({error.strerror}): "
            "scale it down, or leave out what is drawn."
        ) from error
    return memoryview(packet)


def as_rgb_or_grey(given: object) -> Image:
    """Return an image that can be written, as an array: (H, W, 3) RGB or (H, W) grey, uint8.

    Raises:
        FrameError: It has another shape or dtype, or no pixels.
    """
    image = as_array(given)
    if (
        image.dtype != np.uint8
        or image.ndim < 2
        or image.shape[2:] not in {(), (3,)}
        or not image.size
    ):
        raise FrameError(
            f"The image has the dtype {image.dtype} and the shape {image.shape}: "
            "give uint8, (H, W, 3) RGB or (H, W) grey."
        )
    return image
