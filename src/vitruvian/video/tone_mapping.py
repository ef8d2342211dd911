"""HDR as SDR, with FFmpeg's filter scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from av.filter import Graph
from av.video.reformatter import ColorTrc

from vitruvian.video.filters import bands, layout, source

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

    from vitruvian.types import Image
    from vitruvian.video.filters import Layout

_HDR = {ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67}  # PQ and HLG
_GIANT_PIXELS = 10_000_000
_BAND_HEIGHT = 256


def is_hdr(frame: VideoFrame) -> bool:
    """Return whether a frame is HDR: PQ or HLG."""
    return frame.color_trc in _HDR


class ToneMapper:
    """Converts the HDR frames of one video. For the first one, FFmpeg computes large tables."""

    def __init__(self) -> None:
        self._graph = Graph()
        self._layout: Layout | None = None

    def rgb(self, frame: VideoFrame, width: int, height: int) -> Image:
        """Return a frame in BT.709 as (H, W, 3) uint8 RGB, of the given size.

        White is at 203 cd/m², as ITU-R BT.2408 recommends. What is brighter is white.

        Raises:
            av.FFmpegError: FFmpeg cannot convert such a frame.
        """
        is_scaled = (width, height) != (frame.width, frame.height)
        has_bands = height >= _BAND_HEIGHT and height % 2 == 0 and not is_scaled
        if width * height < _GIANT_PIXELS or not has_bands:
            return self._converted(frame, width, height)
        # FFmpeg takes 16 bytes for each pixel that it converts at a time.
        image = np.empty((height, width, 3), np.uint8)
        for top, band in bands(frame, _BAND_HEIGHT):
            image[top : top + _BAND_HEIGHT] = self._converted(band, width, _BAND_HEIGHT)
        return image

    def _converted(self, frame: VideoFrame, width: int, height: int) -> Image:
        if layout(frame) != self._layout:
            self._graph, self._layout = _scale(frame, width, height), layout(frame)
        self._graph.push(frame)
        return np.asarray(self._graph.vpull().to_ndarray(), np.uint8)


def _scale(frame: VideoFrame, width: int, height: int) -> Graph:
    graph = Graph()
    # It does not compress highlights ("intent"), which would darken all the rest.
    scale = graph.add(
        "scale",
        width=str(width),
        height=str(height),
        out_transfer="bt709",
        out_primaries="bt709",
        intent="relative_colorimetric",
    )
    rgb = graph.add("format", pix_fmts="rgb24")
    graph.link_nodes(source(graph, frame), scale, rgb, graph.add("buffersink")).configure()
    return graph
