"""Which landmarks of a person the camera sees, by what each line of sight meets first.

A landmark is visible if the first surface on the line from the camera to it is near it, and belongs
to a segment of the same person's body that the landmark is part of. What "near" means depends on
the landmark:

- Points on the surface, such as the nose, may lie `_COVER_M` under it, for hair and shoes.
- Joint centres always lie in the body. The distance to the nearest skin of their segments says how
  thick the body is there, and in other directions it is up to three times as thick: wrists and
  ankles are flat, and hips lie nearer to the side than to the back. A line that goes through more
  than that enters on the far side of something else. So the hip is visible from the front and from
  behind, as an annotator would mark it, and the far shoulder is not visible from the side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .picture.camera import NEAR_M
from .picture.mesh import SCENERY

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from .picture.camera import Camera

    Float64 = NDArray[np.float64]
    Int32 = NDArray[np.int32]

_COVER_M = 0.025
_THICKNESSES = 3.0
_JOINTS = range(11, 29)  # the landmarks from the shoulders to the ankles


class Surface(NamedTuple):
    """Triangles that may be seen.

    Attributes:
        positions_m: (V, 3) in world space.
        triangles: (T, 3) indices of vertices.
        segments: (T,) the segment of a body that each belongs to; any value for `SCENERY`.
        owner: the number of the person, or `SCENERY`.
    """

    positions_m: Float64
    triangles: Int32
    segments: Int32
    owner: int


class Sight(NamedTuple):
    """What lines of sight meet first; infinitely far if nothing.

    Attributes:
        depths_m: (N,) along the axis of the camera.
        segments: (N,) of the surface.
        owners: (N,) of the surface.
    """

    depths_m: Float64
    segments: Int32
    owners: Int32


def reach_m(
    landmarks_m: Float64, surfaces: Collection[Surface], segments_of: Sequence[tuple[int, ...]]
) -> Float64:
    """Return how far behind the first surface each landmark may be to be visible, (33,) metres.

    Args:
        landmarks_m: (33, 3) in world space.
        surfaces: of the person.
        segments_of: the segments of which each landmark is part.
    """
    reach = np.full(len(landmarks_m), _COVER_M)
    corners_m = np.concatenate([each.positions_m[each.triangles[:, 0]] for each in surfaces])
    segments = np.concatenate([each.segments for each in surfaces])
    for landmark in _JOINTS:
        near = corners_m[np.isin(segments, segments_of[landmark])]
        squares = ((near - landmarks_m[landmark]) ** 2).sum(axis=1)
        reach[landmark] = max(_COVER_M, _THICKNESSES * np.sqrt(squares.min()))
    return reach


def look(camera: Camera, points_m: Float64, surfaces: Sequence[Surface]) -> Sight:
    """Return what the lines from the camera to points, (N, 3) in world space, meet first.

    Triangles that reach behind the camera are left out, because they have no image.
    """
    corners_px, inverse_depths, segments, owners = [], [], [], []
    for surface in surfaces:
        in_camera = camera.in_camera(surface.positions_m)
        depths_m = in_camera[:, 2][surface.triangles]
        is_before = depths_m.min(axis=1) > NEAR_M
        triangles = surface.triangles[is_before]
        in_camera[:, 2] = np.maximum(in_camera[:, 2], NEAR_M)
        corners_px.append(camera.project(in_camera)[triangles])
        inverse_depths.append(1 / depths_m[is_before])
        segments.append(surface.segments[is_before])
        owners.append(np.full(len(triangles), surface.owner, np.int32))
    points_px = camera.project(camera.in_camera(points_m))
    depths_m, triangle = _first(
        points_px, np.concatenate(corners_px), np.concatenate(inverse_depths)
    )
    missed = triangle < 0
    return Sight(
        depths_m,
        np.where(missed, -1, np.concatenate(segments)[triangle]).astype(np.int32),
        np.where(missed, SCENERY, np.concatenate(owners)[triangle]).astype(np.int32),
    )


def _first(
    points_px: Float64, corners_px: Float64, inverse_depths: Float64
) -> tuple[Float64, NDArray[np.intp]]:
    """Return the depth and the number of the nearest triangle at each point; -1 if there is none.

    Args:
        points_px: (N, 2).
        corners_px: (T, 3, 2).
        inverse_depths: (T, 3) of the corners, which are linear in the image.
    """
    low, high = corners_px.min(axis=1), corners_px.max(axis=1)
    depths_m = np.full(len(points_px), np.inf)
    numbers = np.full(len(points_px), -1)
    for index, point in enumerate(points_px):
        boxes = np.flatnonzero(((low <= point) & (point <= high)).all(axis=1))
        first, second, third = corners_px[boxes].transpose(1, 0, 2)
        weights = np.stack(
            (
                _cross(second, third, point),
                _cross(third, first, point),
                _cross(first, second, point),
            )
        )
        area = weights.sum(axis=0)
        inside = ((weights >= 0).all(axis=0) | (weights <= 0).all(axis=0)) & (area != 0)
        if inside.any():
            parts = weights[:, inside] / area[inside]
            inverse = (parts * inverse_depths[boxes[inside]].T).sum(axis=0)
            nearest = inverse.argmax()
            depths_m[index] = 1 / inverse[nearest]
            numbers[index] = boxes[inside][nearest]
    return depths_m, numbers


def _cross(start: Float64, end: Float64, point: Float64) -> Float64:
    """Return twice the signed area of the triangles of start, end, (K, 2), and a point."""
    to_end, to_point = end - start, point - start
    return to_end[:, 0] * to_point[:, 1] - to_end[:, 1] * to_point[:, 0]
