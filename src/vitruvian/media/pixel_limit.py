"""The largest frame of a video that is decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.errors import MediaError

if TYPE_CHECKING:
    from vitruvian.media.options import InputOptions


def decoder_options(options: InputOptions) -> dict[str, str]:
    """Return the options with which FFmpeg's decoders refuse a frame before they allocate it.

    Codecs pad a frame to whole blocks, so that a permitted one may have more pixels in the decoder.
    Twice the limit is more than any padding. `check_frame_size` checks the rest exactly.
    """
    return {"max_pixels": str(2 * options.pixel_limit(is_still=False))}


def check_frame_size(width: int, height: int, name: str, options: InputOptions) -> None:
    """Check the size of a frame as it is shown.

    Raises:
        MediaError: It has more pixels than `options` permits.
    """
    limit = options.pixel_limit(is_still=False)
    if width * height > limit:
        raise MediaError(
            f"{name} has {width * height:,} pixels a frame, more than the limit of {limit:,}: "
            "scale it down, or raise max_pixels."
        )
