"""Surfaces that follow the bones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    return Part(vertices_m[used], renumbered.reshape(-1, 3).astype(np.int32), weights[used])


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


def joined(parts: list[Part]) -> Part:
    """Return several parts as one."""
    starts = np.cumsum([0, *(len(part.rest_m) for part in parts[:-1])], dtype=np.int32)
    return Part(
        np.concatenate([part.rest_m for part in parts]),
        np.concatenate([part.triangles + start for part, start in zip(parts, starts, strict=True)]),
        sparse.vstack([part.weights for part in parts], format="csr"),
    )
