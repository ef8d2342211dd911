"""Drawing of meshes with OpenGL, on a processor or a graphics card."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import moderngl
import numpy as np

from .light import dome_directions
from .loaded_meshes import LoadedMeshes
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
    from .loaded_meshes import LoadedMesh
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
        self._targets: dict[tuple[int, int], _Targets] = {}
        self._depth = link(self._context, "position.vert", "depth.frag")
        self._owner = link(self._context, "position.vert", "owner.frag")
        self._mean = link(self._context, "mean.vert", "mean.frag")
        self._mean_array = self._context.vertex_array(self._mean, [])
        self._key_shadows = ShadowMap(self._context, self._depth)
        self._dome_shadows = ShadowMap(self._context, self._depth)
        self._noise = new_texture(self._context, noise_texture())
        self._loaded = LoadedMeshes(self._context, self._depth, self._owner)

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
        loaded = [self._loaded.of(mesh) for mesh in meshes]
        casting = [each.depth for each in loaded if each.casts_shadow]
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
        self, loaded: Sequence[LoadedMesh], target: Target, values: Mapping[str, object]
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
            set_uniforms(each.color.program, {**units, **values, **each.values})
            each.color.render()

    def _add(self, targets: _Targets, weight: float) -> None:
        """Add the exposure to the mean."""
        targets.mean.framebuffer.use()
        self._context.enable_only(moderngl.BLEND)
        self._context.blend_func = moderngl.ONE, moderngl.ONE
        targets.exposure.texture.use(_EXPOSURE)
        set_uniforms(self._mean, {"exposure": _EXPOSURE, "weight": weight})
        self._mean_array.render(moderngl.TRIANGLES, 3)

    def _draw_owners(self, loaded: Sequence[LoadedMesh], target: Target, camera: Camera) -> None:
        """Draw who is seen, without blur."""
        target.framebuffer.use()
        target.framebuffer.clear(depth=1.0)
        self._context.enable_only(moderngl.DEPTH_TEST)
        view = as_bytes(camera.clip_from_camera @ camera.camera_from_world)
        set_uniforms(self._owner, {"clip_from_world": view})
        for each in loaded:
            set_uniforms(self._owner, {"owner": each.owner_number})
            each.owner.render()

    def _targets_of(self, size_px: tuple[int, int]) -> _Targets:
        if size_px not in self._targets:
            self._targets[size_px] = _Targets(
                *(Target(self._context, size_px, channels) for channels in (4, 4, 1))
            )
        return self._targets[size_px]
