"""Small images and videos that the tests generate."""

from __future__ import annotations

from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
import PIL.Image

from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vitruvian.inputs.source import Frame

RED, GREEN, BLUE, GREY = (220, 30, 30), (30, 200, 60), (40, 60, 210), (90, 90, 90)

NOT_IMAGES = {
    "float": np.zeros((4, 4, 3)),
    "alpha": np.zeros((4, 4, 4), np.uint8),
    "flat": np.zeros(4, np.uint8),
    "empty": np.zeros((0, 4, 3), np.uint8),
    "ragged": [[1], [1, 2]],
    "text": "image",
}


def four_colors(height: int = 48, width: int = 64) -> np.ndarray:
    """Return a grey image with another colour in three of its corners."""
    image = np.full((height, width, 3), GREY, np.uint8)
    image[: height // 3, : width // 3] = RED
    image[: height // 3, -(width // 3) :] = GREEN
    image[-(height // 3) :, : width // 3] = BLUE
    return image


def noise(height: int = 48, width: int = 64) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)


def smooth(height: int = 48, width: int = 64, *, details: int = 8) -> np.ndarray:
    """Return random colours that change slowly: `details` of them across and down."""
    coarse = PIL.Image.fromarray(noise(details, details))
    return np.array(coarse.resize((width, height), PIL.Image.Resampling.BICUBIC))


def greys(count: int) -> list[np.ndarray]:
    """Return images of one grey level each: 0, 20, 40..."""
    return [np.full((48, 64, 3), 20 * i, np.uint8) for i in range(count)]


def encode(
    path: Path,
    images: Sequence[np.ndarray],
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    *,
    times_s: Sequence[float] | None = None,
    full_range: bool = False,
    matrix: str = "smpte170m",
    container_options: dict[str, str] | None = None,
    sample_aspect_ratio: Fraction | None = None,
    rotation: int = 0,
    **options: str,
) -> Path:
    """Write a video; without `times_s` it has ten frames per second."""
    if codec == "libx264":
        options = {"crf": "1", **options}
    options |= {"color_range": "pc" if full_range else "tv", "colorspace": matrix}
    with av.open(str(path), "w", options=container_options or {}) as container:
        stream = container.add_stream(codec, rate=10, options=options)
        stream.height, stream.width = images[0].shape[:2]
        stream.pix_fmt = pix_fmt
        if sample_aspect_ratio is not None:
            stream.codec_context.sample_aspect_ratio = sample_aspect_ratio
        if rotation:
            stream.set_display_rotation(rotation)
        if times_s is not None:
            stream.codec_context.time_base = Fraction(1, 90_000)
        for index, image in enumerate(images):
            frame = av.VideoFrame.from_ndarray(image, "rgb24").reformat(
                format=pix_fmt,
                src_color_range="JPEG",
                dst_color_range="JPEG" if full_range else "MPEG",
                dst_colorspace="ITU709" if matrix == "bt709" else "ITU601",
            )
            frame.pts, frame.time_base = index, Fraction(1, 10)
            if times_s is not None:
                frame.pts, frame.time_base = round(times_s[index] * 90_000), Fraction(1, 90_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def mjpeg_video(path: Path, jpegs: Sequence[bytes], size: tuple[int, int] = (64, 48)) -> Path:
    """Write a video of JPEG files as they are, ten per second."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=10)
        stream.width, stream.height = size
        stream.pix_fmt = "yuvj420p"
        container.start_encoding()
        for index, jpeg in enumerate(jpegs):
            packet = av.Packet(jpeg)
            packet.stream, packet.time_base = stream, Fraction(1, 10)
            packet.pts = packet.dts = index
            packet.is_keyframe = True
            container.mux(packet)
    return path


def read(path: Path | str) -> list[Frame]:
    with open_source(path) as source:
        return list(source)


def greys_of(frames: Sequence[Frame]) -> list[int]:
    """Return the indices into `greys` of the images that the frames show."""
    return [round(float(frame.image.mean()) / 20) for frame in frames]


@contextmanager
def full_disk(bytes_left: int) -> Iterator[None]:
    """Refuse to write files of more than some bytes, as a full disk would. Not on Windows."""
    import resource  # noqa: PLC0415 - Windows does not have it

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
