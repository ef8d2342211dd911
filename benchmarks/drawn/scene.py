"""What is around people: a place, its light, a camera that sees them, and its lens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from .picture.camera import Camera
from .picture.lens import Lens
from .picture.light import Light
from .picture.room import any_room
from .picture.things import IN_FRONT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .people import PosedPerson
    from .picture.mesh import Mesh
    from .picture.renderer import Renderer, Shot
    from .picture.room import Room
    from .picture.things import Thing

    Float64 = NDArray[np.float64]

LANDSCAPE, PORTRAIT = (1280, 720), (720, 1280)
_SENSOR_DIAGONAL_MM = 43.3  # to which the focal lengths of lenses are converted by custom
_FOCAL_MM = 19.0, 60.0  # from a phone's wide lens to its long one
_CLEAR_M = 0.12  # between people and things
_TRIES = 12


@dataclass(frozen=True)
class Scene:
    """All that stays while people move.

    Attributes:
        meshes: of the place and of the things in it.
        light: that shines on it.
        camera: that sees it.
        lens: of the camera.
        lit_radius_m: of the space around the origin in which shadows are drawn.
    """

    meshes: tuple[Mesh, ...]
    light: Light
    camera: Camera
    lens: Lens
    lit_radius_m: float

    def shoot(self, renderer: Renderer, people: Sequence[PosedPerson], exposures: int) -> Shot:
        """Draw people in the scene."""
        meshes = [*self.meshes, *(mesh for person in people for mesh in person.meshes())]
        return renderer.shoot(
            meshes, self.camera, self.light, self.lens, self.lit_radius_m, exposures
        )

    def with_things(self, things: Sequence[Mesh]) -> Scene:
        """Return the scene with more things in it."""
        return replace(self, meshes=(*self.meshes, *things))


def any_scene(
    rng: np.random.Generator,
    points_m: Float64,
    size_px: tuple[int, int],
    *,
    framed_m: Float64 | None = None,
    is_hard: bool = True,
) -> Scene:
    """Return a scene for people who are where these points are.

    Args:
        rng: decides everything.
        points_m: (N, 3) around the origin; the camera is towards +z.
        size_px: of the image.
        framed_m: (N, 3) the points that the camera is turned to; all by default.
        is_hard: whether things may stand before people, and the image may be blurred.
    """
    room = any_room(rng, -points_m[:, 2].min(), np.abs(points_m[:, 0]).max())
    distance_m = max(rng.uniform(2.0, 4.0), points_m[:, 2].max() + 1.2)
    camera = _framed(rng, points_m if framed_m is None else framed_m, distance_m, size_px)
    things = _things_behind(rng, room, points_m)
    if is_hard and rng.random() < 0.3:
        things += _thing_in_front(rng, points_m, camera)
    is_dim = rng.random() < 0.3
    light = _any_light(rng, room, is_dim=is_dim)
    lens = _any_lens(rng, float(np.median(distance_m - points_m[:, 2])), is_dim, is_hard)
    radius_m = float(np.abs(points_m[:, [0, 2]]).max()) + 0.9
    return Scene((*room.meshes, *things), light, camera, lens, max(radius_m, 1.7))


def _framed(
    rng: np.random.Generator, points_m: Float64, distance_m: float, size_px: tuple[int, int]
) -> Camera:
    """Return a camera whose lens is chosen so that points fill a seeded part of the image."""
    around_rad = rng.uniform(-0.3, 0.3)
    height_m = rng.uniform(0.35, 1.8)
    eye_m = distance_m * np.sin(around_rad), height_m, distance_m * np.cos(around_rad)
    middle_m = (points_m.max(axis=0) + points_m.min(axis=0)) / 2
    roll_rad = float(np.clip(rng.normal(0, 0.03), -0.1, 0.1))
    any_lens = Camera(eye_m, tuple(middle_m.tolist()), roll_rad, 1.0, *size_px)
    in_camera = any_lens.in_camera(points_m)
    slopes = np.abs(in_camera[:, :2] / in_camera[:, 2:]).max(axis=0)
    fill = rng.uniform(0.5, 0.95) if rng.random() < 0.85 else rng.uniform(0.95, 1.25)
    focal_px = float(fill * (np.array(size_px) / 2 / slopes).min())
    per_mm = float(np.hypot(*size_px)) / _SENSOR_DIAGONAL_MM
    focal_px = float(np.clip(focal_px, _FOCAL_MM[0] * per_mm, _FOCAL_MM[1] * per_mm))
    # What is left of the image may be on either side.
    rest = np.maximum(np.array(size_px) / 2 - focal_px * slopes, 0) / focal_px * distance_m
    right = any_lens.camera_from_world[0, :3]
    shift = rng.uniform(-0.8, 0.8, 2) * rest
    target_m = middle_m + shift[0] * right + (0.0, shift[1], 0.0)
    return Camera(eye_m, tuple(target_m.tolist()), roll_rad, focal_px, *size_px)


def _things_behind(rng: np.random.Generator, room: Room, points_m: Float64) -> list[Mesh]:
    """Return things that stand along the walls, and not where people are."""
    meshes: list[Mesh] = []
    for _ in range(rng.integers(0, 8)):
        for _ in range(_TRIES):
            x_m = rng.uniform(-0.9, 0.9) * room.half_width_m
            z_m = room.back_m + rng.uniform(0.25, 1.2)
            thing = _any_thing(rng, room.things, x_m, z_m)
            if _is_clear(thing, points_m):
                meshes += thing
                break
    return meshes


def _thing_in_front(rng: np.random.Generator, points_m: Float64, camera: Camera) -> list[Mesh]:
    """Return a thing that stands between the camera and a person, if there is room for it."""
    for _ in range(_TRIES):
        part = rng.uniform(0.35, 0.65)
        x_m = part * camera.eye_m[0] + rng.uniform(-0.6, 0.6)
        thing = _any_thing(rng, IN_FRONT, x_m, part * camera.eye_m[2])
        if _is_clear(thing, points_m):
            return thing
    return []


def _any_thing(
    rng: np.random.Generator, things: Sequence[Thing], x_m: float, z_m: float
) -> list[Mesh]:
    return things[int(rng.integers(len(things)))](rng, x_m, z_m)


def _is_clear(thing: Sequence[Mesh], points_m: Float64) -> bool:
    """Return whether no point is in the box around a thing."""
    corners_m = np.concatenate([mesh.positions_m for mesh in thing])
    low_m, high_m = corners_m.min(axis=0) - _CLEAR_M, corners_m.max(axis=0) + _CLEAR_M
    return not ((low_m <= points_m) & (points_m <= high_m)).all(axis=1).any()


def _any_light(rng: np.random.Generator, room: Room, *, is_dim: bool) -> Light:
    strength = rng.uniform(0.18, 0.5) if is_dim else rng.uniform(0.75, 1.25)
    warmth = rng.uniform(-0.12, 0.2)
    key = strength * rng.uniform(0.5, 1.2)
    dome = strength * rng.uniform(0.3, 0.55)
    # Walls reflect light; the sky does not.
    ambient = (0.3 if room.is_outdoors else 0.6) * dome
    return Light(
        towards_key=(rng.uniform(-1, 1), rng.uniform(0.6, 1.3), rng.uniform(-0.3, 1)),
        key_rgb=(key * (1 + warmth), key, key * (1 - warmth)),
        key_radius_rad=rng.uniform(0.01, 0.04) if room.is_outdoors else rng.uniform(0.04, 0.25),
        dome_rgb=(0.95 * dome, dome, 1.1 * dome),
        ambient_rgb=(ambient, ambient, ambient),
    )


def _any_lens(rng: np.random.Generator, distance_m: float, is_dim: bool, is_hard: bool) -> Lens:
    aperture_m = rng.uniform(0.0, 0.03) if rng.random() < 0.4 else 0.0
    is_shaken = is_hard and rng.random() < 0.35
    length_px, angle = rng.uniform(4, 16) if is_shaken else 0.0, rng.uniform(0, np.pi)
    shake_px = length_px * np.cos(angle), length_px * np.sin(angle)
    noise = rng.uniform(4, 11) if is_dim else rng.uniform(0.5, 6)
    quality = int(rng.integers(45, 93))
    return Lens(aperture_m, distance_m, shake_px, rng.uniform(0.8, 1.2), noise, quality)
