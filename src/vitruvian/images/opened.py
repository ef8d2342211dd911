"""An open image or animation, and what every kind of image has in common."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from vitruvian.errors import MediaError, VitruvianError
from vitruvian.inputs.broken_frames import BrokenFrames
from vitruvian.inputs.source import Frame, Source

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from contextlib import ExitStack
    from pathlib import Path

    from vitruvian.types import Image

# What is read of a file before its size in pixels is known, and in addition to its pixels. Some
# kinds of images are read as a whole before they are decoded.
_LIMIT_BYTES = 256 * 2**20
_BYTES_PER_PIXEL = 8  # of four channels of 16 bits, not compressed
ADVICE = "give a complete image or video file, such as JPEG, PNG or MP4"


@dataclass(frozen=True, slots=True)
class Images:
    """An open image or animation.

    Attributes:
        frames: The images, (H, W, 3) uint8 RGB, and their times in seconds.
        is_still: Whether there is only one frame.
        count: The expected number of frames, None if unknown.
        frame_rate: The number of frames per second, None if unknown.
    """

    frames: Generator[tuple[Image, float], None, None]
    is_still: bool
    count: int | None = None
    frame_rate: float | None = None


def as_source(
    images: Images,
    name: str,
    resources: ExitStack,
    path: Path | None = None,
    broken: BrokenFrames | None = None,
) -> Source:
    """Return images as an open input.

    Args:
        images: The images.
        name: The input's name for messages.
        resources: What is closed at the end.
        path: The file, if there is one.
        broken: Counts the images that are skipped, if some can be.

    Raises:
        MediaError: The first image is damaged.
    """

    def frames() -> Generator[Frame, None, None]:
        with resources:
            # A loop would keep each image, which may be large, until the next one is requested.
            yield from map(_as_frame, count(), images.frames)

    return Source(
        name,
        frames(),
        is_image=images.is_still,
        frame_rate=images.frame_rate,
        frame_count=images.count,
        path=path if images.is_still else None,  # animations have no sound
        broken=broken or BrokenFrames(),
    )


def _as_frame(index: int, image_and_time: tuple[Image, float]) -> Frame:
    image, time_s = image_and_time
    return Frame(image, index, time_s)


def limit_bytes(pixels: int = 0) -> int:
    """Return how many bytes of a file are read for an image of that many pixels."""
    return _LIMIT_BYTES + _BYTES_PER_PIXEL * pixels


def check_pixels(name: str, size: tuple[int, int], limit: int) -> None:
    """Check the number of pixels of an image or a frame before it is decoded.

    Raises:
        MediaError: There are more than the limit.
    """
    width, height = size
    if width * height > limit:
        raise MediaError(
            f"{name} has {width * height:,} pixels, more than the limit of {limit:,}: "
            "scale it down, or raise max_pixels."
        )


@contextmanager
def decoding(name: str, kind: str, frames_before: int = 0) -> Iterator[None]:
    """Raise a MediaError for what Pillow raises in the block.

    Args:
        name: The input's name for messages.
        kind: The kind of image.
        frames_before: How many frames were read before.
    """
    # Pillow warns of damaged metadata, which are not used. This can be said for the process only;
    # saying it for a block is not safe with threads. It has an effect only on these two files.
    warnings.filterwarnings("ignore", module=r"PIL\.(Png|Tiff)ImagePlugin")
    try:
        yield
    except VitruvianError:
        raise
    except Exception as error:  # Pillow raises errors of many types for damaged files
        from PIL.Image import DecompressionBombError  # noqa: PLC0415 - it is loaded by now

        if isinstance(error, DecompressionBombError):
            raise MediaError(
                f"{name} has more pixels than Pillow reads of {kind}: scale it down."
            ) from error
        if frames_before:
            raise MediaError(
                f"{name} is damaged: give an undamaged copy, or use the frames that were read."
            ) from error
        raise MediaError(f"{name} cannot be read as {kind}: {ADVICE}.") from error
