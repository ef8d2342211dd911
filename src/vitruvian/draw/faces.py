"""Blurs faces, so that people cannot be recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vitruvian.draw.canvas import blend, draw_dot, slices_around, to_fixed_points

if TYPE_CHECKING:
    from vitruvian.draw.body import Circle
    from vitruvian.types import Image

_CELLS_PER_RADIUS = 3  # the averages that remain of a face: six in each direction
_MIN_CELL_PX = 2.0


def blur_face(canvas: Image, face: Circle) -> None:
    """Replace a face by a few averages of its pixels, with smooth transitions.

    Args:
        canvas: (H, W, 3) RGB, drawn on.
        face: The circle around the face. The part of it in the image is blurred.
    """
    # A larger circle also covers the whole image.
    radius_px = min(face.radius, 2.0 * max(canvas.shape[:2]))
    center_px = np.array([(face.x, face.y)], np.float32)
    rows, columns = slices_around(canvas, center_px, round(radius_px) + 1)
    part = canvas[rows, columns]
    if not part.size:
        return
    height, width = part.shape[:2]
    cell_px = max(radius_px / _CELLS_PER_RADIUS, _MIN_CELL_PX)
    cells = (max(round(width / cell_px), 1), max(round(height / cell_px), 1))
    averages = cv2.resize(part, cells, interpolation=cv2.INTER_AREA)
    blurred = cv2.resize(averages, (width, height), interpolation=cv2.INTER_LINEAR)
    opacities = np.zeros((height, width), np.uint8)
    (center,) = to_fixed_points(center_px - (columns.start, rows.start))
    draw_dot(opacities, center, 255, radius_px)
    blend(blurred, opacities, part)  # type: ignore[arg-type]
