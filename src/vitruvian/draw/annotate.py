"""Draws the people of a result on its image. It works on saved results and needs no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vitruvian.draw.canvas import (
    blend,
    draw_dot,
    draw_line,
    line_width_px,
    slices_around,
    to_fixed_points,
    to_pixels,
)
from vitruvian.draw.colors import (
    MASK_RGB,
    OUTLINE_RGB,
    SIDE_COLORS,
    color_of_id,
    side_colors_of_id,
)
from vitruvian.draw.labels import draw_label
from vitruvian.skeleton import CONNECTIONS, FACE
from vitruvian.types import as_rgb_image

if TYPE_CHECKING:
    from vitruvian.draw.colors import Rgb, SideColors
    from vitruvian.result import PoseResult
    from vitruvian.types import Float32, Image

_MASK_OPACITY = 0.45
_DOT, _FACE_DOT = 1.2, 0.6  # the radius of a landmark in line widths


def annotate(image: Image, result: PoseResult, *, by_id: bool = False) -> Image:
    """Draw the people of a result.

    The person's own left side is orange, the right side is blue. Landmarks with a low visibility
    are transparent. Masks, if the result has them, tint the image.

    Args:
        image: (H, W, 3) uint8 RGB, the frame of the result, at any size.
        result: The people in the frame.
        by_id: Draw each person in a colour of its own, bright on the left side and dark on the
            right side, with a label that shows the id.

    Returns:
        A new image of the same shape.

    Raises:
        FrameError: The array is not an RGB image.
    """
    canvas = as_rgb_image(image).copy()
    people = list(
        zip(result.ids, to_pixels(result.pose_landmarks, image), result.visibility, strict=True)
    )
    if result.segmentation_masks is not None:
        for identity, mask in zip(result.ids, result.segmentation_masks, strict=True):
            canvas = _tint(canvas, mask, color_of_id(identity) if by_id else MASK_RGB)
    for identity, points_px, visibility in people:
        colors = side_colors_of_id(identity) if by_id else SIDE_COLORS
        _draw_skeleton(canvas, points_px, visibility, colors)
    for identity, points_px, _ in people if by_id else ():
        draw_label(canvas, identity, points_px)
    return canvas


def _tint(image: Image, mask: Float32, color: Rgb) -> Image:
    height, width = image.shape[:2]
    if mask.shape != (height, width):
        mask = cv2.resize(mask, (width, height))  # type: ignore[assignment]
    weight = mask * np.float32(_MASK_OPACITY)
    tint = np.full_like(image, color)
    return cv2.blendLinear(tint, image, weight, 1 - weight)  # type: ignore[return-value]


def _draw_skeleton(
    canvas: Image, points_px: Float32, visibility: Float32, side_colors: SideColors
) -> None:
    """Draw one person's landmarks (33, 2) and the lines between them.

    Colours and opacities are drawn on layers of their own, which are then blended into the canvas
    at once.
    """
    body_px = float(np.ptp(points_px, axis=0).max())
    line_px = line_width_px(canvas, body_px)
    thickness = round(line_px)
    rows, columns = slices_around(canvas, points_px, 6 * thickness)
    part = canvas[rows, columns]
    if not part.size:
        return
    colors, opacities = part.copy(), np.zeros(part.shape[:2], np.uint8)
    opacity = (255 * visibility).tolist()
    fixed = to_fixed_points(points_px - (columns.start, rows.start))

    # The opacities decide where something is drawn and how strongly. The outline's colour extends
    # one pixel further, so that its smooth edge blends into the image.
    for start, end in CONNECTIONS:
        ends, line_opacity = (fixed[start], fixed[end]), min(opacity[start], opacity[end])
        draw_line(colors, ends, OUTLINE_RGB, thickness + 4, cv2.LINE_8)
        draw_line(opacities, ends, line_opacity, thickness + 2)
    for start, end in CONNECTIONS:
        draw_line(colors, (fixed[start], fixed[end]), side_colors.of(start, end), thickness)
    for index, center in enumerate(fixed):
        radius_px = line_px * (_FACE_DOT if index in FACE else _DOT)
        draw_dot(colors, center, OUTLINE_RGB, radius_px + 2, cv2.LINE_8)
        draw_dot(opacities, center, opacity[index], radius_px + 1)
        draw_dot(colors, center, side_colors.of(index), radius_px)

    blend(colors, opacities, part)
