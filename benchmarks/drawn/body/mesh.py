"""The mesh that every body starts from, read from body.npz (make_body.py says what is in it)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FloatArray = np.ndarray[Any, np.dtype[np.float64]]
IntArray = np.ndarray[Any, np.dtype[np.int32]]
BoolArray = np.ndarray[Any, np.dtype[np.bool_]]

FILE = Path(__file__).with_name("body.npz")


@dataclass(frozen=True)
class Mesh:
    """The vertices V, bones B and shape targets of MakeHuman's mesh, in metres, with y up."""

    vertices_m: FloatArray  # (V, 3)
    mirror: IntArray  # (V,), the vertex at the same place on the other side
    triangles: dict[str, IntArray]  # part → (T, 3)
    offsets_m: dict[str, np.ndarray[Any, np.dtype[np.float16]]]  # target → (V, 3)
    bones: tuple[str, ...]
    parents: tuple[int, ...]  # -1 for the root; parents come before their children
    heads: IntArray  # (B, 8), the vertices whose mean is the joint at which the bone turns
    tails: IntArray  # (B, 8)
    skin_bones: IntArray  # (V, 8)
    skin_weights: FloatArray  # (V, 8), each row sums to one


@cache
def mesh() -> Mesh:
    """Return the mesh, which is read once."""
    with np.load(FILE) as arrays:
        triangles = {
            name.removeprefix("faces_"): triangulated(arrays[name])
            for name in arrays
            if name.startswith("faces_")
        }
        weights = arrays["skin_weights"].astype(np.float64)
        return Mesh(
            vertices_m=arrays["vertices_m"].astype(np.float64),
            mirror=arrays["mirror"].astype(np.int32),
            triangles=triangles,
            offsets_m=dict(zip(arrays["targets"].tolist(), arrays["offsets_m"], strict=True)),
            bones=tuple(arrays["bones"].tolist()),
            parents=tuple(arrays["parents"].tolist()),
            heads=arrays["heads"].astype(np.int32),
            tails=arrays["tails"].astype(np.int32),
            skin_bones=arrays["skin_bones"].astype(np.int32),
            skin_weights=weights / weights.sum(1, keepdims=True),
        )


def triangulated(faces: IntArray) -> IntArray:
    """Return two triangles for each quadrilateral (F, 4), and one where its last vertex repeats."""
    faces = faces.astype(np.int32)
    second = faces[faces[:, 2] != faces[:, 3]]
    return np.concatenate([faces[:, [0, 1, 2]], second[:, [0, 2, 3]]])
