"""Rounded bodies as triangles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vitruvian.rig.rotations import directions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Float64

_AROUND = 16  # vertices of a ring
_RINGS_OF_END = 5


class Mesh(NamedTuple):
    """A surface of triangles.

    Attributes:
        positions: (V, 3) of the vertices.
        normals: (V, 3) of length 1.
        triangles: (F, 3) the vertices of each one, counterclockwise from outside.
    """

    positions: Float64
    normals: Float64
    triangles: NDArray[np.int64]


def rounded(
    start: Float64, end: Float64, start_radii: Float64, end_radii: Float64, side: Float64
) -> Mesh:
    """Return a cone with round ends, which may be flat and may have no length.

    Args:
        start: (3,) the middle of its first end.
        end: (3,) that of the other one.
        start_radii: (3,) towards the side, perpendicular to it, and along the cone.
        end_radii: (3,) those of the other end.
        side: (3,) the direction of the first radius. The cone is perpendicular to it.
    """
    along = directions(end - start, np.roll(side, 1))
    angles = np.linspace(-np.pi / 2, np.pi / 2, 2 * _RINGS_OF_END + 1)[1:-1]
    first, last = angles[:_RINGS_OF_END], angles[_RINGS_OF_END - 1 :]
    ends = ((start, start_radii, first), (end, end_radii, last))
    centres = [m + np.outer(np.sin(a) * radii[2], along) for m, radii, a in ends]
    radii = [np.outer(np.cos(a), radii[:2]) for _, radii, a in ends]
    poles = start - start_radii[2] * along, end + end_radii[2] * along
    return lathed(np.concatenate(centres), np.concatenate(radii), side, poles)


def lathed(centres: Float64, radii: Float64, side: Float64, poles: tuple[Float64, Float64]) -> Mesh:
    """Return a body of elliptic rings, which is closed at both ends.

    Args:
        centres: (R, 3) of the rings, along a line.
        radii: (R, 2) towards the side, and perpendicular to it.
        side: (3,) of length 1, perpendicular to the line.
        poles: where the body begins and ends.
    """
    along = directions(poles[1] - poles[0], np.roll(side, 1))
    angles = np.arange(_AROUND) * (2 * np.pi / _AROUND)
    circle = np.stack((np.cos(angles), np.sin(angles)), axis=-1)
    plane = np.stack((side, np.cross(along, side)))
    rings = centres[:, np.newaxis] + (circle * radii[:, np.newaxis]) @ plane
    positions = np.vstack((poles[0], rings.reshape(-1, 3), poles[1]))
    # Each pole is a ring of one vertex.
    last = len(positions) - 1
    vertices = np.arange(1, last).reshape(-1, _AROUND)
    vertices = np.vstack((np.full(_AROUND, 0), vertices, np.full(_AROUND, last)))
    low, high = vertices[:-1], vertices[1:]
    next_low, next_high = np.roll(low, -1, axis=1), np.roll(high, -1, axis=1)
    # Two triangles between each two neighbours on each two rings; at a pole, only one has an area.
    lower = np.stack((low, next_low, high), axis=-1)[1:]
    upper = np.stack((next_low, next_high, high), axis=-1)[:-1]
    triangles = np.concatenate((lower.reshape(-1, 3), upper.reshape(-1, 3)))
    return Mesh(positions, _normals(positions, triangles), triangles)


def joined(meshes: list[Mesh]) -> Mesh:
    """Return several meshes as one."""
    firsts = np.cumsum([0, *(len(mesh.positions) for mesh in meshes[:-1])])
    return Mesh(
        np.concatenate([mesh.positions for mesh in meshes]),
        np.concatenate([mesh.normals for mesh in meshes]),
        np.concatenate([mesh.triangles + at for mesh, at in zip(meshes, firsts, strict=True)]),
    )


def _normals(positions: Float64, triangles: NDArray[np.int64]) -> Float64:
    """Return the mean direction of the triangles at each vertex, weighted with their areas."""
    first, second, third = (positions[triangles[:, corner]] for corner in range(3))
    of_triangles = np.cross(second - first, third - first)
    sums = np.zeros_like(positions)
    for corner in range(3):
        np.add.at(sums, triangles[:, corner], of_triangles)
    longest = np.abs(sums).max(initial=1e-300)
    return directions(sums / longest, np.array((0.0, 1.0, 0.0)))
