"""Overlapping square tiles of an image, in which small people are large enough for the detector."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.types import Region

if TYPE_CHECKING:
    from vitruvian.types import Float64, ImageSize

MIN_TILE_PX = 160  # the detector's 224 px show little more of a smaller tile
_OVERLAP = 0.25


def tiles_of(image_size: ImageSize, side_px: float) -> list[Region]:
    """Return square tiles that cover an image, row by row.

    There are none if their side is less than `MIN_TILE_PX`.
    """
    if side_px < MIN_TILE_PX:
        return []
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
