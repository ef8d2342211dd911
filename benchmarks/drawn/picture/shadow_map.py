"""What a far light sees: only what is nearest to it is not in the shadow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import moderngl
import numpy as np

from .opengl import as_bytes
from .programs import set_uniforms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Float64 = NDArray[np.float64]

_SIDE_PX = 1024
_DEPTH_M = 14.0
_MIDDLE_M = np.array((0.0, 0.9, 0.0))  # where people are


class ShadowMap:
    """The depths of surfaces as a far light sees them."""

    def __init__(self, context: moderngl.Context, program: moderngl.Program) -> None:
        self._context = context
        self._program = program
        self.texture = context.depth_texture((_SIDE_PX, _SIDE_PX))
        self.texture.compare_func = ""  # the shader compares
        self.texture.filter = moderngl.NEAREST, moderngl.NEAREST
        self.texture.repeat_x = self.texture.repeat_y = False
        self._framebuffer = context.framebuffer(depth_attachment=self.texture)

    def draw(
        self, surfaces: Iterable[moderngl.VertexArray], towards_light: Float64, radius_m: float
    ) -> bytes:
        """Draw surfaces around the origin, and return the matrix of the light for a shader."""
        clip_from_world = as_bytes(_clip_from_world(towards_light, radius_m))
        self._framebuffer.use()
        self._framebuffer.clear(depth=1.0)
        self._context.enable_only(moderngl.DEPTH_TEST)
        set_uniforms(self._program, {"clip_from_world": clip_from_world})
        for surface in surfaces:
            surface.render()
        return clip_from_world


def _clip_from_world(towards_light: Float64, radius_m: float) -> Float64:
    """Return the matrix, (4, 4), of a view along the light of a square around the people."""
    reference = (0.0, 0.0, 1.0) if abs(towards_light[1]) > 0.95 else (0.0, 1.0, 0.0)
    across = np.cross(reference, towards_light)
    across /= np.linalg.norm(across)
    along = np.cross(towards_light, across)
    matrix = np.eye(4)
    matrix[:3, :3] = across / radius_m, along / radius_m, -towards_light * 2 / _DEPTH_M
    matrix[:3, 3] = -(matrix[:3, :3] @ _MIDDLE_M)
    return matrix
