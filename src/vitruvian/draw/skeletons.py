"""The skeleton of one person: landmarks and the lines between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.colors import SideColors, contrasting, side_of
from vitruvian.draw.capsules import Capsule, draw_capsules
from vitruvian.skeleton import CONNECTIONS, FACE, PoseLandmark

if TYPE_CHECKING:
    from vitruvian.types import Float32, Image

_DOT, _FACE_DOT = 1.0, 0.55  # the radius of a landmark in line widths
_OUTLINE = 0.15  # the width of an outline in line widths
_MIN_OUTLINE_PX = 1.0
_SHOULDERS = (11, 12)
_MOUTH, _NOSE = (9, 10), (0,)
_CLEAR = 0.5  # the least opacity that is not transparent
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
    opacities = [value if i in landmarks else 0.0 for i, value in enumerate(visibility.tolist())]
    head = _MOUTH if landmarks.issuperset(_MOUTH) else _NOSE
    neck = [[*_SHOULDERS], [*head]]
    opacities += [min(opacities[i] for i in ends) for ends in neck]
    neck_px = [points_px[ends].mean(axis=0) for ends in neck]
    points = [(x, y) for x, y in np.vstack((points_px, neck_px)).tolist()]

    lines = [
        Capsule(points[start], points[end], line_px / 2, line_colors[side], opacity)
        for start, end, side in _LINES
        if (opacity := min(opacities[start], opacities[end]))
    ]
    dots = [
        Capsule(points[i], points[i], radius * line_px, dot_colors[side], opacities[i])
        for i, (radius, side) in enumerate(_DOTS)
        if opacities[i]
    ]
    # What is drawn later covers the rest: transparent lines and landmarks are first.
    outline_px = max(_OUTLINE * line_px, _MIN_OUTLINE_PX)
    capsules: list[Capsule] = []
    for is_clear in (False, True):
        alike = [line for line in lines if _is_clear(line) == is_clear]
        capsules += [*(_outline(line, outline_px) for line in alike), *alike]
    for dot in sorted(dots, key=_is_clear):
        capsules += [_outline(dot, outline_px), dot]
    draw_capsules(canvas, capsules)


def _is_clear(capsule: Capsule) -> bool:
    return capsule.opacity >= _CLEAR


def _outline(capsule: Capsule, width_px: float) -> Capsule:
    radius_px = capsule.radius_px + width_px
    return capsule._replace(radius_px=radius_px, color=contrasting(capsule.color))
