"""Deinterlacing with FFmpeg's filter bwdif."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
from av.filter import Graph

from vitruvian.video.filters import layout, source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from av.video.frame import VideoFrame

    from vitruvian.video.filters import Layout


def deinterlaced(frames: Iterable[VideoFrame]) -> Iterator[VideoFrame]:
    """Yield the same number of frames, with the same times, without interlacing.

    Until the first interlaced frame, frames are not filtered. From then on they come one frame
    later, because the filter looks at the next one; it changes only those that are interlaced.
    """
    graph: Graph | None = None
    current: Layout | None = None
    for frame in frames:
        if graph is not None and layout(frame) != current:
            graph.push(None)
            yield from _ready(graph)
            graph = None
        if graph is None and frame.interlaced_frame:
            graph, current = _bwdif(frame), layout(frame)
        if graph is None:
            unchanged = [frame]
            del frame  # a generator that waits holds no frame
            yield unchanged.pop()
        else:
            graph.push(frame)
            del frame
            yield from _ready(graph)
    if graph is not None:
        graph.push(None)
        yield from _ready(graph)


def _bwdif(frame: VideoFrame) -> Graph:
    graph = Graph()
    # A frame for each frame, not for each field, so that timestamps and rate stay.
    bwdif = graph.add("bwdif", mode="send_frame", deint="interlaced")
    graph.link_nodes(source(graph, frame), bwdif, graph.add("buffersink")).configure()
    return graph


def _ready(graph: Graph) -> Iterator[VideoFrame]:
    while True:
        try:
            yield graph.vpull()
        except (av.BlockingIOError, av.EOFError):
            return
