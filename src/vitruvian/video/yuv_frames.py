"""Images as the frames that H.264 and AV1 can encode: YUV 4:2:0 of an even size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np
import PIL.Image
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

if TYPE_CHECKING:
    from vitruvian.types import Image

_MAX_SIDE = 16_384  # of x264


def encoded_size(width: int, height: int) -> tuple[int, int]:
    """Return the size of a video for frames of some size: even, and not too large for H.264."""
    scale = min(1.0, _MAX_SIDE / max(width, height))
    width, height = max(1, round(width * scale)), max(1, round(height * scale))
    return width + width % 2, height + height % 2


def yuv_frame(
    image: Image, width: int, height: int, reformatter: VideoReformatter
) -> av.VideoFrame:
    """Return the frame of an RGB or grey image, in the colours of ITU-R BT.709, limited range.

    Args:
        image: (H, W, 3) RGB or (H, W) grey, uint8. If it lacks one column or row, its edge is
            repeated. If it has any other size, it is scaled, with its proportions kept, and centred
            on black.
        width: The width of the video, even.
        height: Its height, even.
        reformatter: Converts the colours of all frames of the video.
    """
    if image.ndim == 2:
        image = np.repeat(image[..., np.newaxis], 3, axis=2)
    fitted = np.ascontiguousarray(_fit(image, width, height))
    frame = av.VideoFrame.from_numpy_buffer(fitted, "rgb24")
    return reformatter.reformat(
        frame,
        format="yuv420p",
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
        dst_colorspace=Colorspace.ITU709,
        interpolation=Interpolation.AREA,  # the chroma is the mean of four pixels
    )


def _fit(image: Image, width: int, height: int) -> Image:
    right, bottom = width - image.shape[1], height - image.shape[0]
    if right == bottom == 0:
        return image
    if {right, bottom} <= {0, 1}:
        return np.pad(image, ((0, bottom), (0, right), (0, 0)), mode="edge")
    scale = min(width / image.shape[1], height / image.shape[0])
    inner_width = max(1, round(image.shape[1] * scale))
    inner_height = max(1, round(image.shape[0] * scale))
    left, top = (width - inner_width) // 2, (height - inner_height) // 2
    scaled = PIL.Image.fromarray(image).resize(
        (inner_width, inner_height), PIL.Image.Resampling.BILINEAR
    )
    canvas = np.zeros((height, width, 3), np.uint8)
    canvas[top : top + inner_height, left : left + inner_width] = np.asarray(scaled)
    return canvas
