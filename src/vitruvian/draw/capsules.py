"""Lines and discs with smooth edges, at any position between pixels.

A capsule is a line of some width with round ends; a disc is a capsule whose ends are equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vitruvian.native import library

if TYPE_CHECKING:
    from collections.abc import Sequence
    from ctypes import CDLL

    from vitruvian.colors import Rgb
    from vitruvian.types import Float32, Float64, Image

# So many rows are drawn at a time, because the layer takes much memory; the same in native/draw.c.
_BAND_HEIGHT = 16


class Capsule(NamedTuple):
    """All points that are not further than a radius from a line.

    Attributes:
        start_px: x and y of one end of the line, finite.
        end_px: The other end.
        radius_px: At least 0.5.
        color: RGB.
        opacity: From 0 to 1.
    """

    start_px: tuple[float, float]
    end_px: tuple[float, float]
    radius_px: float
    color: Rgb
    opacity: float


def draw_capsules(canvas: Image, capsules: Sequence[Capsule]) -> None:
    """Draw capsules on a layer, each over the previous ones, and blend the layer into an image.

    On the layer a capsule replaces what it covers, so what is transparent does not show what was
    drawn before. A pixel is partly covered if its distance from the edge is less than half a pixel.

    Args:
        canvas: (H, W, 3) RGB, contiguous, drawn on. A pixel's position is its whole number.
        capsules: What to draw, also outside of the image.
    """
    if not capsules:
        return
    lines = [(*one.start_px, *one.end_px, one.radius_px) for one in capsules]
    shapes = np.array(lines, np.float64)
    rgba = np.array([(*one.color, 1.0) for one in capsules])
    premultiplied = rgba * [[one.opacity] for one in capsules]
    if library.core is None:
        _draw_in_numpy(canvas, shapes, premultiplied.astype(np.float32))
    else:
        _draw_in_c(library.core, canvas, np.hstack((shapes, premultiplied)))


def _draw_in_c(core: CDLL, canvas: Image, capsules: Float64) -> None:
    height, width = canvas.shape[:2]
    layer = np.zeros((_BAND_HEIGHT, width, 4), np.float32)
    core.draw_capsules(
        canvas.ctypes.data, height, width, capsules.ctypes.data, len(capsules), layer.ctypes.data
    )


def _draw_in_numpy(canvas: Image, shapes: Float64, colors: Float32) -> None:
    reaches = shapes[:, 4] + 0.5
    ends = np.sort(shapes[:, :4].reshape(-1, 2, 2), axis=1)
    first, last = ends[:, 0] - reaches[:, np.newaxis], ends[:, 1] + reaches[:, np.newaxis]
    for top in range(0, len(canvas), _BAND_HEIGHT):
        band = canvas[top : top + _BAND_HEIGHT]
        layer = np.zeros((*band.shape[:2], 4), np.float32)
        low, high = (0, top), (band.shape[1] - 1, top + len(band) - 1)
        is_there = (last >= low).all(axis=1) & (first <= high).all(axis=1)
        for index in np.flatnonzero(is_there):
            left, upper = np.ceil(np.maximum(first[index], low)).astype(int)
            right, lower = np.floor(np.minimum(last[index], high)).astype(int) + 1
            coverage = _coverage(shapes[index], np.arange(left, right), np.arange(upper, lower))
            part = layer[upper - top : lower - top, left:right]
            part *= 1 - coverage
            part += colors[index] * coverage
        band[:] = band * (1 - layer[..., 3:]) + layer[..., :3] + np.float32(0.5)


def _coverage(shape: Float64, x: Float64, y: Float64) -> Float32:
    """Return how much of each pixel a capsule covers (len(y), len(x), 1)."""
    start, end, radius = shape[:2], shape[2:4], shape[4]
    offset_x, offset_y = x - start[0], (y - start[1])[:, np.newaxis]
    along_x, along_y = end - start
    length_2 = along_x * along_x + along_y * along_y
    scale = 1 / length_2 if length_2 > 0 else 0.0
    part = ((offset_x * along_x + offset_y * along_y) * scale).clip(0, 1)
    away_x, away_y = offset_x - part * along_x, offset_y - part * along_y
    distance_2 = away_x * away_x + away_y * away_y
    outer, inner = radius + 0.5, radius - 0.5
    coverage = np.where(distance_2 <= inner * inner, 1, outer - np.sqrt(distance_2))
    coverage[distance_2 >= outer * outer] = 0
    return coverage.astype(np.float32)[..., np.newaxis]
