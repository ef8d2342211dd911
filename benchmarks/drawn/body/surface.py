"""Surfaces that follow the bones, and what is done to them: growing them, and cutting them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from .mesh import FloatArray, IntArray


@dataclass(frozen=True)
class Part:
    """A surface of the body or of its clothes, in the rest pose."""

    rest_m: FloatArray  # (V, 3)
    triangles: IntArray  # (T, 3)
    weights: sparse.csr_array  # (V, B), how much each vertex follows each bone


def part_of(vertices_m: FloatArray, triangles: IntArray, weights: sparse.csr_array) -> Part:
    """Return the part of a mesh that the triangles use."""
    used, renumbered = np.unique(triangles, return_inverse=True)
    renumbered = renumbered.reshape(-1, 3).astype(np.int32)
    return Part(vertices_m[used], renumbered, weights[used])


def normals(vertices_m: FloatArray, triangles: IntArray) -> FloatArray:
    """Return the unit normal at each vertex, (V, 3): the mean of its triangles, by their area."""
    corners = vertices_m[triangles]
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    sums = np.zeros_like(vertices_m)
    for corner in range(3):
        for axis in range(3):
            sums[:, axis] += np.bincount(triangles[:, corner], faces[:, axis], len(vertices_m))
    return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)


def grown(part: Part, thickness_m: float | FloatArray) -> Part:
    """Return the part after its vertices move outwards, each by its thickness (V,) or all alike."""
    outwards = normals(part.rest_m, part.triangles)
    moved_m = part.rest_m + outwards * np.reshape(thickness_m, (-1, 1))
    return Part(moved_m, part.triangles, part.weights)


def cut(part: Part, inside: FloatArray) -> Part:
    """Return the part where `inside` (V,) is positive, with a straight edge where it is zero.

    Triangles at the edge are cut: new vertices lie on their sides where `inside`, which changes
    linearly along them, is zero, and follow the bones as the ends of the side do.
    """
    positive = inside > 0
    counts = positive[part.triangles].sum(1)
    tip, left, right = first_where(part.triangles[counts == 1], positive).T
    gap, start, end = first_where(part.triangles[counts == 2], ~positive).T
    sides = np.concatenate(
        [np.c_[tip, left], np.c_[tip, right], np.c_[start, gap], np.c_[end, gap]]
    )
    sides, number = np.unique(sides, axis=0, return_inverse=True)
    crossings = len(positive) + number.reshape(-1)
    at_left, at_right, at_start, at_end = np.split(
        crossings, np.cumsum([len(tip), len(tip), len(gap)])
    )
    triangles = [
        part.triangles[counts == 3],
        np.c_[tip, at_left, at_right],
        np.c_[at_start, start, end],
        np.c_[at_start, end, at_end],
    ]
    step = inside[sides[:, 0]] / (inside[sides[:, 0]] - inside[sides[:, 1]])
    rows = np.arange(len(sides))
    between = sparse.csr_array(
        (np.r_[1 - step, step], (np.r_[rows, rows], np.r_[sides[:, 0], sides[:, 1]])),
        shape=(len(sides), len(positive)),
    )
    return part_of(
        np.concatenate([part.rest_m, between @ part.rest_m]),
        np.concatenate(triangles),
        sparse.vstack([part.weights, between @ part.weights], format="csr"),
    )


def first_where(triangles: IntArray, marked: np.ndarray[Any, np.dtype[np.bool_]]) -> IntArray:
    """Return the triangles, turned so that the one corner that is marked (V,) comes first."""
    first = np.argmax(marked[triangles], axis=1)
    return np.take_along_axis(triangles, (first[:, None] + np.arange(3)) % 3, axis=1)


def joined(parts: list[Part]) -> Part:
    """Return several parts as one."""
    starts = np.cumsum([0, *(len(part.rest_m) for part in parts[:-1])], dtype=np.int32)
    return Part(
        np.concatenate([part.rest_m for part in parts]),
        np.concatenate([part.triangles + start for part, start in zip(parts, starts, strict=True)]),
        sparse.vstack([part.weights for part in parts], format="csr"),
    )


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
