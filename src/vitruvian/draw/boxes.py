"""Bounding boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.colors import contrasting

if TYPE_CHECKING:
    from vitruvian.colors import Rgb
    from vitruvian.types import Float32, Image


def draw_box(canvas: Image, box: Float32, color: Rgb, thickness: int) -> None:
    """Draw a rectangle with an outline, if it is in the image.

    Args:
        canvas: (H, W, 3) RGB, drawn on.
        box: (4,) x_min, y_min, x_max, y_max in normalized coordinates. Sides beyond the image are
            moved to its edge.
        color: The colour of the rectangle.
        thickness: The width of its lines in pixels; even numbers count as the next odd one.
    """
    height, width = canvas.shape[:2]
    left, top, right, bottom = box.astype(np.float64) * (width, height, width, height)
    if not (right >= 0 and left <= width - 1 and bottom >= 0 and top <= height - 1):
        return  # outside of the image, or not a number
    columns = (round(max(left, 0)), round(min(right, width - 1)))
    rows = (round(max(top, 0)), round(min(bottom, height - 1)))
    half = thickness // 2
    for reach, shade in ((half + 1, contrasting(color)), (half, color)):
        whole_rows = slice(max(rows[0] - reach, 0), rows[1] + reach + 1)
        whole_columns = slice(max(columns[0] - reach, 0), columns[1] + reach + 1)
        for x in columns:
            canvas[whole_rows, max(x - reach, 0) : x + reach + 1] = shade
        for y in rows:
            canvas[max(y - reach, 0) : y + reach + 1, whole_columns] = shade
