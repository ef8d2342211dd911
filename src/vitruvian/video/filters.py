"""FFmpeg's filters on decoded frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from av.filter import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.filter.context import FilterContext
    from av.video.frame import VideoFrame

_SIDE_DATA_TYPES = 64  # FFmpeg has about half as many

# What all frames that a filter receives have in common: format, width, height, matrix and range.
Layout = tuple[str, int, int, int, int]


def layout(frame: VideoFrame) -> Layout:
    """Return what a filter must know of a frame in advance."""
    return frame.format.name, frame.width, frame.height, frame.colorspace, frame.color_range


def source(graph: Graph, frame: VideoFrame) -> FilterContext:
    """Add the filter that receives frames like this one."""
    pix_fmt, width, height, colorspace, color_range = layout(frame)
    return graph.add(
        "buffer",
        video_size=f"{width}x{height}",
        pix_fmt=pix_fmt,
        time_base=str(frame.time_base or 1),
        colorspace=str(colorspace),
        range=str(color_range),
    )


def bands(frame: VideoFrame, height: int) -> Iterator[tuple[int, VideoFrame]]:
    """Yield the rows of a frame, so many at a time, in frames that share its memory.

    All bands have the same height, because a scaler would start again for another one. So the last
    band overlaps the one before it.

    Args:
        frame: A frame of an even height, so that no chroma value is cut.
        height: The height of each band, even and at most that of the frame.

    Yields:
        The number of its first row, and a band.
    """
    tops = [*range(0, frame.height - height, height), frame.height - height]
    graph = Graph()
    split = graph.add("split", outputs=str(len(tops)))
    source(graph, frame).link_to(split)
    sinks = []
    for number, top in enumerate(tops):
        crop = graph.add("crop", x="0", y=str(top), h=str(height), exact="1")
        sink = graph.add("buffersink")
        split.link_to(crop, number)
        crop.link_to(sink)
        sinks.append(sink)
    graph.configure()
    graph.push(frame)
    for top, sink in zip(tops, sinks, strict=True):
        yield top, cast("VideoFrame", sink.pull())


def with_one_kind_of_side_data(frame: VideoFrame, kind: int) -> VideoFrame:
    """Return a frame without its side data but those of one kind, a number of FFmpeg's."""
    graph = Graph()
    others = set(range(_SIDE_DATA_TYPES)) - {kind}
    deletions = [graph.add("sidedata", mode="delete", type=str(other)) for other in others]
    graph.link_nodes(source(graph, frame), *deletions, graph.add("buffersink")).configure()
    graph.push(frame)
    return graph.vpull()
