"""Decoded frames as RGB images, as players show them: upright, with square pixels, without HDR."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from av.filter import Graph
from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    Interpolation,
    VideoReformatter,
)

if TYPE_CHECKING:
    from fractions import Fraction

    from av.video.frame import VideoFrame
    from cv2.typing import MatLike

    from vitruvian.types import Image

_HDR = {ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67}  # PQ and HLG
# The widest pixels in use are those of 352 columns shown at 16:9 (32:11). More is damage.
_MAX_ASPECT_RATIO = 4
_SIDE_DATA_TYPES = 64  # FFmpeg has about half as many
_DISPLAY_MATRIX = 6  # AV_FRAME_DATA_DISPLAYMATRIX


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
        self._rotation: int | None = None
        self._display_matrix: Any = None

    def square_size(self, width: int, height: int) -> tuple[int, int]:
        """Return the size of a frame in square pixels: no side is less than in the video."""
        if self._aspect_ratio > 1:
            return round(width * self._aspect_ratio), height
        return width, round(height / self._aspect_ratio)

    def convert(self, decoded: VideoFrame) -> Image:
        """Return a frame as (H, W, 3) uint8 RGB, contiguous.

        HDR becomes BT.709 with white at 203 cd/m², as ITU-R BT.2408 recommends. What is brighter is
        white.

        Raises:
            av.FFmpegError: FFmpeg cannot convert such a frame.
        """
        if decoded.rotation != self._rotation:
            # Only when it changes: reading side data keeps the frame in memory until the next
            # garbage collection.
            self._rotation = decoded.rotation
            self._display_matrix = _display_matrix(decoded)
        return _upright(self._rgb(decoded), self._display_matrix)

    def _rgb(self, decoded: VideoFrame) -> MatLike:
        conversion: dict[str, Any] = {}
        size = self.square_size(decoded.width, decoded.height)
        if size != (decoded.width, decoded.height):
            conversion |= {"width": size[0], "height": size[1]}
            conversion |= {"interpolation": Interpolation.BICUBIC}
        if decoded.color_trc in _HDR:
            conversion |= {"dst_color_trc": ColorTrc.BT709}
            conversion |= {"dst_color_primaries": ColorPrimaries.BT709}
        return self._reformatter.reformat(
            decoded,
            format="rgb24",
            src_color_range=decoded.color_range,
            dst_color_range=ColorRange.JPEG,
            dst_colorspace=Colorspace.ITU601,
            **conversion,
        ).to_ndarray()


def _upright(image: MatLike, display_matrix: Any) -> Image:
    """Apply the rotation stored in the video."""
    if display_matrix is not None:
        # Fixed-point numbers: x' = ax + cy, y' = bx + dy. Only quarter turns and reflections are
        # applied.
        a, b, _, c, d = np.frombuffer(bytes(display_matrix), np.int32)[:5].tolist()
        if abs(a) < abs(b):
            image, a, d = cv2.transpose(image), c, b
        if a < 0:
            image = cv2.flip(image, 1)
        if d < 0:
            image = cv2.flip(image, 0)
    return np.ascontiguousarray(image, np.uint8)


def _display_matrix(decoded: VideoFrame) -> Any:
    try:
        return decoded.side_data.get("DISPLAYMATRIX")
    except ValueError:
        # PyAV raises it for all side data if it does not know the type of one, such as EXIF.
        return _without_other_side_data(decoded).side_data.get("DISPLAYMATRIX")


def _without_other_side_data(decoded: VideoFrame) -> VideoFrame:
    graph = Graph()
    source = graph.add(
        "buffer",
        video_size=f"{decoded.width}x{decoded.height}",
        pix_fmt=decoded.format.name,
        time_base="1/1",
        colorspace=str(decoded.colorspace),
        range=str(decoded.color_range),
    )
    others = set(range(_SIDE_DATA_TYPES)) - {_DISPLAY_MATRIX}
    deletions = [graph.add("sidedata", mode="delete", type=str(number)) for number in others]
    graph.link_nodes(source, *deletions, graph.add("buffersink")).configure()
    graph.push(decoded)
    return graph.vpull()
