"""Positions and widths on the image that is drawn on."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float32, Image

_LIMITS_PX = (-1e6, 1e6)  # further away, not even the direction of a line can be seen
_LINES_PER_IMAGE = 170  # the shorter side of an image in line widths
_LINES_PER_METRE = 28  # one metre of a small body in line widths


def line_width_px(canvas: Image, scale: float = inf) -> float:
    """Return the width of a line in pixels, at least 1.

    Args:
        canvas: The image to draw on: larger images have wider lines.
        scale: The pixels per metre of the body that is drawn: small bodies have narrower lines.
    """
    shorter_side_px: int = min(canvas.shape[:2])
    return max(min(shorter_side_px / _LINES_PER_IMAGE, scale / _LINES_PER_METRE), 1.0)


def to_pixels(points: Float32, image: Image) -> Float32:
    """Convert normalized coordinates to pixel coordinates.

    Args:
        points: (..., 2+) x and y in normalized coordinates.
        image: The image to draw on.

    Returns:
        (..., 2) x and y in pixels, finite, and at most a million pixels away.
    """
    scale = np.array((image.shape[1], image.shape[0]), np.float32)
    with np.errstate(over="ignore"):
        points_px: Float32 = np.nan_to_num(points[..., :2] * scale)
    return points_px.clip(*_LIMITS_PX)
