"""Round shapes, turned around a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .mesh import FloatArray, IntArray


def tube(
    path_m: FloatArray, radii_m: FloatArray, sides: int = 12
) -> tuple[FloatArray, IntArray, IntArray]:
    """Return a tube around a path (N, 3) in the plane of y and z.

    Returns:
        Its vertices (N · sides, 3), its triangles, and to which point of the path each vertex
        belongs.
    """
    along = np.gradient(path_m, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    sideways = np.array([1.0, 0.0, 0.0])
    angles_rad = np.arange(sides) * 2 * np.pi / sides
    rings = (
        np.cos(angles_rad)[None, :, None] * sideways
        + np.sin(angles_rad)[None, :, None] * np.cross(along, sideways)[:, None, :]
    )
    vertices_m = path_m[:, None] + rings * radii_m[:, None, None]

    number = np.arange(len(path_m) * sides, dtype=np.int32).reshape(-1, sides)
    here, there = number[:-1], number[1:]
    corners = np.stack([here, np.roll(here, -1, 1), np.roll(there, -1, 1), there], axis=2)
    faces = corners.reshape(-1, 4)
    triangles = np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])
    return vertices_m.reshape(-1, 3), triangles, np.repeat(np.arange(len(path_m)), sides)
