"""Writing of videos, with FFmpeg through PyAV."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager, suppress
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

import av
from av.video.reformatter import VideoReformatter

from vitruvian.errors import ClosedError, MediaError, OptionError, OutputError, TimestampError
from vitruvian.files import as_path, output_errors, written_aside
from vitruvian.images.writer import as_rgb_or_grey
from vitruvian.option_values import Number
from vitruvian.printable import printable
from vitruvian.types import as_timestamp_s
from vitruvian.video.sound import Sound
from vitruvian.video.yuv_frames import encoded_size, yuv_frame

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Self

    from av.container import OutputContainer

    from vitruvian.types import Image

_DEFAULT_FRAME_RATE = 30.0
_CLOCK_HZ = 90_000  # the clock of MPEG, a multiple of the common frame rates
_MAX_TIMESTAMP_S = 1e9  # 30 years; a larger one is a mistake of units
_SUFFIXES = {".mp4", ".m4v", ".mov"}
_FRAME_RATES = Number(1e-3, 1e6)
_FORMAT = {
    "bf": "0",  # frames are stored in display order, so that players show uneven durations right
    "colorspace": "bt709",
    "color_primaries": "bt709",
    "color_trc": "bt709",
    "color_range": "tv",
}
_ENCODING = {
    "preset": "superfast",  # takes 3/5 of the time of "veryfast", for a fifth more bytes
    "crf": "20",  # no visible difference; as close to the original as "veryfast" with 18
}
# Each of these saves memory that is a multiple of a frame: of 50 million pixels, 0.7 GB in all.
_GIANT_PIXELS = 20_000_000
_ENCODING_OF_GIANTS = {"preset": "ultrafast", "qp": "20", "threads": "1"}


class VideoWriter:
    """Writes an MP4 file (H.264) that browsers and players can play.

    The file appears, complete, when the writer is closed. A `with` block closes the writer at its
    end and discards the file on an exception. To keep the frames written before an exception, close
    the writer inside the block.

    Args:
        path: The file to write; an existing file is replaced.
        frame_rate: Frames per second: the rate that players report, and the duration of the last
            frame. All other durations follow from the timestamps. None is 30.
        sound_from: A file whose audio tracks are kept, such as the video from which the frames
            come; None for no sound. The timestamps of `write` count from its first video frame, as
            those of `vitruvian.frames` do, and the sound ends with the last frame. Sound of a codec
            that players do not expect in MP4 is encoded again, as AAC. Sound that cannot be read is
            left out, and a warning is logged.
        sound_start_s: The time in `sound_from`, in seconds from its first video frame, that is time
            0 of the new video.

    Raises:
        MediaError: `sound_from` is not a file.
        OptionError: A path is not one or does not end in .mp4, .m4v or .mov, or the frame rate is
            not a number from 0.001 to 1,000,000.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        frame_rate: float | None = None,
        *,
        sound_from: str | os.PathLike[str] | None = None,
        sound_start_s: float = 0.0,
    ) -> None:
        self._path = as_path(path, "path")
        if self._path.suffix.lower() not in {"", *_SUFFIXES}:
            raise OptionError(
                f"{printable(self._path)} is no MP4 file: give a name that ends in .mp4."
            )
        if frame_rate is not None:
            frame_rate = _FRAME_RATES.check("frame_rate", frame_rate)
        # 29.97… becomes 30000/1001.
        self._frame_rate = Fraction(frame_rate or _DEFAULT_FRAME_RATE).limit_denominator()
        self._sound_start_s = sound_start_s
        self._sound_path = None if sound_from is None else as_path(sound_from, "sound_from")
        if self._sound_path is not None and not _is_file(self._sound_path):
            raise MediaError(
                f"{printable(self._sound_path)} is not a file: give a file with sound."
            )
        self._reformatter = VideoReformatter()
        self._sound: Sound | None = None
        self._file, self._media = ExitStack(), ExitStack()  # entered by the first frame
        self._container: OutputContainer | None = None  # None until the first frame sets the size
        self._last_s = -inf
        self._last_tick = -1
        self._is_closed = False

    def write(self, image: Image, timestamp_s: float) -> None:
        """Append a frame.

        Args:
            image: (H, W, 3) RGB or (H, W) grey, uint8. The first image sets the size of the video;
                an odd width or height is made even by repeating the edge, and a side of more than
                16384 pixels, which H.264 does not have, is scaled down. A later image of another
                size is scaled to fit, with black borders.
            timestamp_s: Seconds, not negative, greater than in the previous frame.

        Raises:
            FrameError: The array is not such an image.
            TimestampError: The timestamp is no finite number from 0, or not greater than the
                previous one.
            OutputError: The file cannot be written. No part of it remains.
            ClosedError: The writer is closed.
        """
        if self._is_closed:
            raise ClosedError("This VideoWriter is closed: create a new one.")
        image = as_rgb_or_grey(image)
        timestamp_s = as_timestamp_s(timestamp_s)
        if not 0 <= timestamp_s <= _MAX_TIMESTAMP_S:
            raise TimestampError(
                f"The timestamp is {timestamp_s} s: give seconds from 0 to {_MAX_TIMESTAMP_S:g}."
            )
        if timestamp_s <= self._last_s:
            raise TimestampError(
                f"The timestamp {timestamp_s} s is not greater than the previous one: "
                "give increasing timestamps."
            )
        self._last_s = timestamp_s
        # Frames that are closer than the clock can show are shown a tick apart.
        tick = self._last_tick = max(round(timestamp_s * _CLOCK_HZ), self._last_tick + 1)
        with self._failing_cleanly():
            if self._container is None:
                self._container = self._open(image)
            self._encode(self._container, image, tick)
            self._write_sound_until(timestamp_s)

    def finish(self) -> None:
        """Write the end of the file, which `close` then only has to move to its path.

        Of several files that belong together, all are finished before the first one is moved.

        Raises:
            OutputError: The file cannot be written. No part of it remains.
        """
        if self._is_closed:
            return
        self._is_closed = True
        with self._failing_cleanly():
            if self._container is not None:
                self._mux(self._container, None)
                self._write_sound_until(self._last_tick / _CLOCK_HZ + 1 / self._frame_rate)
            self._media.close()

    def close(self) -> None:
        """Finish the file and move it to its path. If no frame was written, there is no file.

        Raises:
            OutputError: The file cannot be written. No part of it remains.
        """
        self.finish()
        self._file.close()

    def discard(self) -> None:
        """Delete what was written. After `close` this does nothing."""
        self._is_closed = True
        with suppress(_DiscardedError), self._file:
            with suppress(av.FFmpegError):  # its end need not be written
                self._media.close()
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
        """Discard the file if FFmpeg or the disk fails in the block."""
        try:
            with output_errors(self._path):
                yield
        except (av.FFmpegError, OutputError) as error:
            self.discard()
            if isinstance(error, OutputError):
                raise
            raise OutputError(
                f"{printable(self._path)} cannot be written ({error.strerror}): "
                "choose another folder or smaller frames."
            ) from error

    def _open(self, image: Image) -> OutputContainer:
        aside = self._file.enter_context(written_aside(self._path))
        # With the index at the start, a browser can play the file while it loads.
        container = av.open(f"file:{aside}", "w", format="mp4", options={"movflags": "faststart"})
        self._media.enter_context(container)
        is_giant = image.shape[0] * image.shape[1] > _GIANT_PIXELS
        encoding = _ENCODING_OF_GIANTS if is_giant else _ENCODING
        stream = container.add_stream("libx264", self._frame_rate, options=_FORMAT | encoding)
        stream.width, stream.height = encoded_size(image.shape[1], image.shape[0])
        stream.pix_fmt = "yuv420p"  # the only one that all browsers play; it needs an even size
        stream.codec_context.time_base = Fraction(1, _CLOCK_HZ)
        if self._sound_path is not None:
            self._sound = Sound(self._sound_path, container, self._sound_start_s)
            self._media.callback(self._sound.close)
        return container

    def _encode(self, container: OutputContainer, image: Image, tick: int) -> None:
        stream = container.streams.video[0]
        frame = yuv_frame(image, stream.width, stream.height, self._reformatter)
        frame.pts, frame.time_base = tick, Fraction(1, _CLOCK_HZ)
        self._mux(container, frame)

    def _write_sound_until(self, time_s: float) -> None:
        if self._sound is not None:
            self._sound.write_until(time_s)

    def _mux(self, container: OutputContainer, frame: av.VideoFrame | None) -> None:
        """Encode a frame and write the packets that are ready; all of them if it is None."""
        for packet in container.streams.video[0].encode(frame):
            packet.duration = round(_CLOCK_HZ / self._frame_rate)
            container.mux(packet)


class _DiscardedError(Exception):
    """Raised inside `written_aside` to make it delete its file."""


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - `Path.is_file` raises if a name is too long
