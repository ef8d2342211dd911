"""Simple solids, of which rooms and things are built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..body import normals as normals_of
from .mesh import Mesh

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .mesh import Material

    Float64 = NDArray[np.float64]
    Vector = tuple[float, float, float]


def rectangle(
    corner_m: Vector,
    along_m: Vector,
    up_m: Vector,
    material: Material,
    tile_m: float = 1.0,
    *,
    casts_shadow: bool = False,
) -> Mesh:
    """Return a rectangle that is seen from the side from which its edges turn counterclockwise.

    Args:
        corner_m: the first corner.
        along_m: the edge to the second corner.
        up_m: the edge from the second to the third corner.
        material: what it is made of.
        tile_m: the side of the square that the texture covers.
        casts_shadow: whether it keeps light from other surfaces.
    """
    corner, along, up = (np.array(vector, float) for vector in (corner_m, along_m, up_m))
    positions_m = np.stack((corner, corner + along, corner + along + up, corner + up))
    normal = np.cross(along, up)
    width, height = np.linalg.norm(along) / tile_m, np.linalg.norm(up) / tile_m
    on_surface = np.array([(0, 0, 0), (width, 0, 0), (width, height, 0), (0, height, 0)])
    return Mesh(
        positions_m,
        np.tile(normal / np.linalg.norm(normal), (4, 1)),
        on_surface,
        np.array([(0, 1, 2), (0, 2, 3)], np.int32),
        material,
        casts_shadow=casts_shadow,
    )


def box(
    middle_m: Vector, size_m: Vector, material: Material, turn_rad: float = 0.0, tile_m: float = 1.0
) -> Mesh:
    """Return a box that stands on `middle_m`, the middle of its lowest side.

    Args:
        middle_m: of its lowest side.
        size_m: along x, y and z.
        material: what it is made of.
        turn_rad: how far it is turned about the vertical axis.
        tile_m: the side of the square that the texture covers.
    """
    positions_m: list[Float64] = []
    normals, on_surface, triangles = [], [], []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            normal, across, up = sign * np.eye(3)[axis], *np.eye(3)[[axis - 2, axis - 1]]
            first = len(positions_m)
            for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                positions_m.append((normal + sign * a * across + b * up) * size_m / 2)
                normals.append(normal)
                side_m = size_m[axis - 2], size_m[axis - 1]
                on_surface.append((a * side_m[0] / tile_m / 2, b * side_m[1] / tile_m / 2, 0.0))
            triangles += [(first, first + 1, first + 2), (first, first + 2, first + 3)]
    turn = _turn(turn_rad)
    standing = np.add(positions_m, (0.0, size_m[1] / 2, 0.0))
    return Mesh(
        standing @ turn.T + middle_m,
        np.array(normals) @ turn.T,
        np.array(on_surface),
        np.array(triangles, np.int32),
        material,
    )


def lathe(
    foot_m: Vector, profile_m: Float64, material: Material, sides: int = 24, tile_m: float = 1.0
) -> Mesh:
    """Return a solid of revolution: a ball, a vase, a lamp, a pole.

    Args:
        foot_m: where its axis meets the ground.
        profile_m: (N, 2) radius and height, from the bottom to the top.
        material: what it is made of.
        sides: how many.
        tile_m: the side of the square that the texture covers.
    """
    angles = np.linspace(0, 2 * np.pi, sides + 1)
    radii, heights = profile_m[:, :1], profile_m[:, 1:]
    positions_m = np.stack(
        (radii * np.sin(angles), heights + 0 * angles, radii * np.cos(angles)), axis=-1
    ).reshape(-1, 3)
    ring, side = np.mgrid[: len(profile_m) - 1, :sides]
    corner = (ring * (sides + 1) + side).ravel()
    above = corner + sides + 1
    triangles = np.concatenate(
        (
            np.stack((corner, corner + 1, above + 1), axis=1),
            np.stack((corner, above + 1, above), axis=1),
        )
    ).astype(np.int32)
    around = angles * max(float(radii.max()), 0.05) / tile_m
    lengths = np.concatenate(([0], np.cumsum(np.hypot(*np.diff(profile_m, axis=0).T)))) / tile_m
    on_surface = np.stack(
        (*np.broadcast_arrays(around, lengths[:, np.newaxis]), 0 * radii + 0 * angles), axis=-1
    ).reshape(-1, 3)
    normals = normals_of(positions_m, triangles)
    # The poles of a ball are only in triangles without an area, so they have no normal yet.
    normals[np.linalg.norm(normals, axis=1) < 0.5] = (0.0, 1.0, 0.0)
    return Mesh(positions_m + foot_m, normals, on_surface, triangles, material)


def ball(foot_m: Vector, radius_m: float, material: Material) -> Mesh:
    """Return a ball that lies on the ground."""
    angles = np.linspace(0, np.pi, 14)
    profile_m = radius_m * np.stack((np.sin(angles), 1 - np.cos(angles)), axis=1)
    return lathe(foot_m, profile_m, material)


def leaves(
    foot_m: Vector, size_m: Vector, count: int, material: Material, rng: np.random.Generator
) -> Mesh:
    """Return bent leaves that grow from a point.

    Args:
        foot_m: where they grow.
        size_m: how far they reach, how high, and their width.
        count: of leaves.
        material: what they are made of.
        rng: decides how each is bent.
    """
    along = np.linspace(0, 1, 6)
    positions_m, triangles = [], []
    for number in range(count):
        angle = 2.4 * number + rng.uniform(0, 0.6)
        reach_m, height_m = rng.uniform(0.5, 1.0) * size_m[0], rng.uniform(0.6, 1.0) * size_m[1]
        outwards = np.array((np.sin(angle), 0.0, np.cos(angle)))
        across = np.array((np.cos(angle), 0.0, -np.sin(angle)))
        spine = np.outer(reach_m * along**1.5, outwards)
        spine[:, 1] = height_m * np.sin(along * rng.uniform(1.4, 2.6))
        half_m = np.outer(size_m[2] / 2 * np.sin(np.pi * along**0.7), across)
        first = 2 * len(along) * number
        positions_m += [spine - half_m, spine + half_m]
        left = first + np.arange(len(along) - 1)
        right = left + len(along)
        triangles += [
            np.stack((left, right, right + 1), axis=1),
            np.stack((left, right + 1, left + 1), axis=1),
        ]
    points_m = np.concatenate(positions_m)
    faces = np.concatenate(triangles).astype(np.int32)
    on_surface = points_m * 8.0
    return Mesh(points_m + foot_m, normals_of(points_m, faces), on_surface, faces, material)


def _turn(angle_rad: float) -> Float64:
    """Return the matrix, (3, 3), of a turn about the vertical axis."""
    cos, sin = np.cos(angle_rad), np.sin(angle_rad)
    return np.array(((cos, 0.0, sin), (0.0, 1.0, 0.0), (-sin, 0.0, cos)))
