"""Drawing of meshes with OpenGL, on a processor or a graphics card, without a window."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import click
import moderngl
import numpy as np

from .camera import Camera
from .light import dome_directions
from .programs import link, set_uniforms
from .textures import noise_texture

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from .lens import Lens
    from .light import Light
    from .mesh import Mesh

    Float64 = NDArray[np.float64]

# More make shadows and blur smoother; each takes as long again.
EXPOSURES = 8
_SHADOW_MAP_PX = 1024
_SHADOW_DEPTH_M = 14.0
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
    """A mesh in the memory of OpenGL."""

    mesh: Mesh
    color: moderngl.VertexArray
    depth: moderngl.VertexArray
    owner: moderngl.VertexArray
    texture: moderngl.Texture


class _Targets(NamedTuple):
    """What is drawn into, for images of one size."""

    exposure: moderngl.Framebuffer
    mean: moderngl.Framebuffer
    owners: moderngl.Framebuffer


class Renderer:
    """Draws scenes. Only the thread that made it may use it.

    Raises:
        click.ClickException: OpenGL 3.3 is not available.
    """

    def __init__(self) -> None:
        self._context = _new_context()
        self._context.gc_mode = "auto"
        self._materials: dict[str, moderngl.Program] = {}
        self._targets: dict[tuple[int, int], _Targets] = {}
        self._depth = link(self._context, "position.vert", "depth.frag")
        self._owner = link(self._context, "position.vert", "owner.frag")
        self._mean = link(self._context, "mean.vert", "mean.frag")
        self._noise = self._new_texture(noise_texture())
        self._white = self._new_texture(np.full((1, 1, 3), 255, np.uint8))

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
        targets = self._targets_of(camera.width_px, camera.height_px)
        targets.mean.clear()
        rays = lens.rays(exposures, camera.focal_px)
        lamps = light.key_directions(exposures), dome_directions(exposures)
        for camera_ray, towards_key, towards_dome in zip(rays, *lamps, strict=True):
            key = _clip_from_world_of_light(towards_key, lit_radius_m)
            dome = _clip_from_world_of_light(towards_dome, lit_radius_m)
            self._draw_shadows(loaded, self._key_shadows, key)
            self._draw_shadows(loaded, self._dome_shadows, dome)
            values = {
                "clip_from_world": _bytes(
                    camera.clip_from_camera @ camera_ray @ camera.camera_from_world
                ),
                "key_from_world": _bytes(key),
                "dome_from_world": _bytes(dome),
                "eye_m": camera.eye_m,
                "towards_key": tuple(towards_key),
                "towards_dome": tuple(towards_dome),
                "key_rgb": light.key_rgb,
                # The mean over the upper half of the sphere of the cosine is one half.
                "dome_rgb": tuple(2 * value for value in light.dome_rgb),
                "ambient_rgb": light.ambient_rgb,
            }
            self._draw_exposure(loaded, targets, values, 1 / exposures)
        self._draw_owners(loaded, targets, camera)
        size = camera.height_px, camera.width_px
        # OpenGL's first row is the lowest.
        colors = np.frombuffer(targets.mean.read(components=3, dtype="f4"), np.float32)
        owners = np.frombuffer(targets.owners.read(components=1, dtype="f4"), np.float32)
        return Shot(
            colors.reshape(*size, 3)[::-1], np.rint(owners.reshape(size)[::-1]).astype(np.uint8)
        )

    @cached_property
    def _key_shadows(self) -> moderngl.Framebuffer:
        return self._new_shadow_map()

    @cached_property
    def _dome_shadows(self) -> moderngl.Framebuffer:
        return self._new_shadow_map()

    def _draw_shadows(
        self, loaded: Sequence[_Loaded], target: moderngl.Framebuffer, clip_from_world: Float64
    ) -> None:
        target.use()
        target.clear(depth=1.0)
        self._context.enable_only(moderngl.DEPTH_TEST)
        set_uniforms(self._depth, {"clip_from_world": _bytes(clip_from_world)})
        for each in loaded:
            if each.mesh.casts_shadow:
                each.depth.render()

    def _draw_exposure(
        self,
        loaded: Sequence[_Loaded],
        targets: _Targets,
        values: Mapping[str, object],
        weight: float,
    ) -> None:
        targets.exposure.use()
        targets.exposure.clear(depth=1.0)
        self._context.enable_only(moderngl.DEPTH_TEST)
        self._noise.use(_NOISE)
        self._key_shadows.depth_attachment.use(_KEY)
        self._dome_shadows.depth_attachment.use(_DOME)
        units = {"noise": _NOISE, "image": _IMAGE, "key_shadows": _KEY, "dome_shadows": _DOME}
        for each in loaded:
            each.texture.use(_IMAGE)
            set_uniforms(each.color.program, units | values | each.mesh.material.values)
            each.color.render()
        targets.mean.use()
        self._context.enable_only(moderngl.BLEND)
        self._context.blend_func = moderngl.ONE, moderngl.ONE
        targets.exposure.color_attachments[0].use(_EXPOSURE)
        set_uniforms(self._mean, {"exposure": _EXPOSURE, "weight": weight})
        self._context.vertex_array(self._mean, []).render(moderngl.TRIANGLES, 3)

    def _draw_owners(
        self, loaded: Sequence[_Loaded], targets: _Targets, camera: Camera
    ) -> None:
        targets.owners.use()
        targets.owners.clear(depth=1.0)
        self._context.enable_only(moderngl.DEPTH_TEST)
        clip_from_world = _bytes(camera.clip_from_camera @ camera.camera_from_world)
        set_uniforms(self._owner, {"clip_from_world": clip_from_world})
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

        texture = mesh.material.texture
        return _Loaded(
            mesh,
            array(self._program(mesh.material.shader)),
            array(self._depth),
            array(self._owner),
            self._white if texture is None else self._new_texture(texture),
        )

    def _program(self, shader: str) -> moderngl.Program:
        if shader not in self._materials:
            files = "light.glsl", f"{shader}.glsl"
            self._materials[shader] = link(self._context, "surface.vert", *files)
        return self._materials[shader]

    def _targets_of(self, width: int, height: int) -> _Targets:
        size = width, height
        if size not in self._targets:
            new = self._context
            self._targets[size] = _Targets(
                new.framebuffer([new.texture(size, 4, dtype="f4")], new.depth_renderbuffer(size)),
                new.framebuffer([new.texture(size, 4, dtype="f4")]),
                new.framebuffer([new.texture(size, 1, dtype="f4")], new.depth_renderbuffer(size)),
            )
        return self._targets[size]

    def _new_texture(self, pixels: NDArray[np.uint8]) -> moderngl.Texture:
        height, width = pixels.shape[:2]
        data = np.ascontiguousarray(pixels).tobytes()
        texture = self._context.texture((width, height), 3, data, alignment=1)
        texture.build_mipmaps()
        texture.filter = moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR
        return texture

    def _new_shadow_map(self) -> moderngl.Framebuffer:
        depth = self._context.depth_texture((_SHADOW_MAP_PX, _SHADOW_MAP_PX))
        depth.compare_func = ""  # the shader compares
        depth.filter = moderngl.NEAREST, moderngl.NEAREST
        depth.repeat_x = depth.repeat_y = False
        return self._context.framebuffer(depth_attachment=depth)


def _new_context() -> moderngl.Context:
    try:
        return moderngl.create_context(require=330, standalone=True, backend="egl")
    except Exception as error:  # moderngl raises bare exceptions
        raise click.ClickException(
            f"OpenGL 3.3 is not available ({error}): install Mesa's EGL library, such as "
            "`apt install libegl1 libgl1-mesa-dri`, or a driver of a graphics card."
        ) from error


def _clip_from_world_of_light(towards_light: Float64, radius_m: float) -> Float64:
    """Return the matrix, (4, 4), of a view from a far light, of a square around the origin."""
    reference = (0.0, 0.0, 1.0) if abs(towards_light[1]) > 0.95 else (0.0, 1.0, 0.0)
    across = np.cross(reference, towards_light)
    across /= np.linalg.norm(across)
    along = np.cross(towards_light, across)
    matrix = np.eye(4)
    matrix[0, :3] = across / radius_m
    matrix[1, :3] = along / radius_m
    matrix[2, :3] = -towards_light * 2 / _SHADOW_DEPTH_M
    middle_m = np.array((0.0, 0.9, 0.0))
    matrix[:3, 3] = -(matrix[:3, :3] @ middle_m)
    return matrix


def _bytes(matrix: Float64) -> bytes:
    """Return a matrix as OpenGL stores it: column by column."""
    return np.ascontiguousarray(matrix.T, np.float32).tobytes()
