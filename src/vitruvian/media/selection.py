"""Frames that are left out or made smaller before anything else sees them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as PillowImage

from vitruvian.inputs.source import Source

if TYPE_CHECKING:
    from collections.abc import Generator

    from vitruvian.inputs.options import InputOptions
    from vitruvian.inputs.source import Frame
    from vitruvian.types import Image


def selected(source: Source, options: InputOptions) -> Source:
    """Return a source with every n-th frame of another, scaled down to a width.

    The frames keep their numbers and times.
    """
    step, width = options.step, options.width_limit
    if step == 1 and width is None:
        return source
    count, rate = source.frame_count, source.frame_rate
    return Source(
        source.name,
        _selected(source, step, width),
        is_image=source.is_image,
        is_live=source.is_live,
        frame_rate=rate and rate / step,
        frame_count=count and math.ceil(count / step),
        path=source.path,
        broken=source.broken,
    )


def _selected(source: Source, step: int, width: int | None) -> Generator[Frame, None, None]:
    with source:
        for frame in source:
            if frame.index % step == 0:
                yield frame if width is None else replace(frame, image=_narrow(frame.image, width))
            del frame  # frees its memory before the next one is decoded


def _narrow(image: Image, width: int) -> Image:
    """Return an image that is no wider than `width`, with the same proportions."""
    old_height, old_width = image.shape[:2]
    if old_width <= width:
        return image
    height = max(round(old_height * width / old_width), 1)
    # Pillow's filter widens with the scale, so that fine lines do not flicker.
    smaller = PillowImage.fromarray(image).resize((width, height), PillowImage.Resampling.BILINEAR)
    return np.asarray(smaller)
