"""Deinterlacing with FFmpeg's filter bwdif."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
from av.filter import Graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from av.video.frame import VideoFrame

_Layout = tuple[str, int, int, int, int]


def deinterlaced(frames: Iterable[VideoFrame]) -> Iterator[VideoFrame]:
    """Yield the same number of frames, with the same times, without interlacing.

    Until the first interlaced frame, frames are not filtered. From then on they come one frame
    later, because the filter looks at the next one; it changes only those that are interlaced.
    """
    graph: Graph | None = None
    layout: _Layout | None = None
    for frame in frames:
        if graph is not None and _layout(frame) != layout:
            graph.push(None)
            yield from _ready(graph)
            graph = None
        if graph is None and frame.interlaced_frame:
            graph, layout = _bwdif(frame), _layout(frame)
        if graph is None:
            yield frame
        else:
            graph.push(frame)
            yield from _ready(graph)
    if graph is not None:
        graph.push(None)
        yield from _ready(graph)


def _layout(frame: VideoFrame) -> _Layout:
    return frame.format.name, frame.width, frame.height, frame.colorspace, frame.color_range


def _bwdif(frame: VideoFrame) -> Graph:
    graph = Graph()
    format_name, width, height, colorspace, color_range = _layout(frame)
    source = graph.add(
        "buffer",
        video_size=f"{width}x{height}",
        pix_fmt=format_name,
        time_base=str(frame.time_base),
        colorspace=str(colorspace),
        range=str(color_range),
    )
    # A frame for each frame, not for each field, so that timestamps and rate stay.
    bwdif = graph.add("bwdif", mode="send_frame", deint="interlaced")
    graph.link_nodes(source, bwdif, graph.add("buffersink")).configure()
    return graph


def _ready(graph: Graph) -> Iterator[VideoFrame]:
    while True:
        try:
            yield graph.vpull()
        except (av.BlockingIOError, av.EOFError):
            return
