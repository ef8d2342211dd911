"""Images as samples of AV1, one for each, for programs that play streams without a container.

The viewer of Rerun has a decoder of AV1. For H.264 it needs a program of FFmpeg, which many users
do not have.
"""

from __future__ import annotations

import os
from fractions import Fraction
from typing import TYPE_CHECKING, cast

import av
from av.video.reformatter import VideoReformatter

from vitruvian.errors import OutputError
from vitruvian.video.yuv_frames import yuv_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vitruvian.types import Image

_ENCODER = "libsvtav1"
_CLOCK = Fraction(1, 30)  # it only bounds the bit rate: the player of the samples has their times
_OPTIONS = {
    "preset": "10",  # of 13, the fastest
    "crf": "30",  # 38 dB, and three quarters of the bytes of `VideoWriter`; 35 leaves shadows
    "svtav1-params": "pred-struct=1",  # no frame refers to a later one, so samples are in order
}
KEY_INTERVAL = 30  # frames; a player that jumps to any other one decodes those since the last key


def av1_samples(images: Iterable[Image]) -> Iterator[bytes]:
    """Yield a sample for each image: a temporal unit in AV1's low-overhead format.

    The first sample and each `KEY_INTERVAL`th after it begin with the headers, and can be decoded
    without any other.

    Args:
        images: (H, W, 3) RGB or (H, W) grey, uint8. The first one sets the size; an odd width or
            height is made even by repeating the edge. One of another size is scaled to fit.

    Raises:
        OutputError: the encoder does not take images of this size, or is not a part of FFmpeg here.
    """
    encoder: av.VideoCodecContext | None = None
    reformatter = VideoReformatter()
    for number, image in enumerate(images):
        if encoder is None:
            height, width = image.shape[:2]
            encoder = _opened(width + width % 2, height + height % 2)
        frame = yuv_frame(image, encoder.width, encoder.height, reformatter)
        frame.pts, frame.time_base = number, _CLOCK
        yield from map(bytes, encoder.encode(frame))
    if encoder is not None:
        yield from map(bytes, encoder.encode(None))


def _opened(width: int, height: int) -> av.VideoCodecContext:
    # Otherwise the encoder prints its settings on stderr. It has no other switch for that.
    os.environ.setdefault("SVT_LOG", "0")
    try:
        encoder = cast("av.VideoCodecContext", av.CodecContext.create(_ENCODER, "w"))
        encoder.width, encoder.height = width, height
        encoder.pix_fmt = "yuv420p"
        encoder.time_base = _CLOCK
        encoder.gop_size = KEY_INTERVAL
        encoder.options = _OPTIONS
        encoder.open()
    except (av.FFmpegError, ValueError) as error:
        raise OutputError(
            f"FFmpeg has no AV1 encoder for images of {width} × {height} pixels ({error}): make "
            "the images smaller with --resize, or leave the video out."
        ) from error
    return encoder
