"""Lines and dots with subpixel precision, on layers that are blended into an image.

A layer covers the part of the canvas around what is drawn: one layer holds the colours, another
the opacities.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np

if TYPE_CHECKING:
    from vitruvian.draw.colors import Rgb
    from vitruvian.types import Float32, Image

FixedPoint: TypeAlias = list[int]  # x and y in units of 1/16 pixel

_SUBPIXEL_BITS = 4  # OpenCV draws at a precision of 1/16 pixel
_SUBPIXELS = 2**_SUBPIXEL_BITS
_LIMITS_PX = (-1e6, 1e6)  # OpenCV's coordinates have 32 bits
_LINES_PER_IMAGE = 220  # the shorter side of an image in line widths
_STRIP_PIXELS = 2**20  # are blended at a time, because the weights take more memory than an image
_LINES_PER_METRE = 36  # one metre of a small body in line widths


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
        (..., 2) x and y in pixels, finite, and limited to what OpenCV can draw.
    """
    scale = np.array((image.shape[1], image.shape[0]), np.float32)
    with np.errstate(over="ignore"):
        points_px: Float32 = np.nan_to_num(points[..., :2] * scale)
    return points_px.clip(*_LIMITS_PX)


def to_fixed_points(points_px: Float32) -> list[FixedPoint]:
    """Convert points (N, 2) in pixels to the fixed-point numbers that OpenCV draws at."""
    fixed: list[FixedPoint] = np.round(points_px * _SUBPIXELS).astype(int).tolist()
    return fixed


def slices_around(canvas: Image, points_px: Float32, margin_px: int) -> tuple[slice, slice]:
    """Return the rows and columns of the canvas that contain points (N, 2), with a margin."""
    height, width = canvas.shape[:2]
    left, top = np.clip(points_px.min(axis=0) - margin_px, 0, (width, height)).astype(int)
    right, bottom = np.clip(points_px.max(axis=0) + margin_px, 0, (width, height)).astype(int)
    return slice(top, bottom), slice(left, right)


def draw_line(
    layer: Image,
    ends: tuple[FixedPoint, FixedPoint],
    color: Rgb | float,
    width_px: int,
    line_type: int = cv2.LINE_AA,
) -> None:
    """Draw a line on a layer of colours or of opacities."""
    cv2.line(layer, *ends, color, width_px, line_type, _SUBPIXEL_BITS)


def draw_dot(
    layer: Image,
    center: FixedPoint,
    color: Rgb | float,
    radius_px: float,
    line_type: int = cv2.LINE_AA,
) -> None:
    """Draw a filled circle on a layer of colours or of opacities."""
    radius = round(radius_px * _SUBPIXELS)
    cv2.circle(layer, center, radius, color, cv2.FILLED, line_type, _SUBPIXEL_BITS)


def blend(colors: Image, opacities: Image, part: Image) -> None:
    """Blend colours (H, W, 3) into a part of the canvas, by opacities (H, W) from 0 to 255."""
    rows = max(_STRIP_PIXELS // part.shape[1], 1)
    for top in range(0, len(part), rows):
        strip = slice(top, top + rows)
        weight = np.multiply(opacities[strip], np.float32(1 / 255), dtype=np.float32)
        part[strip] = cv2.blendLinear(colors[strip], part[strip], weight, 1 - weight)
