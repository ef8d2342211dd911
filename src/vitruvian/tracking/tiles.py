"""Overlapping square tiles of an image, in which small people are large enough for the detector."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.types import Region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.types import Float64, ImageSize

# In smaller tiles hardly anyone is found whom the landmark model then sees (`benchmarks.people`).
MIN_TILE_PX = 80
# Fractions of the image's shorter side. Large tiles are always searched. A complete search also
# covers the image with smaller ones.
LARGE_SIDES = (0.8, 0.6)
COMPLETE_SIDES = (*LARGE_SIDES, 0.45)
_OVERLAP = 0.25


def tile_sides_px(image_size: ImageSize, sides: Sequence[float]) -> list[float]:
    """Return the sides of an image's tiles in pixels, without those that are too small.

    If all are, there is the smallest side that is useful, unless the image is smaller.

    Args:
        image_size: size of the image in pixels.
        sides: fractions of the shorter side of the image.
    """
    shorter_px = min(image_size)
    sides_px = [side * shorter_px for side in sides if side * shorter_px >= MIN_TILE_PX]
    if not sides_px and shorter_px >= MIN_TILE_PX:
        return [MIN_TILE_PX]
    return sides_px


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
