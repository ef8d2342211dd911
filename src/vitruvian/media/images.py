"""Reading of still images, with OpenCV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vitruvian.errors import MediaError

if TYPE_CHECKING:
    from pathlib import Path

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
