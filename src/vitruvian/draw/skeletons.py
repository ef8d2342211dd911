"""The skeleton of one person: landmarks and the lines between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vitruvian.draw.canvas import blend, draw_dot, draw_line, slices_around, to_fixed_points
from vitruvian.draw.colors import DARK, DARK_RGB, SideColors, contrasting, side_of
from vitruvian.skeleton import CONNECTIONS, FACE, PoseLandmark

if TYPE_CHECKING:
    from vitruvian.draw.canvas import FixedPoint
    from vitruvian.types import Float32, Image

_DOT, _FACE_DOT = 1.2, 0.6  # the radius of a landmark in line widths
_SHOULDERS = (11, 12)
_MOUTH, _NOSE = (9, 10), (0,)
_CLEAR = 128  # the least opacity that is not transparent
# The ends of the neck, which are no landmarks, follow the 33 landmarks in the list of points. The
# neck is drawn first, under the shoulders and the mouth.
_NECK = (33, 34)

# Each line with the index of its colour, and each landmark's radius and index of its colour.
_LINES = [(start, end, side_of(start, end)) for start, end in (_NECK, *CONNECTIONS)]
_DOTS = [(_FACE_DOT if i in FACE else _DOT, side_of(i)) for i in PoseLandmark]


def draw_skeleton(
    canvas: Image,
    points_px: Float32,
    visibility: Float32,
    landmarks: frozenset[int],
    line_colors: SideColors,
    dot_colors: SideColors,
    line_px: float,
) -> None:
    """Draw one person's landmarks and the lines between them.

    The neck is the line from the middle of the shoulders to the middle of the mouth, or to the nose
    if the mouth is not among the landmarks to draw.

    Colours and opacities are drawn on layers of their own, which are then blended into the canvas
    at once.

    Args:
        canvas: (H, W, 3) RGB, drawn on.
        points_px: (33, 2) x and y in pixels, finite.
        visibility: (33,) the opacity of each landmark in [0, 1]. A line has the opacity of its less
            visible end.
        landmarks: The landmarks to draw. A line is drawn if both of its ends are.
        line_colors: The colours of the lines on the left side, on the right side, and between.
        dot_colors: The same of the landmarks.
        line_px: The width of a line in pixels.
    """
    opacity = [255 * value if i in landmarks else 0 for i, value in enumerate(visibility.tolist())]
    # What is drawn later covers the rest: transparent lines and landmarks are first.
    dots = [i for i, value in enumerate(opacity) if value]
    dots.sort(key=lambda i: opacity[i] >= _CLEAR)
    if not dots:
        return
    head = _MOUTH if landmarks.issuperset(_MOUTH) else _NOSE
    opacity += [min(opacity[i] for i in ends) for ends in (_SHOULDERS, head)]
    lines = [
        (start, end, side, faintest)
        for start, end, side in _LINES
        if (faintest := min(opacity[start], opacity[end]))
    ]
    lines.sort(key=lambda line: line[-1] >= _CLEAR)

    thickness = round(line_px)
    # No dot or line reaches further, with its outline.
    rows, columns = slices_around(canvas, points_px[dots], round(_DOT * line_px) + 4)
    part = canvas[rows, columns]
    if not part.size:
        return
    colors, opacities = np.full_like(part, DARK), np.zeros(part.shape[:2], np.uint8)
    fixed = to_fixed_points(points_px - (columns.start, rows.start))
    fixed += [_middle([fixed[i] for i in ends]) for ends in (_SHOULDERS, head)]
    line_outlines = [contrasting(color) for color in line_colors]
    dot_outlines = [contrasting(color) for color in dot_colors]

    # The opacities decide where something is drawn and how strongly. The layer of colours is dark
    # from the start, as most outlines are. Others extend one pixel further than the opacities, so
    # that their smooth edge blends into the image.
    for start, end, side, line_opacity in lines:
        ends = (fixed[start], fixed[end])
        if line_outlines[side] != DARK_RGB:
            draw_line(colors, ends, line_outlines[side], thickness + 4, cv2.LINE_8)
        draw_line(opacities, ends, line_opacity, thickness + 2)
    for start, end, side, _ in lines:
        draw_line(colors, (fixed[start], fixed[end]), line_colors[side], thickness)
    for index in dots:
        radius, side = _DOTS[index]
        center, radius_px = fixed[index], radius * line_px
        draw_dot(colors, center, dot_outlines[side], radius_px + 2, cv2.LINE_8)
        draw_dot(opacities, center, opacity[index], radius_px + 1)
        draw_dot(colors, center, dot_colors[side], radius_px)

    blend(colors, opacities, part)


def _middle(points: list[FixedPoint]) -> FixedPoint:
    return [round(sum(values) / len(points)) for values in zip(*points, strict=True)]
