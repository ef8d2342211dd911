"""Reading of videos, cameras and streams, with FFmpeg through PyAV."""

from __future__ import annotations

import time
from contextlib import suppress
from math import inf
from typing import TYPE_CHECKING, Any, Protocol

import av
import cv2
import numpy as np
from av.stream import Disposition
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from vitruvian.errors import MediaError
from vitruvian.media.source import Frame, Source

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from cv2.typing import MatLike

    from vitruvian.types import Image

# PyAV before version 19 refuses metadata that are not UTF-8, unless it is told to replace them.
LENIENT: dict[str, Any] = (
    {} if int(av.__version__.split(".")[0]) >= 19 else {"metadata_errors": "replace"}
)
_DEFAULT_FRAME_INTERVAL_S = 1 / 30
# A smaller one is an error of rounding, which the 90 kHz clock of MPEG would not show.
_LEAST_INTERVAL_S = 2e-5
_CAMERA_POLL_S = 0.001


class ReadableFile(Protocol):
    """What FFmpeg needs of a file. If it also has `seek` and `tell`, parts of it can be skipped."""

    def read(self, size: int, /) -> bytes:
        """Return at least one byte and at most `size`; none at the end."""


def open_video(
    address: str | ReadableFile,
    name: str,
    stem: str,
    *,
    advice: str,
    threads: int = 0,
    driver: str | None = None,
    options: dict[str, str] | None = None,
    timeout_s: float | None = None,
) -> Source:
    """Open anything that FFmpeg can play.

    Args:
        address: What FFmpeg opens: "file:" and a path, a URL, the address of a device, or a file
            object.
        name: The input's name for messages.
        stem: The input's name for the names of output files.
        advice: The end of the error message if it cannot be opened: what the user can do.
        threads: How many threads decode; 0 for one per core.
        driver: FFmpeg's name of the format or the input device; None to detect it.
        options: Options of the driver.
        timeout_s: How many seconds to wait for data; None to wait without a limit.

    Raises:
        MediaError: It cannot be opened, or contains no video that can be decoded.
    """
    how: dict[str, Any] = {"format": driver, "options": options, "timeout": timeout_s, **LENIENT}
    try:
        container = av.open(address, **how)
    except av.FFmpegError as error:
        raise MediaError(f"{name} cannot be opened ({error.strerror}): {advice}.") from error
    stream = _main_video_stream(container)
    if stream is None:
        container.close()
        raise MediaError(f"{name} contains no video that can be decoded: {advice}.")

    is_file = not isinstance(address, str) or address.startswith("file:")
    is_live = container.duration is None and not is_file
    # One thread per frame ("AUTO") is faster, but delays the video by one frame per thread.
    stream.thread_type = "SLICE" if is_live else "AUTO"
    stream.codec_context.thread_count = threads
    frame_rate = float(stream.average_rate or stream.guessed_rate or 0)
    duration_s = (container.duration or 0) / av.time_base
    return Source(
        name,
        stem,
        _read_frames(container, stream, name, is_live),
        is_live=is_live,
        frame_rate=frame_rate or None,
        frame_count=stream.frames or round(duration_s * frame_rate) or None,
    )


def first_frame_time_s(container: InputContainer) -> float:
    """Return the time of the first video frame on a file's clock, which is 0 for its readers.

    It is 0 for a file without video.

    Raises:
        MediaError: No frame can be decoded.
    """
    stream = _main_video_stream(container)
    if stream is None:
        return 0.0
    first = next(_decode(container, stream, container.name, is_live=False), None)
    return _start_s(first) if first else 0.0


def _start_s(first: VideoFrame) -> float:
    return first.time or 0.0


def _main_video_stream(container: InputContainer) -> VideoStream | None:
    """Return the default video stream, or else the largest; None if there is no real video."""
    format_name = container.format.name
    if format_name in {"image2", "tty"} or format_name.endswith("_pipe"):
        # These read an image that OpenCV refused, inventing what is missing, or render text.
        return None
    # A song's cover and the tiles of a HEIC image are stored as video streams, too.
    not_video = Disposition.attached_pic | Disposition.dependent
    streams = [
        stream
        for stream in container.streams.video
        if stream.codec_context is not None and not stream.disposition & not_video
    ]

    def priority(stream: VideoStream) -> tuple[bool, int]:
        return bool(stream.disposition & Disposition.default), stream.width * stream.height

    return max(streams, key=priority, default=None)


def _read_frames(
    container: InputContainer, stream: VideoStream, name: str, is_live: bool
) -> Generator[Frame, None, None]:
    """Yield the frames of a stream, and close the container at the end.

    A frame without a timestamp, or with one that is not clearly greater than the previous frame's,
    gets the previous timestamp plus one frame interval.
    """
    interval_s = (
        float(1 / stream.guessed_rate) if stream.guessed_rate else _DEFAULT_FRAME_INTERVAL_S
    )
    start_s, timestamp_s = 0.0, -interval_s
    reformatter = VideoReformatter()
    rotation, display_matrix = None, None
    with container:
        try:
            for index, decoded in enumerate(_decode(container, stream, name, is_live)):
                if index == 0:
                    start_s = _start_s(decoded)
                time_s = -inf if decoded.time is None else decoded.time - start_s
                is_later = time_s - timestamp_s >= _LEAST_INTERVAL_S
                timestamp_s = time_s if is_later else timestamp_s + interval_s
                if decoded.rotation != rotation:
                    # Only when it changes: reading `side_data` keeps the frame in memory until the
                    # next garbage collection.
                    rotation = decoded.rotation
                    display_matrix = decoded.side_data.get("DISPLAYMATRIX")
                yield Frame(_upright_rgb(decoded, display_matrix, reformatter), index, timestamp_s)
        except av.FFmpegError as error:
            raise MediaError(
                f"{name} was interrupted ({error.strerror}): "
                "try again, or use the frames that were read."
            ) from error


def _decode(
    container: InputContainer, stream: VideoStream, name: str, is_live: bool
) -> Iterator[VideoFrame]:
    """Yield the decoded frames. Skip damaged data, as players do, and report it at the end."""
    is_damaged = False
    for packet in _packets(container, stream):
        frames: list[VideoFrame] = []
        try:
            if packet.is_corrupt:
                is_damaged = True
            else:
                frames = packet.decode()
        except av.FFmpegError:
            is_damaged = True
        yield from frames
    if is_damaged and not is_live:
        raise MediaError(
            f"{name} is damaged: give an undamaged copy, or use the frames that were read."
        )


def _packets(container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
    while True:
        with suppress(av.BlockingIOError):
            yield from container.demux(stream)
            return
        time.sleep(_CAMERA_POLL_S)  # on macOS, reading from a camera does not wait for its frame


def _upright_rgb(decoded: VideoFrame, display_matrix: Any, reformatter: VideoReformatter) -> Image:
    """Convert a decoded frame to (H, W, 3) RGB and apply the rotation stored in the video."""
    rgb = reformatter.reformat(
        decoded,
        format="rgb24",
        # Without these, PyAV before version 17 treats every video as BT.601 with limited range.
        src_color_range=decoded.color_range,
        dst_color_range=ColorRange.JPEG,
        dst_colorspace=Colorspace.ITU601,
    )
    image: MatLike = rgb.to_ndarray()
    if display_matrix is not None:
        # Fixed-point numbers: x' = ax + cy, y' = bx + dy. Only quarter turns and reflections are
        # applied.
        a, b, _, c, d = np.frombuffer(bytes(display_matrix), np.int32)[:5]
        if abs(a) < abs(b):
            image, a, d = cv2.transpose(image), c, b
        if a < 0:
            image = cv2.flip(image, 1)
        if d < 0:
            image = cv2.flip(image, 0)
    return np.ascontiguousarray(image, np.uint8)
