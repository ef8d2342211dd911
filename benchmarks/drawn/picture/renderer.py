"""Drawing of meshes with OpenGL, on a processor or a graphics card."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import moderngl
import numpy as np

from .light import dome_directions
from .opengl import Target, as_bytes, context, new_texture
from .programs import link, set_uniforms
from .shadow_map import ShadowMap
from .textures import noise_texture

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from .camera import Camera
    from .lens import Lens
    from .light import Light
    from .mesh import Mesh

# More make shadows and blur smoother; each takes as long again.
EXPOSURES = 8
_NOISE, _IMAGE, _KEY, _DOME, _EXPOSURE = range(5)  # the units of the textures


class Shot(NamedTuple):
    """What a camera sees.

    Attributes:
        light: (H, W, 3) float32 linear RGB.
        owners: (H, W) uint8, the number of the person at each pixel; 0 is the scenery.
    """

    light: NDArray[np.float32]
    owners: NDArray[np.uint8]


class _Loaded(NamedTuple):
    """A mesh in the memory of OpenGL, for each of the programs that draw it."""

    mesh: Mesh
    color: moderngl.VertexArray
    depth: moderngl.VertexArray
    owner: moderngl.VertexArray
    texture: moderngl.Texture


class _Targets(NamedTuple):
    """What is drawn into, for images of one size."""

    exposure: Target
    mean: Target
    owners: Target


class Renderer:
    """Draws scenes. Only the thread that made it may use it.

    Raises:
        click.ClickException: OpenGL 3.3 is not available.
    """

    def __init__(self) -> None:
        self._context = context()
        self._materials: dict[str, moderngl.Program] = {}
        self._targets: dict[tuple[int, int], _Targets] = {}
        self._depth = link(self._context, "position.vert", "depth.frag")
        self._owner = link(self._context, "position.vert", "owner.frag")
        self._mean = link(self._context, "mean.vert", "mean.frag")
        self._mean_array = self._context.vertex_array(self._mean, [])
        self._key_shadows = ShadowMap(self._context, self._depth)
        self._dome_shadows = ShadowMap(self._context, self._depth)
        self._noise = new_texture(self._context, noise_texture())
        self._white = new_texture(self._context, np.full((1, 1, 3), 255, np.uint8))

    @property
    def name(self) -> str:
        """The name and the version of the renderer, on which the pixels depend."""
        return f"{self._context.info['GL_RENDERER']}, {self._context.info['GL_VERSION']}"

    def shoot(
        self,
        meshes: Sequence[Mesh],
        camera: Camera,
        light: Light,
        lens: Lens,
        lit_radius_m: float,
        exposures: int = EXPOSURES,
    ) -> Shot:
        """Draw meshes as a camera sees them.

        Args:
            meshes: what there is.
            camera: from where, and how large.
            light: what shines on it.
            lens: the blur.
            lit_radius_m: of the space around the origin in which shadows are drawn.
            exposures: whose mean the image is.
        """
        loaded = [self._load(mesh) for mesh in meshes]
        casting = [each.depth for each in loaded if each.mesh.casts_shadow]
        targets = self._targets_of((camera.width_px, camera.height_px))
        targets.mean.framebuffer.clear()
        shared = {
            "eye_m": camera.eye_m,
            "key_rgb": light.key_rgb,
            # The mean over the upper half of the sphere of the cosine is one half.
            "dome_rgb": tuple(2 * value for value in light.dome_rgb),
            "ambient_rgb": light.ambient_rgb,
        }
        rays = lens.rays(exposures, camera.focal_px)
        lamps = light.key_directions(exposures), dome_directions(exposures)
        for camera_ray, towards_key, towards_dome in zip(rays, *lamps, strict=True):
            view = camera.clip_from_camera @ camera_ray @ camera.camera_from_world
            values = shared | {
                "clip_from_world": as_bytes(view),
                "towards_key": tuple(towards_key),
                "towards_dome": tuple(towards_dome),
                "key_from_world": self._key_shadows.draw(casting, towards_key, lit_radius_m),
                "dome_from_world": self._dome_shadows.draw(casting, towards_dome, lit_radius_m),
            }
            self._expose(loaded, targets.exposure, values)
            self._add(targets, 1 / exposures)
        self._draw_owners(loaded, targets.owners, camera)
        owners = np.rint(targets.owners.fetch(1)[..., 0]).astype(np.uint8)
        return Shot(targets.mean.fetch(3), owners)

    def _expose(
        self, loaded: Sequence[_Loaded], target: Target, values: Mapping[str, object]
    ) -> None:
        """Draw one exposure."""
        target.framebuffer.use()
        target.framebuffer.clear(depth=1.0)
        self._context.enable_only(moderngl.DEPTH_TEST)
        self._noise.use(_NOISE)
        self._key_shadows.texture.use(_KEY)
        self._dome_shadows.texture.use(_DOME)
        units = {"noise": _NOISE, "image": _IMAGE, "key_shadows": _KEY, "dome_shadows": _DOME}
        for each in loaded:
            each.texture.use(_IMAGE)
            set_uniforms(each.color.program, {**units, **values, **each.mesh.material.values})
            each.color.render()

    def _add(self, targets: _Targets, weight: float) -> None:
        """Add the exposure to the mean."""
        targets.mean.framebuffer.use()
        self._context.enable_only(moderngl.BLEND)
        self._context.blend_func = moderngl.ONE, moderngl.ONE
        targets.exposure.texture.use(_EXPOSURE)
        set_uniforms(self._mean, {"exposure": _EXPOSURE, "weight": weight})
        self._mean_array.render(moderngl.TRIANGLES, 3)

    def _draw_owners(self, loaded: Sequence[_Loaded], target: Target, camera: Camera) -> None:
        """Draw who is seen, without blur."""
        target.framebuffer.use()
        target.framebuffer.clear(depth=1.0)
        self._context.enable_only(moderngl.DEPTH_TEST)
        view = as_bytes(camera.clip_from_camera @ camera.camera_from_world)
        set_uniforms(self._owner, {"clip_from_world": view})
        for each in loaded:
            set_uniforms(self._owner, {"owner": float(each.mesh.owner)})
            each.owner.render()

    def _load(self, mesh: Mesh) -> _Loaded:
        vertices = np.concatenate((mesh.positions_m, mesh.normals, mesh.on_surface), axis=1)
        buffer = self._context.buffer(vertices.astype(np.float32).tobytes())
        index = self._context.buffer(np.ascontiguousarray(mesh.triangles, np.int32).tobytes())

        def array(program: moderngl.Program) -> moderngl.VertexArray:
            names = ("position_m", "normal", "on_surface")
            layout = " ".join("3f" if name in program else "12x" for name in names)
            used = [name for name in names if name in program]
            return self._context.vertex_array(program, [(buffer, layout, *used)], index)

        pixels = mesh.material.texture
        return _Loaded(
            mesh,
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

    def _targets_of(self, size_px: tuple[int, int]) -> _Targets:
        if size_px not in self._targets:
            self._targets[size_px] = _Targets(
                *(Target(self._context, size_px, channels) for channels in (4, 4, 1))
            )
        return self._targets[size_px]
