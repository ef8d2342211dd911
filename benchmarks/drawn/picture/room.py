"""The place around a person: floor, walls and what is on them, or a garden and the sky."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .furniture import cloth
from .materials import (
    ANY,
    CEILINGS,
    FRAMES,
    GREENS,
    SKIES,
    STONES,
    WALL_PAINTS,
    WHITE,
    WOODS,
    color,
    pair,
    patterned,
    plain,
)
from .mesh import Material
from .shapes import box, rectangle
from .textures import FLOORS, PAVINGS, WALLS, clouds, grass, painting, planks
from .things import IN_GYM, INDOORS, OUTDOORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .mesh import Mesh
    from .things import Thing

_SKY_SIDE_PX = 512


@dataclass(frozen=True)
class Room:
    """A place in which people are.

    Attributes:
        meshes: floor, walls, and what is on them.
        back_m: the z of the wall at the back.
        half_width_m: the distance of the walls at the sides.
        things: what may stand in it.
        is_outdoors: whether the sun shines.
    """

    meshes: tuple[Mesh, ...]
    back_m: float
    half_width_m: float
    things: tuple[Thing, ...]
    is_outdoors: bool = False


def any_room(rng: np.random.Generator, back_m: float, side_m: float) -> Room:
    """Return a living room, a gym, a studio or a garden.

    Args:
        rng: decides which, and how it looks.
        back_m: how much space people need behind the origin.
        side_m: how much they need on either side.
    """
    kinds = (living_room, living_room, living_room, gym, studio, garden)
    kind = kinds[int(rng.integers(len(kinds)))]
    return kind(rng, back_m + rng.uniform(0.3, 2.6), side_m + 0.4)


def living_room(rng: np.random.Generator, depth_m: float, side_m: float) -> Room:
    """Return a room with skirting boards, a window and pictures."""
    half_m, height_m = max(1.8, side_m) + rng.uniform(0.0, 2.2), rng.uniform(2.4, 3.2)
    back_m = -depth_m
    wall = patterned(rng, WALLS, pair(rng, WALL_PAINTS))
    skirting = plain(color(rng, FRAMES))
    meshes = [
        *_shell(rng, half_m, height_m, back_m, wall),
        box((0.0, 0.0, back_m + 0.01), (2 * half_m, rng.uniform(0.06, 0.14), 0.02), skirting),
    ]
    places_m = rng.permutation(np.linspace(-half_m + 0.7, half_m - 0.7, 5))
    if rng.random() < 0.6:
        meshes += _window(rng, float(places_m[0]), back_m)
    for x_m in places_m[1 : 1 + rng.integers(0, 4)]:
        meshes += _picture(rng, float(x_m), back_m)
    return Room(tuple(meshes), back_m, half_m, INDOORS)


def gym(rng: np.random.Generator, depth_m: float, side_m: float) -> Room:
    """Return a hall with coloured bands and a mat on the floor."""
    half_m, back_m = max(3.0, side_m) + rng.uniform(0.0, 2.0), -1.5 * depth_m
    wall = patterned(rng, WALLS[2:5], pair(rng, WALL_PAINTS))
    meshes = _shell(rng, half_m, 4.0, back_m, wall)
    for height_m in rng.uniform(0.2, 2.5, rng.integers(1, 4)):
        size_m = (2 * half_m, rng.uniform(0.05, 0.4), 0.01)
        meshes.append(box((0.0, height_m, back_m), size_m, plain(color(rng))))
    mat = rectangle((-1.5, 0.004, 1.2), (3.0, 0.0, 0.0), (0.0, 0.0, -2.4), plain(color(rng)))
    return Room((*meshes, mat), back_m, half_m, IN_GYM)


def studio(rng: np.random.Generator, depth_m: float, side_m: float) -> Room:
    """Return a room with hardly anything in it."""
    half_m, back_m = max(3.0, side_m) + rng.uniform(0.0, 2.0), -depth_m
    wall = patterned(rng, WALLS[:2], pair(rng, WALL_PAINTS))
    return Room(tuple(_shell(rng, half_m, 3.5, back_m, wall)), back_m, half_m, IN_GYM)


def garden(rng: np.random.Generator, depth_m: float, side_m: float) -> Room:
    """Return a lawn or a yard, a hedge and the sky."""
    back_m, half_m = -3 * depth_m - 2, 40.0
    hedge = patterned(rng, (grass,), pair(rng, GREENS))
    is_paved = rng.random() < 0.3
    ground = patterned(
        rng, PAVINGS if is_paved else (grass,), pair(rng, STONES if is_paved else GREENS)
    )
    sky = Material("glowing", {}, _sky(rng))
    meshes = (
        _ground(ground, half_m, back_m),
        box((0.0, 0.0, back_m), (2 * half_m, rng.uniform(0.6, 2.2), 0.5), hedge, tile_m=2.0),
        rectangle((-80.0, -1.0, -40.0), (160.0, 0.0, 0.0), (0.0, 60.0, 0.0), sky, 120.0),
    )
    return Room(meshes, back_m, 3.5 + side_m, OUTDOORS, is_outdoors=True)


def _shell(
    rng: np.random.Generator, half_m: float, height_m: float, back_m: float, wall: Material
) -> list[Mesh]:
    """Return floor, ceiling and three walls."""
    is_wooden = rng.random() < 0.6
    floor = patterned(
        rng,
        (planks,) if is_wooden else FLOORS,
        pair(rng, WOODS if is_wooden else STONES),
        gloss=rng.uniform(0, 0.12),
    )
    ceiling = plain(color(rng, CEILINGS))
    tile_m, front_m = rng.uniform(1.2, 3.0), 6.0
    long_m = front_m - back_m
    up = (0.0, height_m, 0.0)
    return [
        _ground(floor, half_m, back_m),
        rectangle((-half_m, 0.0, back_m), (2 * half_m, 0.0, 0.0), up, wall, tile_m),
        rectangle((-half_m, 0.0, front_m), (0.0, 0.0, -long_m), up, wall, tile_m),
        rectangle((half_m, 0.0, back_m), (0.0, 0.0, long_m), up, wall, tile_m),
        rectangle((-half_m, height_m, back_m), (2 * half_m, 0.0, 0.0), (0.0, 0.0, long_m), ceiling),
    ]


def _ground(material: Material, half_m: float, back_m: float) -> Mesh:
    front_m = 6.0
    return rectangle(
        (-half_m, 0.0, front_m), (2 * half_m, 0.0, 0.0), (0.0, 0.0, back_m - front_m), material, 1.5
    )


def _window(rng: np.random.Generator, x_m: float, back_m: float) -> Sequence[Mesh]:
    """Return a bright window with bars, a sill and curtains."""
    width_m, height_m, sill_m = rng.uniform(0.7, 1.6), rng.uniform(0.9, 1.5), rng.uniform(0.6, 1.0)
    pane = Material("glowing", {}, _sky(rng))
    frame = plain(color(rng, FRAMES), gloss=0.05)
    corner = x_m - width_m / 2, sill_m, back_m + 0.02
    bars = [
        box((x_m + a * width_m / 2, sill_m, back_m + 0.02), (0.06, height_m, 0.06), frame)
        for a in (-1, 0, 1)
    ]
    rails = [
        box((x_m, sill_m + part * height_m, back_m + 0.02), (width_m, 0.05, 0.06), frame)
        for part in (0.0, 0.5, 1.0)
    ]
    curtain = cloth(rng)
    curtains = [
        box(
            (x_m + a * 0.62 * width_m, 0.05, back_m + 0.08), (0.3, sill_m + height_m, 0.06), curtain
        )
        for a in (-1, 1)
        if rng.random() < 0.6
    ]
    across, up = (width_m, 0.0, 0.0), (0.0, height_m, 0.0)
    return [rectangle(corner, across, up, pane, 2 * height_m), *bars, *rails, *curtains]


def _picture(rng: np.random.Generator, x_m: float, back_m: float) -> Sequence[Mesh]:
    """Return a picture in a frame."""
    width_m, height_m, y_m = rng.uniform(0.3, 0.9), rng.uniform(0.3, 0.8), rng.uniform(1.0, 1.7)
    shown = patterned(rng, (painting,), pair(rng, ANY))
    frame = plain(color(rng, FRAMES), gloss=0.1)
    tile_m = 2 * max(width_m, height_m)
    return [
        box((x_m, y_m - 0.03, back_m), (width_m + 0.06, height_m + 0.06, 0.03), frame),
        box((x_m, y_m, back_m + 0.01), (width_m, height_m, 0.03), shown, tile_m=tile_m),
    ]


def _sky(rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return a sky with clouds, (512, 512, 3) uint8; the horizon is at its first row."""
    upwards = np.minimum(np.linspace(0, 4, _SKY_SIDE_PX), 1)[:, np.newaxis, np.newaxis]
    blue = np.array(color(rng, SKIES))
    clear = (1 - upwards) * np.array(WHITE) * 0.8 + upwards * blue
    cloud = np.clip(0.4 * clouds(rng, 2.0) + rng.uniform(-0.6, 0.2), 0, 1)[..., np.newaxis]
    pixels: NDArray[np.uint8] = (255 * (clear * (1 - cloud) + 0.85 * cloud)).astype(np.uint8)
    return pixels
