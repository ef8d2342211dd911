"""Surfaces that can be drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    Float64 = NDArray[np.float64]

SCENERY = 0  # the owner of all that belongs to nobody


@dataclass(frozen=True, eq=False)
class Material:
    """What a surface is made of.

    Attributes:
        shader: the name of the file in `shaders/` that computes its colour.
        values: the uniforms of that shader.
        texture: (H, W, 3) uint8 RGB, repeated in both directions, or None.
    """

    shader: str
    values: Mapping[str, float | tuple[float, ...]] = field(default_factory=dict)
    texture: NDArray[np.uint8] | None = None


@dataclass(frozen=True, eq=False)
class Mesh:
    """A surface of triangles.

    Attributes:
        positions_m: (V, 3) in world space.
        normals: (V, 3) of length one.
        on_surface: (V, 3) the position on the material: texture coordinates and 0, or for a person
            the position at rest in metres.
        triangles: (T, 3) int32 indices of vertices.
        material: what it is made of.
        owner: the number of the person, from 1, or `SCENERY`.
        casts_shadow: whether it keeps light from other surfaces.
    """

    positions_m: Float64
    normals: Float64
    on_surface: Float64
    triangles: NDArray[np.int32]
    material: Material
    owner: int = SCENERY
    casts_shadow: bool = True
