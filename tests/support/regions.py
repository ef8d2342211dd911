"""Regions of an image of 200 × 120 pixels."""

from __future__ import annotations

import numpy as np

from vitruvian.types import ImageSize, Region

IMAGE_SIZE = ImageSize(200, 120)


def square_region(x_px: float, y_px: float, side_px: float, angle_rad: float = 0.0) -> Region:
    """Return a square region whose centre is at x, y."""
    width, height = IMAGE_SIZE
    return Region(
        *map(np.float32, (x_px / width, y_px / height, side_px / width, side_px / height)),
        np.float32(angle_rad),
    )
