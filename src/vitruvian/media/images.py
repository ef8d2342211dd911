"""Reading and writing of still images, with OpenCV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vitruvian.errors import FrameError, MediaError
from vitruvian.files import written_aside

if TYPE_CHECKING:
    import os

    from vitruvian.types import Image

_MAX_FILE_BYTES = 2**31 - 1  # OpenCV counts the bytes of a file with 32 bits
_HEAD_BYTES = 65_536  # an animated PNG's mark is within them, unless very long metadata precede it


def read_image(path: Path) -> Image | None:
    """Read a still image. The file's content decides what it is, not its name.

    Returns:
        (H, W, 3) uint8 RGB, upright: the pixels of `cv2.imread`, whose channels are BGR. None if
        the file is not a still image; a GIF and an animated PNG are videos.

    Raises:
        MediaError: There is no such file, it cannot be read, it is empty, or the image has more
            pixels than OpenCV decodes.
    """
    try:
        data = np.memmap(path, np.uint8, "r") if path.stat().st_size else None
    except OSError as error:
        raise MediaError(f"{path} cannot be read ({error.strerror}): check the path.") from error
    if data is None:
        problem = "empty" if path.is_file() else "not a regular file"
        raise MediaError(f"{path} is {problem}: give an image or a video.")
    return None if _is_animation(data) else _decode(data, path)


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
        aside.write_bytes(png.tobytes())


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


def _is_animation(data: Image) -> bool:
    """Return whether a file is a GIF or an animated PNG.

    OpenCV would read only the first frame of these.
    """
    head = bytes(data[:_HEAD_BYTES])
    return head.startswith(b"GIF8") or (head.startswith(b"\x89PNG") and b"acTL" in head)


def _decode(data: Image, path: Path) -> Image | None:
    try:
        bgr = cv2.imdecode(data[:_MAX_FILE_BYTES], cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise MediaError(f"{path} has too many pixels: scale the image down.") from error
    return None if bgr is None else np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)
