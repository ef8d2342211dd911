"""FFmpeg's filters on decoded frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from av.filter import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.filter.context import FilterContext
    from av.video.frame import VideoFrame

_SIDE_DATA_TYPES = 64  # FFmpeg has about half as many


def source(graph: Graph, frame: VideoFrame) -> FilterContext:
    """Add the filter that receives frames like this one."""
    return graph.add(
        "buffer",
        video_size=f"{frame.width}x{frame.height}",
        pix_fmt=frame.format.name,
        time_base=str(frame.time_base or 1),
        colorspace=str(frame.colorspace),
        range=str(frame.color_range),
    )


def bands(frame: VideoFrame, height: int) -> Iterator[VideoFrame]:
    """Yield the rows of a frame, so many at a time, in frames that share its memory.

    Args:
        frame: The frame.
        height: The height of each band but the last, a multiple of four, the most rows that share
            a chroma value.
    """
    tops = range(0, frame.height, height)
    graph = Graph()
    split = graph.add("split", outputs=str(len(tops)))
    source(graph, frame).link_to(split)
    sinks = []
    for number, top in enumerate(tops):
        rows = str(min(height, frame.height - top))
        crop = graph.add("crop", x="0", y=str(top), h=rows, exact="1")
        sink = graph.add("buffersink")
        split.link_to(crop, number)
        crop.link_to(sink)
        sinks.append(sink)
    graph.configure()
    graph.push(frame)
    for sink in sinks:
        yield cast("VideoFrame", sink.pull())


def with_one_kind_of_side_data(frame: VideoFrame, kind: int) -> VideoFrame:
    """Return a frame without its side data but those of one kind, a number of FFmpeg's."""
    graph = Graph()
    others = set(range(_SIDE_DATA_TYPES)) - {kind}
    deletions = [graph.add("sidedata", mode="delete", type=str(other)) for other in others]
    graph.link_nodes(source(graph, frame), *deletions, graph.add("buffersink")).configure()
    graph.push(frame)
    return graph.vpull()
