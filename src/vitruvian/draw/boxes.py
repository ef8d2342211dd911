"""Bounding boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vitruvian.draw.colors import contrasting

if TYPE_CHECKING:
    from vitruvian.draw.colors import Rgb
    from vitruvian.types import Float32, Image


def draw_box(canvas: Image, box: Float32, color: Rgb, thickness: int) -> None:
    """Draw a rectangle with an outline, if it is in the image.

    Args:
        canvas: (H, W, 3) RGB, drawn on.
        box: (4,) x_min, y_min, x_max, y_max in normalized coordinates. Sides beyond the image are
            moved to its edge.
        color: The colour of the rectangle.
        thickness: The width of its lines in pixels.
    """
    height, width = canvas.shape[:2]
    left, top, right, bottom = box.astype(np.float64) * (width, height, width, height)
    if not (right >= 0 and left <= width - 1 and bottom >= 0 and top <= height - 1):
        return  # outside of the image, or not a number
    start = (round(max(left, 0)), round(max(top, 0)))
    end = (round(min(right, width - 1)), round(min(bottom, height - 1)))
    cv2.rectangle(canvas, start, end, contrasting(color), thickness + 2)
    cv2.rectangle(canvas, start, end, color, thickness)
