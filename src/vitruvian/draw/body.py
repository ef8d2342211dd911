"""The measures of a body in an image: its scale, and the circle around its face."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vitruvian.skeleton import FACE, PoseLandmark

if TYPE_CHECKING:
    from vitruvian.types import Float32

_TORSO_M = 0.5  # from the shoulders' midpoint to the hips' midpoint
_SHOULDERS, _HIPS = [11, 12], [23, 24]
_FACE = sorted(FACE)
_COUNT = len(PoseLandmark)
# From the middle of the face's landmarks to the hairline, the ears and the chin.
_FACE_RADIUS_M = 0.13
# The same, in distances from that middle to the outermost landmark: an ear, the nose or the mouth.
_FACE_RADIUS = 1.8


class Circle(NamedTuple):
    """A circle in an image, in pixels."""

    x: float
    y: float
    radius: float


def pixels_per_metre(points_px: Float32, world_points: Float32) -> list[float]:
    """Return how many pixels of the image correspond to one metre of each body.

    This is the ratio of the spread of all landmarks in the image to their spread in the world. It
    hardly changes when a person raises the arms or bends: its standard deviation for the person who
    jumps in Sports2D's demonstration video is 4.5 % of its mean. That of the torso's length is 9 %,
    and that of the bounding box's longer side 16 %.

    Args:
        points_px: (N, 33, 2) x and y in pixels, finite.
        world_points: (N, 33, 3) the same landmarks in metres. If they have no spread, the length of
            the torso is used instead.

    Returns:
        The pixels per metre of each person.
    """
    scales = []
    spreads = zip(_spread(points_px), _spread(world_points[..., :2]), strict=True)
    for points, (spread_px, spread_m) in zip(points_px, spreads, strict=True):
        if 0 < spread_m < inf:
            scales.append(spread_px / spread_m)
        else:
            torso_px = points[_SHOULDERS].mean(axis=0) - points[_HIPS].mean(axis=0)
            scales.append(float(np.linalg.norm(torso_px)) / _TORSO_M)
    return scales


def _spread(points: Float32) -> list[float]:
    """Return the standard deviations of the points (N, 33, 2) of each person."""
    with np.errstate(invalid="ignore"):  # infinite points have no spread
        offsets = points - points.mean(axis=1, keepdims=True, dtype=np.float64)
    spreads: list[float] = np.sqrt(np.einsum("nij,nij->n", offsets, offsets) / _COUNT).tolist()
    return spreads


def face_circle(points_px: Float32, scale: float) -> Circle:
    """Return the circle around a face, from the hairline to the chin.

    The face's landmarks are estimated also if the face is turned away, so the circle is there, too.

    Args:
        points_px: (33, 2) one person's landmarks in pixels, finite.
        scale: The pixels per metre of the person.
    """
    face = points_px[_FACE]
    center = (face.min(axis=0) + face.max(axis=0)) / 2
    spread = np.linalg.norm(face - center, axis=1).max()
    radius = max(_FACE_RADIUS_M * scale, _FACE_RADIUS * float(spread))
    return Circle(float(center[0]), float(center[1]), radius)
