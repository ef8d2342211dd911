"""Images as the frames that H.264 can encode: YUV 4:2:0 of an even size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import cv2
import numpy as np

if TYPE_CHECKING:
    from cv2.typing import MatLike

    from vitruvian.types import Image

_MAX_SIDE = 16_384  # of x264
_BAND_HEIGHT = 256  # even; bands take little memory and stay in the processor's cache
_YUV_FROM_RGB = np.array(  # ITU-R BT.709 with limited range, for 8 bits
    [
        [0.182586, 0.614231, 0.062007, 16],
        [-0.100644, -0.338572, 0.439216, 128],
        [0.439216, -0.398942, -0.040274, 128],
    ],
    np.float32,
)


def encoded_size(width: int, height: int) -> tuple[int, int]:
    """Return the size of a video for frames of some size: even, and not too large for H.264."""
    scale = min(1.0, _MAX_SIDE / max(width, height))
    width, height = max(1, round(width * scale)), max(1, round(height * scale))
    return width + width % 2, height + height % 2


def h264_frame(image: Image, width: int, height: int) -> av.VideoFrame:
    """Return the frame of an RGB or grey image.

    Args:
        image: (H, W, 3) RGB or (H, W) grey, uint8. If it lacks one column or row, its edge is
            repeated. If it has any other size, it is scaled, with its proportions kept, and centred
            on black.
        width: The width of the video, even.
        height: Its height, even.
    """
    # OpenCV converts in half the time of FFmpeg's scaler.
    fitted = _fit(image, width, height)
    frame = av.VideoFrame(width, height, "yuv420p")
    y, u, v = (
        np.asarray(memoryview(plane)).reshape(plane.height, plane.line_size)[:, : plane.width]
        for plane in frame.planes
    )
    for top in range(0, height, _BAND_HEIGHT):
        yuv = cv2.transform(fitted[top : top + _BAND_HEIGHT], _YUV_FROM_RGB)
        half = cv2.resize(yuv, (width // 2, len(yuv) // 2), interpolation=cv2.INTER_AREA)
        cv2.extractChannel(yuv, 0, y[top : top + len(yuv)])
        cv2.extractChannel(half, 1, u[top // 2 : top // 2 + len(half)])
        cv2.extractChannel(half, 2, v[top // 2 : top // 2 + len(half)])
    return frame


def _fit(image: MatLike, width: int, height: int) -> Image:
    if image.ndim == 2:
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2RGB)
    right, bottom = width - image.shape[1], height - image.shape[0]
    if right == bottom == 0:
        return np.asarray(image, np.uint8)
    if {right, bottom} <= {0, 1}:
        image = cv2.copyMakeBorder(image, 0, bottom, 0, right, cv2.BORDER_REPLICATE)
        return np.asarray(image, np.uint8)
    scale = min(width / image.shape[1], height / image.shape[0])
    inner_width = max(1, round(image.shape[1] * scale))
    inner_height = max(1, round(image.shape[0] * scale))
    left, top = (width - inner_width) // 2, (height - inner_height) // 2
    canvas = np.zeros((height, width, 3), np.uint8)
    canvas[top : top + inner_height, left : left + inner_width] = cv2.resize(
        image, (inner_width, inner_height), interpolation=cv2.INTER_AREA
    )
    return canvas
