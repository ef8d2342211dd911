"""Pictures → a picture file, a video file. `media` is the way back."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import cv2
import numpy as np

from vitruvian.errors import ClosedError, FrameError, OutputError, TimestampError
from vitruvian.files import written_aside

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from typing import Self

    from av.container import OutputContainer
    from cv2.typing import MatLike

    from vitruvian.types import Image

_CLOCK_HZ = 90_000  # MPEG's, a multiple of the usual frame rates
_ENCODING = {
    "preset": "superfast",  # 3/5 of the time that "veryfast" takes, for a fifth more bytes
    "crf": "20",  # no difference that the eye sees; as near to the picture as "veryfast" at 18
    "bf": "0",  # frames lie in the order of time, so that players get uneven durations right
    "colorspace": "bt709",
    "color_primaries": "bt709",
    "color_trc": "bt709",
    "color_range": "tv",
}
_YUV_FROM_RGB = np.array(  # that of BT.709 in limited range, for bytes
    [
        [0.182586, 0.614231, 0.062007, 16],
        [-0.100644, -0.338572, 0.439216, 128],
        [0.439216, -0.398942, -0.040274, 128],
    ],
    np.float32,
)


def write_image(path: str | os.PathLike[str], image: Image) -> None:
    """Write a PNG. It appears whole or not at all.

    Args:
        path: where it goes; an older file is replaced.
        image: (H, W, 3) RGB or (H, W) grey, uint8.

    Raises:
        FrameError: the array is no picture.
        OutputError: the file cannot be written.
    """
    _check(image)
    bgr = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    _, png = cv2.imencode(".png", bgr)
    with written_aside(Path(path)) as aside:
        aside.write_bytes(png.tobytes())


class VideoWriter:
    """Writes an MP4 (H.264) that browsers and players open.

    The file appears, whole, when the writer is closed. A `with` block closes it at its end and
    discards it on an exception: to keep what there is nevertheless, close it within the block.

    Args:
        path: where it goes; an older file is replaced.
        frame_rate: frames a second: what players announce, and how long the last frame stays.
    """

    def __init__(self, path: str | os.PathLike[str], frame_rate: float = 30.0) -> None:
        self._path = Path(path)
        self._frame_rate = Fraction(frame_rate).limit_denominator()  # 30000/1001 comes as a float
        self._resources = ExitStack()
        self._container: OutputContainer | None = None  # until the first frame tells the size
        self._last_tick = -1
        self._is_closed = False

    def write(self, image: Image, timestamp_s: float) -> None:
        """Append a frame.

        Args:
            image: (H, W, 3) RGB or (H, W) grey, uint8. The first one's size is the video's, made
                even by repeating the edge; one of another size is scaled to fit, on black.
            timestamp_s: seconds, not negative, later than the frame before.

        Raises:
            FrameError: the array is no picture.
            TimestampError: the timestamp is not later than the one before.
            OutputError: the file cannot be written; nothing of it is left.
            ClosedError: called after `close` or `discard`.
        """
        if self._is_closed:
            raise ClosedError("This VideoWriter was closed: make a new one.")
        _check(image)
        tick = round(timestamp_s * _CLOCK_HZ)
        if tick <= self._last_tick:
            raise TimestampError(
                f"{timestamp_s} s is not later than the frame before: give rising timestamps."
            )
        self._last_tick = tick
        with self._failing_cleanly():
            if self._container is None:
                self._container = self._open(image)
            self._encode(self._container, image, tick)

    def close(self) -> None:
        """Finish the file and put it in its place. Without a frame there is no file.

        Raises:
            OutputError: the file cannot be written; nothing of it is left.
        """
        if self._is_closed:
            return
        self._is_closed = True
        with self._failing_cleanly(), self._resources:
            if self._container is not None:
                self._mux(self._container, None)

    def discard(self) -> None:
        """Remove what was written. After `close` it does nothing."""
        self._is_closed = True
        with suppress(_DiscardedError), self._resources:
            raise _DiscardedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

    @contextmanager
    def _failing_cleanly(self) -> Iterator[None]:
        try:
            yield
        except av.FFmpegError as error:
            self.discard()
            raise OutputError(
                f"{self._path} cannot be written ({error.strerror}): "
                "choose another folder or smaller frames."
            ) from error

    def _open(self, image: Image) -> OutputContainer:
        aside = self._resources.enter_context(written_aside(self._path))
        # With the index in front, a browser can play while it loads.
        container = av.open(f"file:{aside}", "w", format="mp4", options={"movflags": "faststart"})
        self._resources.enter_context(container)
        stream = container.add_stream("libx264", rate=self._frame_rate, options=_ENCODING)
        height, width = image.shape[:2]
        stream.width, stream.height = width + width % 2, height + height % 2
        stream.pix_fmt = "yuv420p"  # the one that all browsers know; it needs even sizes
        stream.codec_context.time_base = Fraction(1, _CLOCK_HZ)
        return container

    def _encode(self, container: OutputContainer, image: Image, tick: int) -> None:
        stream = container.streams.video[0]
        planes = _yuv420p(_fit(image, stream.width, stream.height))
        picture = av.VideoFrame.from_ndarray(planes, "yuv420p")
        picture.pts, picture.time_base = tick, Fraction(1, _CLOCK_HZ)
        self._mux(container, picture)

    def _mux(self, container: OutputContainer, picture: av.VideoFrame | None) -> None:
        for packet in container.streams.video[0].encode(picture):
            packet.duration = round(_CLOCK_HZ / self._frame_rate)
            container.mux(packet)


class _DiscardedError(Exception):
    """Makes `written_aside` remove its file."""


def _check(image: Image) -> None:
    if (
        image.dtype != np.uint8
        or image.ndim < 2
        or image.shape[2:] not in {(), (3,)}
        or not image.size
    ):
        raise FrameError(
            f"The picture is {image.dtype} {image.shape}: give uint8, (H, W, 3) RGB or (H, W) grey."
        )


def _fit(image: MatLike, width: int, height: int) -> Image:
    """RGB of that size: what lacks a pixel repeats its edge, all else is scaled, on black."""
    if image.ndim == 2:
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2RGB)
    right, bottom = width - image.shape[1], height - image.shape[0]
    if right == bottom == 0:
        return np.asarray(image, np.uint8)
    if {right, bottom} <= {0, 1}:
        image = cv2.copyMakeBorder(image, 0, bottom, 0, right, cv2.BORDER_REPLICATE)
        return np.asarray(image, np.uint8)
    scale = min(width / image.shape[1], height / image.shape[0])
    inner_width = max(1, round(image.shape[1] * scale))
    inner_height = max(1, round(image.shape[0] * scale))
    left, top = (width - inner_width) // 2, (height - inner_height) // 2
    canvas = np.zeros((height, width, 3), np.uint8)
    canvas[top : top + inner_height, left : left + inner_width] = cv2.resize(
        image, (inner_width, inner_height), interpolation=cv2.INTER_AREA
    )
    return canvas


def _yuv420p(image: Image) -> Image:
    """The three planes of a picture of even size, one below the other, as FFmpeg lays them out.

    OpenCV computes them in half the time that FFmpeg's scaler takes.
    """
    height, width = image.shape[:2]
    planes = np.empty((height * 3 // 2, width), np.uint8)
    yuv = cv2.transform(image, _YUV_FROM_RGB)
    cv2.extractChannel(yuv, 0, planes[:height])
    half = cv2.resize(yuv, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    for channel, plane in enumerate(planes[height:].reshape(2, height // 2, width // 2), start=1):
        cv2.extractChannel(half, channel, plane)
    return planes
