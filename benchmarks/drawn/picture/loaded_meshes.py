"""Meshes in the memory of OpenGL, where each stays as long as it exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from .opengl import new_texture
from .programs import link

if TYPE_CHECKING:
    from collections.abc import Mapping

    import moderngl

    from .mesh import Mesh

_NAMES = ("position_m", "normal", "on_surface")  # of what a vertex has; three numbers each


class LoadedMesh(NamedTuple):
    """A mesh in the memory of OpenGL, for each of the programs that draw it.

    Attributes:
        owner_number: of the person, or of the scenery.
        casts_shadow: whether it keeps light from other surfaces.
        values: the uniforms of its material.
        color: for the program of its material.
        depth: for shadow maps.
        owner: for the image of owners.
        texture: of its material, or white.
    """

    owner_number: float
    casts_shadow: bool
    values: Mapping[str, float | tuple[float, ...]]
    color: moderngl.VertexArray
    depth: moderngl.VertexArray
    owner: moderngl.VertexArray
    texture: moderngl.Texture


class LoadedMeshes:
    """Loads each mesh once, so that a room is not loaded again for each frame of a video.

    Args:
        context: of OpenGL.
        depth: the program that draws depths.
        owner: the program that draws owners.
    """

    def __init__(
        self, context: moderngl.Context, depth: moderngl.Program, owner: moderngl.Program
    ) -> None:
        self._context = context
        self._depth, self._owner = depth, owner
        self._materials: dict[str, moderngl.Program] = {}
        self._white = new_texture(context, np.full((1, 1, 3), 255, np.uint8))
        self._loaded: WeakKeyDictionary[Mesh, LoadedMesh] = WeakKeyDictionary()

    def of(self, mesh: Mesh) -> LoadedMesh:
        """Return a mesh in the memory of OpenGL."""
        if mesh not in self._loaded:
            self._loaded[mesh] = self._load(mesh)
        return self._loaded[mesh]

    def _load(self, mesh: Mesh) -> LoadedMesh:
        vertices = np.concatenate((mesh.positions_m, mesh.normals, mesh.on_surface), axis=1)
        buffer = self._context.buffer(vertices.astype(np.float32).tobytes())
        index = self._context.buffer(np.ascontiguousarray(mesh.triangles, np.int32).tobytes())

        def array(program: moderngl.Program) -> moderngl.VertexArray:
            layout = " ".join("3f" if name in program else "12x" for name in _NAMES)
            used = [name for name in _NAMES if name in program]
            return self._context.vertex_array(program, [(buffer, layout, *used)], index)

        pixels = mesh.material.texture
        return LoadedMesh(
            float(mesh.owner),
            mesh.casts_shadow,
            mesh.material.values,
            array(self._program(mesh.material.shader)),
            array(self._depth),
            array(self._owner),
            self._white if pixels is None else new_texture(self._context, pixels),
        )

    def _program(self, shader: str) -> moderngl.Program:
        if shader not in self._materials:
            files = "light.glsl", f"{shader}.glsl"
            self._materials[shader] = link(self._context, "surface.vert", *files)
        return self._materials[shader]
