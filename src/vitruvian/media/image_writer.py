"""Writing of still images, with OpenCV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vitruvian.errors import FrameError
from vitruvian.files import written_aside

if TYPE_CHECKING:
    import os

    from vitruvian.types import Image


def write_image(path: str | os.PathLike[str], image: Image) -> None:
    """Write a PNG file. It appears complete or not at all.

    Args:
        path: The file to write; an existing file is replaced.
        image: (H, W, 3) RGB or (H, W) grey, uint8.

    Raises:
        FrameError: The array has another shape or dtype, or no pixels.
        OutputError: The file cannot be written.
    """
    image = as_rgb_or_grey(image)
    bgr = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    _, png = cv2.imencode(".png", bgr)
    with written_aside(Path(path)) as aside:
        aside.write_bytes(png.data)


def as_rgb_or_grey(given: object) -> Image:
    """Return an image that can be written, as an array: (H, W, 3) RGB or (H, W) grey, uint8.

    Raises:
        FrameError: It has another shape or dtype, or no pixels.
    """
    image = np.asarray(given)
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
