"""The video of a container, decoded."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import av
from av.packet import Packet
from av.stream import Discard, Disposition

from vitruvian.video.broken_packets import BrokenPackets
from vitruvian.video.pixel_limit import decoder_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    from vitruvian.inputs.options import InputOptions

_CAMERA_POLL_S = 0.001
# Each thread of the decoder holds a frame of its own, with at most two bytes a pixel in most
# formats, so that these stay below 200 MB.
_MAX_PIXELS_IN_THREADS = 50_000_000
_MAX_THREADS = 16  # FFmpeg's own limit


def main_video_stream(container: InputContainer) -> VideoStream | None:
    """Return the default video stream, or else the largest; None if there is no real video."""
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


def prepare(
    container: InputContainer,
    stream: VideoStream,
    options: InputOptions,
    *,
    threads: int,
    is_live: bool,
) -> None:
    """Set up the decoder of a stream, before its first frame.

    Args:
        container: The container of the stream. Its other streams are not read.
        stream: The stream.
        options: `max_pixels` is used.
        threads: How many threads decode; 0 for one per core.
        is_live: Whether a frame must be shown as soon as it arrives.
    """
    for other in container.streams:
        if other is not stream:
            other.discard = Discard.all
    pixels = max(1, stream.width * stream.height)
    most = max(1, _MAX_PIXELS_IN_THREADS // pixels)
    if most < _MAX_THREADS:
        threads = min(threads or _MAX_THREADS, most)
    stream.codec_context.thread_count = threads
    # One thread per frame ("AUTO") is faster, but delays the video by one frame per thread.
    stream.thread_type = "SLICE" if is_live else "AUTO"
    stream.codec_context.options = decoder_options(options)


class Decoder:
    """Decodes a stream from where its container is. Broken frames are skipped.

    Attributes:
        broken: The packets that gave no whole frame.
        is_cut: Whether the last packet has fewer bytes than it should. Demuxers also mark others as
            corrupt, which is not the same: in MPEG-TS that only means that something may be missing
            before this packet.
        is_over: Whether all frames were returned.
        interruption: The error that ended the reading, None if the stream was read to its end.
    """

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self._container = container
        self._stream = stream
        self.broken = BrokenPackets(stream)
        self.is_cut = self.is_over = False
        self.interruption: Exception | None = None

    def frames(self) -> Iterator[VideoFrame]:
        """Yield the decoded frames that are whole."""
        for packet in self._packets():
            if packet.size:
                self.is_cut = packet.is_corrupt
                self.broken.sent(packet)
            frames: list[VideoFrame] = []
            try:
                frames = packet.decode()
            except av.FFmpegError:
                self.broken.failed()
            while frames:  # a generator that waits holds no frame
                if self.broken.is_whole(frames[0]):
                    yield frames.pop(0)
                else:
                    del frames[0]
        self.is_over = True

    @property
    def broken_count(self) -> int:
        """The number of frames that were skipped so far."""
        return self.broken.count(is_over=self.is_over)

    def _packets(self) -> Iterator[Packet[VideoStream]]:
        """Yield the packets, and an empty one for which the decoder returns its last frames."""
        while True:
            try:
                yield from self._container.demux(self._stream)
            except av.BlockingIOError:
                time.sleep(_CAMERA_POLL_S)  # on macOS, reading from a camera does not wait
                continue
            except Exception as error:  # noqa: BLE001 - the reader of the frames raises it
                self.interruption = error
                end: Any = Packet()
                end.stream, end.time_base = self._stream, self._stream.time_base
                yield end
            return
