"""Overlapping square tiles of an image, in which small people are large enough for the detector."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.types import Region

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitruvian.types import Float64, ImageSize

# In smaller tiles hardly anyone is found whom the landmark model then sees (`benchmarks.people`).
MIN_TILE_PX = 80
# The side of the largest tiles as a fraction of the image's shorter side, and that of each further
# size as a fraction of the previous one. The detector finds a body that is between a third of a
# tile and a whole tile high, so each size finds those that the previous one just misses.
_LARGEST_SIDE, _NEXT_SIDE = 0.65, 0.55
_OVERLAP = 0.25


def tile_sides_px(image_size: ImageSize) -> Iterator[float]:
    """Yield the sides of an image's tiles, the largest first; none if the image is too small."""
    shorter_px = min(image_size)
    if shorter_px < MIN_TILE_PX:
        return
    side_px = max(_LARGEST_SIDE * shorter_px, MIN_TILE_PX)
    while side_px >= MIN_TILE_PX:
        yield side_px
        side_px *= _NEXT_SIDE


def tiles_of(image_size: ImageSize, side_px: float) -> list[Region]:
    """Return square tiles that cover an image, row by row."""
    width, height = side_px / image_size.width, side_px / image_size.height
    return [
        Region(*map(np.float32, (center_x, center_y, width, height, 0)))
        for center_y in _centers(height)
        for center_x in _centers(width)
    ]


def _centers(side: float) -> Float64:
    """Return the centres of the tiles along one axis, normalized by the image's length.

    A tile that is longer than the image extends over both of its ends by the same length.
    """
    steps = math.ceil(max(1 / side - 1, 0) / (1 - _OVERLAP))
    return np.linspace(side / 2, 1 - side / 2, steps + 1) if steps else np.array([0.5])
