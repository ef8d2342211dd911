"""Picture, video, folder, camera, stream → frames with their times. `record` is the way back.

OpenCV reads what stands still; FFmpeg, through PyAV, what moves.
"""

from __future__ import annotations

import re
import sys
import time
from contextlib import suppress
from dataclasses import InitVar, dataclass, field
from itertools import chain
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import cv2
import numpy as np
from av.stream import Disposition
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from vitruvian.errors import MediaError

if TYPE_CHECKING:
    import os
    from collections.abc import Generator, Iterable, Iterator
    from typing import Self, TypeGuard

    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from cv2.typing import MatLike

    from vitruvian.types import Image

# Not hidden, and with the suffix of a picture or a video.
_MEDIA_NAME = re.compile(
    r"[^.].*\.(avif|bmp|gif|heic|jp2|jpe?g|pgm|png|ppm|tiff?|webp|"
    r"3gp|avi|flv|m2ts|m4v|mkv|mov|mp4|mpe?g|mts|ogv|ts|webm|wmv)",
    re.IGNORECASE,
)
_MOST_BYTES = 2**31 - 1  # OpenCV counts a picture's bytes in 32 bits
# PyAV before 19 refuses a title that is not UTF-8, unless it is told not to.
_LENIENT: dict[str, Any] = (
    {} if int(av.__version__.split(".")[0]) >= 19 else {"metadata_errors": "replace"}
)
_NETWORK_TIMEOUT_S = 10.0
_USUAL_STEP_S = 1 / 30


@dataclass(frozen=True, eq=False, slots=True)
class Frame:
    """One picture of a source.

    Attributes:
        image: (H, W, 3) uint8 RGB, contiguous, upright.
        index: its number, from 0.
        timestamp_s: seconds since the first frame, later than the frame before.
    """

    image: Image
    index: int
    timestamp_s: float


@dataclass(eq=False)
class Source:
    """An open input: iterate over it, once, for its frames.

    Attributes:
        name: the input in messages, without the password that an address may hold.
        stem: the input in the names of output files.
        is_image: it is one still picture.
        is_live: it has no end and does not wait: a camera, a broadcast.
        frame_rate: the mean number of frames a second, None if unknown.
        frame_count: how many frames to expect, None if unknown.
        size: width and height of the first frame in pixels.
    """

    name: str
    stem: str
    frames: InitVar[Generator[Frame, None, None]]
    is_image: bool = False
    is_live: bool = False
    frame_rate: float | None = None
    frame_count: int | None = None
    size: tuple[int, int] = field(init=False)

    def __post_init__(self, frames: Generator[Frame, None, None]) -> None:
        first = next(frames, None)
        if first is None:
            raise MediaError(f"{self.name} has no frame in it: give another input.")
        height, width = first.image.shape[:2]
        self.size = (width, height)
        self._frames = chain((first,), frames)
        self._reading = frames

    def __iter__(self) -> Iterator[Frame]:
        """Give the frames.

        Raises:
            MediaError: after the last good frame, if the input is damaged or breaks off.
        """
        return self._frames

    def close(self) -> None:
        """Let go of the file, the camera or the connection."""
        self._reading.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def expand(inputs: Iterable[str | os.PathLike[str]]) -> list[str | os.PathLike[str]]:
    """Put in each folder's place the pictures and videos in it, 2.jpg before 10.jpg.

    In a folder the suffix says which files these are, so that a damaged one is not silently
    missing. Hidden files and folders within the folder are left out.

    Raises:
        MediaError: a folder cannot be read, or has no picture and no video in it.
    """
    expanded: list[str | os.PathLike[str]] = []
    for item in inputs:
        path = Path(item)
        expanded += _media_files(path) if path.is_dir() else [item]
    return expanded


def _media_files(folder: Path) -> list[Path]:
    try:
        files = [p for p in folder.iterdir() if _MEDIA_NAME.fullmatch(p.name) and p.is_file()]
    except OSError as error:
        raise MediaError(f"{folder} cannot be read ({error.strerror}): ask for access.") from error
    if not files:
        raise MediaError(f"{folder} has no picture and no video in it: give another folder.")
    return sorted(files, key=_natural_order)


def _natural_order(path: Path) -> list[str | int]:
    # Every second part is a number, so like is compared with like.
    parts = re.split(r"(\d+)", path.name.lower())
    return [int(part) if part.isdecimal() else part for part in parts]


def name(source: str | os.PathLike[str] | int) -> str:
    """An input in messages, without the passwords and keys that an address may hold."""
    if _is_camera(source):
        return f"camera {int(source)}"
    if _is_address(source):
        return re.sub("//[^/]*@", "//", source).partition("?")[0]
    return str(_path(source))


def stem(source: str | os.PathLike[str] | int) -> str:
    """What the files that are made of an input are named after."""
    if _is_camera(source):
        return f"camera{int(source)}"
    if _is_address(source):
        return re.sub(r"\W+", "_", name(source).partition("://")[2]).strip("_")
    return _path(source).stem


def _is_camera(source: str | os.PathLike[str] | int) -> TypeGuard[str | int]:
    return isinstance(source, int) or (isinstance(source, str) and source.isdecimal())


def _is_address(source: str | os.PathLike[str] | int) -> TypeGuard[str]:
    return isinstance(source, str) and "://" in source


def _path(source: str | os.PathLike[str] | int) -> Path:
    """Of what is neither a camera nor a stream."""
    return Path(source)  # type: ignore[arg-type]


def open_source(source: str | os.PathLike[str] | int, threads: int = 0) -> Source:
    """Open an input. What a file is, its content says, not its name.

    Args:
        source: the path of a picture or a video, the number of a camera (a string of digits is one
            too), or the address of a stream, scheme://...
        threads: that decode a video; 0 for as many as there are cores.

    Raises:
        MediaError: there is nothing that can be read.
    """
    if _is_camera(source):
        return _open_camera(int(source))
    if _is_address(source):
        return _open_stream(source)
    return _open_file(_path(source), threads)


def _open_file(path: Path, threads: int) -> Source:
    try:
        data = np.memmap(path, np.uint8, "r") if path.stat().st_size else None
    except OSError as error:
        raise MediaError(f"{path} cannot be read ({error.strerror}): check the path.") from error
    if data is None:
        what = "empty" if path.is_file() else "no file"
        raise MediaError(f"{path} is {what}: give a picture or a video.")
    image = None if _is_animation(data) else _decode_picture(data, path)
    if image is not None:
        frames = (frame for frame in (Frame(image, 0, 0.0),))
        return Source(name(path), stem(path), frames, is_image=True, frame_count=1)
    advice = "give a whole picture or video, such as JPEG, PNG or MP4"
    return _open_video(path, f"file:{path}", advice, threads)


def _is_animation(data: Image) -> bool:
    """Whether it is a GIF or an animated PNG, of which OpenCV would give the first picture only."""
    head = bytes(data[:65_536])  # enough for what may stand before the mark
    return head.startswith(b"GIF8") or (head.startswith(b"\x89PNG") and b"acTL" in head)


def _decode_picture(data: Image, path: Path) -> Image | None:
    """What `cv2.imread` gives, but RGB; None if the data is no picture."""
    try:
        bgr = cv2.imdecode(data[:_MOST_BYTES], cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise MediaError(f"{path} is too large a picture: scale it down.") from error
    return None if bgr is None else np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)


def _open_camera(number: int) -> Source:
    options: dict[str, str] = {}
    if sys.platform == "win32":
        names: list[str] = []
        with suppress(av.FFmpegError):  # that there is no camera at all; opening it says so too
            devices = av.enumerate_input_devices("dshow")
            names = [device.name for device in devices if "video" in device.media_types]
        driver, address = "dshow", "video=" + "".join(names[number : number + 1])
    elif sys.platform == "darwin":
        driver, address = "avfoundation", str(number)
        options["framerate"] = "30"  # Apple's cameras refuse the 29.97 that FFmpeg asks for
    else:
        driver, address = "v4l2", f"/dev/video{number}"
    advice = "check that it is plugged in and not used by another program"
    return _open_video(number, address, advice, format=driver, options=options)


def _open_stream(address: str) -> Source:
    advice = "check the address and the network"
    return _open_video(address, address, advice, timeout=_NETWORK_TIMEOUT_S)


def _open_video(
    source: str | Path | int, address: str, advice: str, threads: int = 0, **how: Any
) -> Source:
    try:
        container = av.open(address, **_LENIENT, **how)
    except av.FFmpegError as error:
        raise MediaError(
            f"{name(source)} cannot be opened ({error.strerror}): {advice}."
        ) from error
    stream = _best_stream(container)
    if stream is None:
        container.close()
        raise MediaError(f"{name(source)} has nothing in it that can be decoded: {advice}.")

    is_live = container.duration is None and not address.startswith("file:")
    # A thread a frame is faster, but holds back as many frames as there are threads.
    stream.thread_type = "SLICE" if is_live else "AUTO"
    stream.codec_context.thread_count = threads
    frame_rate = float(stream.average_rate or stream.guessed_rate or 0)
    duration_s = (container.duration or 0) / av.time_base
    return Source(
        name(source),
        stem(source),
        _frames(container, stream, name(source), is_live),
        is_live=is_live,
        frame_rate=frame_rate or None,
        frame_count=stream.frames or round(duration_s * frame_rate) or None,
    )


def _best_stream(container: InputContainer) -> VideoStream | None:
    """The default video, else the largest; None if there is but a cover or the like."""
    kind = container.format.name
    if kind in {"image2", "tty"} or kind.endswith("_pipe"):
        # FFmpeg makes up what is missing of a picture that OpenCV refused, and plays a text.
        return None
    not_video = Disposition.attached_pic | Disposition.dependent  # a song's cover, a HEIC's tile
    streams = [
        stream
        for stream in container.streams.video
        if stream.codec_context is not None and not stream.disposition & not_video
    ]

    def merit(stream: VideoStream) -> tuple[bool, int]:
        return bool(stream.disposition & Disposition.default), stream.width * stream.height

    return max(streams, key=merit, default=None)


def _frames(
    container: InputContainer, stream: VideoStream, name: str, is_live: bool
) -> Generator[Frame, None, None]:
    """A frame whose time is missing or not later comes a step after the one before."""
    step_s = float(1 / stream.guessed_rate) if stream.guessed_rate else _USUAL_STEP_S
    start_s, timestamp_s = 0.0, -step_s
    reformatter = VideoReformatter()
    rotation, matrix = None, None
    with container:
        try:
            for index, picture in enumerate(_decode(container, stream, name, is_live)):
                if index == 0:
                    start_s = picture.time or 0.0
                time_s = -inf if picture.time is None else picture.time - start_s
                timestamp_s = time_s if time_s > timestamp_s else timestamp_s + step_s
                if picture.rotation != rotation:
                    # Not for each: whose `side_data` was read stays until the garbage collection.
                    rotation = picture.rotation
                    matrix = picture.side_data.get("DISPLAYMATRIX")
                yield Frame(_upright_rgb(picture, matrix, reformatter), index, timestamp_s)
        except av.FFmpegError as error:
            raise MediaError(
                f"{name} broke off ({error.strerror}): try again, or use the frames that were read."
            ) from error


def _decode(
    container: InputContainer, stream: VideoStream, name: str, is_live: bool
) -> Iterator[VideoFrame]:
    """Step over damage as players do, and tell of it at the end."""
    is_damaged = False
    for packet in _packets(container, stream):
        pictures: list[VideoFrame] = []
        try:
            if packet.is_corrupt:
                is_damaged = True
            else:
                pictures = packet.decode()
        except av.FFmpegError:
            is_damaged = True
        yield from pictures
    if is_damaged and not is_live:
        raise MediaError(f"{name} is damaged: give a whole copy, or use the frames that were read.")


def _packets(container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
    while True:
        with suppress(av.BlockingIOError):
            yield from container.demux(stream)
            return
        time.sleep(0.001)  # a camera on macOS does not wait for its next picture


def _upright_rgb(picture: VideoFrame, matrix: Any, reformatter: VideoReformatter) -> Image:
    rgb = reformatter.reformat(
        picture,
        format="rgb24",
        # Without these, PyAV before version 17 takes every video for BT.601 of limited range.
        src_color_range=picture.color_range,
        dst_color_range=ColorRange.JPEG,
        dst_colorspace=Colorspace.ITU601,
    )
    image: MatLike = rgb.to_ndarray()
    if matrix is not None:
        # x' = ax + cy, y' = bx + dy in fixed-point numbers: quarter turns and mirrorings.
        a, b, _, c, d = np.frombuffer(bytes(matrix), np.int32)[:5]
        if abs(a) < abs(b):
            image, a, d = cv2.transpose(image), c, b
        if a < 0:
            image = cv2.flip(image, 1)
        if d < 0:
            image = cv2.flip(image, 0)
    return np.ascontiguousarray(image, np.uint8)
