"""Blurs faces, so that people cannot be recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import PIL.Image

if TYPE_CHECKING:
    from vitruvian.draw.body import Circle
    from vitruvian.types import Float32, Image

_CELLS_PER_RADIUS = 3  # the averages that remain of a face: six in each direction
_MIN_CELL_PX = 2.0


def blur_face(canvas: Image, face: Circle) -> None:
    """Replace a face by a few averages of its pixels, with smooth transitions.

    Args:
        canvas: (H, W, 3) RGB, drawn on.
        face: The circle around the face. The part of it in the image is blurred.
    """
    height, width = canvas.shape[:2]
    # A larger circle also covers the whole image.
    radius_px = min(face.radius, 2.0 * max(height, width))
    reach_px = round(radius_px) + 1
    columns = _places(face.x - reach_px, face.x + reach_px, width)
    rows = _places(face.y - reach_px, face.y + reach_px, height)
    if not (columns.size and rows.size):
        return
    part = canvas[int(rows[0]) : int(rows[-1]) + 1, int(columns[0]) : int(columns[-1]) + 1]
    sharp = PIL.Image.fromarray(part)
    cell_px = max(radius_px / _CELLS_PER_RADIUS, _MIN_CELL_PX)
    cells = (max(round(sharp.width / cell_px), 1), max(round(sharp.height / cell_px), 1))
    averages = sharp.resize(cells, PIL.Image.Resampling.BOX)
    blurred = averages.resize(sharp.size, PIL.Image.Resampling.BILINEAR)
    disc = _disc(columns - face.x, rows - face.y, radius_px)
    part[:] = np.asarray(PIL.Image.composite(blurred, sharp, PIL.Image.fromarray(disc)))


def _places(low: float, high: float, count: int) -> Float32:
    """Return the columns or rows from one position to another that an image has."""
    first, end = np.clip((low, high), 0, count).astype(int)
    return np.arange(first, end, dtype=np.float32)


def _disc(x_px: Float32, y_px: Float32, radius_px: float) -> Image:
    """Return the opacity of a disc, from 0 to 255, at distances from its centre.

    Args:
        x_px: (W,) the distances of the columns.
        y_px: (H,) the distances of the rows.
        radius_px: The disc's radius.

    Returns:
        (H, W) 255 inside, 0 outside, and less than 255 at the edge.
    """
    distances_px = np.hypot(x_px, y_px[:, np.newaxis])
    return np.round(255 * (radius_px + 0.5 - distances_px).clip(0, 1)).astype(np.uint8)
