"""Result → pixels. Works on a saved result; knows no model."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np

from vitruvian.skeleton import CONNECTIONS, FACE, LEFT, RIGHT

if TYPE_CHECKING:
    from vitruvian.types import Float32, Image, PoseResult

Color: TypeAlias = tuple[int, int, int] | float

_LEFT_RGB, _RIGHT_RGB, _MIDDLE_RGB = (255, 138, 0), (0, 198, 255), (245, 245, 245)
_CASING_RGB = (24, 24, 24)  # under every line, so that it shows on any background
_TINT_RGB = (124, 77, 255)
_TINT_OPACITY = 0.45

_LINES_PER_PICTURE = 220  # a line's thickness as a part of the picture's shorter side
_LINES_PER_BODY = 60  # but of the body's height, where the body is small
_DOT, _FACE_DOT = 1.2, 0.6  # a landmark's radius in line thicknesses
_SUBPIXEL_BITS = 4  # OpenCV draws at 1/16 pixel
_SUBPIXELS = 2**_SUBPIXEL_BITS
_FARTHEST_PX = 1e6  # OpenCV's coordinates are 32-bit


def annotate(image: Image, result: PoseResult) -> Image:
    """Draw the people of a result.

    Left is orange, right is blue, as the person sees it; what is hardly visible fades. Masks, if
    the result has them, are tinted.

    Args:
        image: (H, W, 3) uint8 RGB, the frame that the result is of, in any size.
        result: what was found in it.

    Returns:
        A new picture of the same shape.
    """
    height, width = image.shape[:2]
    canvas = image.copy()
    for mask in () if result.segmentation_masks is None else result.segmentation_masks:
        canvas = _tint(canvas, mask)
    for landmarks, visibility in zip(result.pose_landmarks, result.visibility, strict=True):
        points = np.nan_to_num(landmarks[:, :2] * np.array((width, height), np.float32))
        _draw_skeleton(canvas, np.clip(points, -_FARTHEST_PX, _FARTHEST_PX), visibility)
    return canvas


def _tint(image: Image, mask: Float32) -> Image:
    height, width = image.shape[:2]
    if mask.shape != (height, width):
        mask = cv2.resize(mask, (width, height))  # type: ignore[assignment]
    weight = mask * np.float32(_TINT_OPACITY)
    tint = np.full_like(image, _TINT_RGB)
    return cv2.blendLinear(tint, image, weight, 1 - weight)  # type: ignore[return-value]


def _draw_skeleton(canvas: Image, points: Float32, visibility: Float32) -> None:
    """Draw one person; `points` are (33, 2) in the canvas' pixels.

    Colours and opacities are drawn on layers of their own, then laid over the canvas at once.
    """
    height, width = canvas.shape[:2]
    body = float(np.ptp(points, axis=0).max())
    line_px = max(min(min(height, width) / _LINES_PER_PICTURE, body / _LINES_PER_BODY), 1.0)
    thickness = round(line_px)

    # Only the rectangle around the body is touched.
    margin = 6 * thickness
    left, top = np.clip(points.min(axis=0) - margin, 0, (width, height)).astype(int)
    right, bottom = np.clip(points.max(axis=0) + margin, 0, (width, height)).astype(int)
    if left >= right or top >= bottom:
        return
    part = canvas[top:bottom, left:right]
    colors, opacities = part.copy(), np.zeros(part.shape[:2], np.uint8)
    opacity = (255 * visibility).tolist()
    fixed = np.round((points - (left, top)) * _SUBPIXELS).astype(int).tolist()

    def line(layer: Image, ends: tuple[int, int], color: Color, width_px: int, kind: int) -> None:
        start, end = (fixed[index] for index in ends)
        cv2.line(layer, start, end, color, width_px, kind, _SUBPIXEL_BITS)

    def dot(layer: Image, index: int, color: Color, radius_px: float, kind: int) -> None:
        radius = round(radius_px * _SUBPIXELS)
        cv2.circle(layer, fixed[index], radius, color, cv2.FILLED, kind, _SUBPIXEL_BITS)

    # The casing says where anything shows and how strongly; its colour reaches a pixel further, so
    # that its smooth edge fades into the picture.
    for ends in CONNECTIONS:
        line(colors, ends, _CASING_RGB, thickness + 4, cv2.LINE_8)
        line(opacities, ends, min(opacity[index] for index in ends), thickness + 2, cv2.LINE_AA)
    for ends in CONNECTIONS:
        line(colors, ends, _side_rgb(*ends), thickness, cv2.LINE_AA)
    for index in range(len(points)):
        dot_px = line_px * (_FACE_DOT if index in FACE else _DOT)
        dot(colors, index, _CASING_RGB, dot_px + 2, cv2.LINE_8)
        dot(opacities, index, opacity[index], dot_px + 1, cv2.LINE_AA)
        dot(colors, index, _side_rgb(index), dot_px, cv2.LINE_AA)

    weight = opacities.astype(np.float32) / 255
    part[:] = cv2.blendLinear(colors, part, weight, 1 - weight)


def _side_rgb(*landmarks: int) -> tuple[int, int, int]:
    if LEFT.issuperset(landmarks):
        return _LEFT_RGB
    return _RIGHT_RGB if RIGHT.issuperset(landmarks) else _MIDDLE_RGB
