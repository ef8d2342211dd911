"""Decoded frames as RGB images, as players show them: upright, with square pixels, without HDR."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from vitruvian.video.filters import with_one_kind_of_side_data
from vitruvian.video.tone_mapping import ToneMapper, is_hdr

if TYPE_CHECKING:
    from fractions import Fraction

    from av.video.frame import VideoFrame

    from vitruvian.types import Image

# The widest pixels in use are those of 352 columns shown at 16:9 (32:11). More is damage.
_MAX_ASPECT_RATIO = 4
_GIANT_PIXELS = 10_000_000
# Three bytes that numpy moves together, which takes less than half of the time.
_PIXEL = np.dtype((np.void, 3))
_DISPLAY_MATRIX = 6  # AV_FRAME_DATA_DISPLAYMATRIX
# a, b, c, d of x' = ax + cy, y' = bx + dy; fixed-point numbers, of which only the signs and what is
# greater matter.
_Matrix = tuple[int, int, int, int]


class FrameConverter:
    """Converts the decoded frames of one video.

    Args:
        sample_aspect_ratio: The width of a pixel divided by its height, None if unknown.
    """

    def __init__(self, sample_aspect_ratio: Fraction | None) -> None:
        ratio = sample_aspect_ratio or 1
        is_sane = 1 / _MAX_ASPECT_RATIO <= ratio <= _MAX_ASPECT_RATIO
        self._aspect_ratio = ratio if is_sane else 1
        self._reformatter = VideoReformatter()
        self._tone_mapper = ToneMapper()
        self._rotation: int | None = None
        self._matrix: _Matrix | None = None
        self._keeps_giant = False

    def square_size(self, width: int, height: int) -> tuple[int, int]:
        """Return the size of a frame in square pixels: no side is less than in the video."""
        if self._aspect_ratio > 1:
            return round(width * self._aspect_ratio), height
        return width, round(height / self._aspect_ratio)

    def convert(self, decoded: VideoFrame) -> Image:
        """Return a frame as (H, W, 3) uint8 RGB, contiguous.

        Raises:
            av.FFmpegError: FFmpeg cannot convert such a frame.
        """
        if self._keeps_giant:
            gc.collect()
            self._keeps_giant = False
        if decoded.rotation != self._rotation:
            # Only when it changes: reading side data keeps the frame in memory until the next
            # garbage collection.
            self._rotation = decoded.rotation
            self._matrix = _display_matrix(decoded)
            self._keeps_giant = decoded.width * decoded.height > _GIANT_PIXELS
        return _upright(self._rgb(decoded), self._matrix)

    def _rgb(self, decoded: VideoFrame) -> Image:
        width, height = self.square_size(decoded.width, decoded.height)
        if is_hdr(decoded):
            return np.ascontiguousarray(self._tone_mapper.rgb(decoded, width, height))
        scaling: dict[str, Any] = {}
        if (width, height) != (decoded.width, decoded.height):
            scaling = {"width": width, "height": height, "interpolation": Interpolation.BICUBIC}
        rgb = self._reformatter.reformat(
            decoded,
            format="rgb24",
            src_color_range=decoded.color_range,
            dst_color_range=ColorRange.JPEG,
            dst_colorspace=Colorspace.ITU601,
            **scaling,
        )
        return np.ascontiguousarray(rgb.to_ndarray(), np.uint8)


def _upright(image: Image, matrix: _Matrix | None) -> Image:
    """Apply the quarter turns and the reflections of a display matrix."""
    if matrix is None:
        return image
    pixels = image.view(_PIXEL)[..., 0]
    a, b, c, d = matrix
    if abs(a) < abs(b):
        pixels, a, d = pixels.T, c, b
    if a < 0:
        pixels = pixels[:, ::-1]
    if d < 0:
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)[..., np.newaxis].view(np.uint8)


def _display_matrix(decoded: VideoFrame) -> _Matrix | None:
    """Return how the video says that its frames are shown, None if it says nothing."""
    try:
        side_data = decoded.side_data
    except ValueError:
        # PyAV raises it for all side data if it does not know the type of one, such as EXIF.
        side_data = with_one_kind_of_side_data(decoded, _DISPLAY_MATRIX).side_data
    data: Any = side_data.get("DISPLAYMATRIX")
    if data is None:
        return None
    a, b, _, c, d = np.frombuffer(bytes(data), np.int32)[:5].tolist()
    return a, b, c, d
