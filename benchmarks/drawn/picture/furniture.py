"""Furniture, which stands in rooms and may occlude a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .materials import ANY, CEILINGS, FRAMES, WOODS, color, pair, patterned, plain
from .shapes import box, lathe
from .textures import CLOTHS, painting, planks

if TYPE_CHECKING:
    from .mesh import Material, Mesh


def wood(rng: np.random.Generator) -> Material:
    """Return painted or unpainted wood."""
    if rng.random() < 0.4:
        return plain(color(rng), gloss=0.08)
    return patterned(rng, (planks,), pair(rng, WOODS), gloss=0.08)


def cloth(rng: np.random.Generator) -> Material:
    """Return the cover of furniture, or a curtain."""
    return patterned(rng, CLOTHS, pair(rng, ANY), gloss=0.01)


def chair(rng: np.random.Generator, x_m: float, z_m: float) -> list[Mesh]:
    """Return a chair, turned at random."""
    material, turn_rad = wood(rng), rng.uniform(-np.pi, np.pi)
    height_m, side_m, thick_m = rng.uniform(0.42, 0.5), rng.uniform(0.38, 0.46), 0.04
    turn = np.array(((np.cos(turn_rad), np.sin(turn_rad)), (-np.sin(turn_rad), np.cos(turn_rad))))

    def piece(at_m: tuple[float, float, float], size_m: tuple[float, float, float]) -> Mesh:
        x, z = turn @ (at_m[0], at_m[2]) + (x_m, z_m)
        return box((x, at_m[1], z), size_m, material, turn_rad)

    inset_m = (side_m - thick_m) / 2
    legs = [
        piece((a * inset_m, 0.0, b * inset_m), (thick_m, height_m, thick_m))
        for a in (-1, 1)
        for b in (-1, 1)
    ]
    back_m = rng.uniform(0.4, 0.55)
    seat = piece((0.0, height_m, 0.0), (side_m, thick_m, side_m))
    posts = [piece((a * inset_m, height_m, -inset_m), (thick_m, back_m, thick_m)) for a in (-1, 1)]
    rest = piece((0.0, height_m + 0.55 * back_m, -inset_m), (side_m, 0.4 * back_m, thick_m / 2))
    return [*legs, seat, *posts, rest]


def table(rng: np.random.Generator, x_m: float, z_m: float) -> list[Mesh]:
    """Return a table with something on it."""
    material = wood(rng)
    width_m, depth_m, height_m = rng.uniform(0.6, 1.2), rng.uniform(0.5, 0.7), rng.uniform(0.4, 0.8)
    legs = [
        box(
            (x_m + a * (width_m / 2 - 0.05), 0.0, z_m + b * (depth_m / 2 - 0.05)),
            (0.05, height_m, 0.05),
            material,
        )
        for a in (-1, 1)
        for b in (-1, 1)
    ]
    top = box((x_m, height_m, z_m), (width_m, 0.04, depth_m), material)
    return [*legs, top, *vase(rng, x_m + rng.uniform(-0.2, 0.2), z_m, height_m + 0.04)]


def cupboard(rng: np.random.Generator, x_m: float, z_m: float) -> list[Mesh]:
    """Return a cupboard with doors and handles."""
    size_m = rng.uniform(0.5, 1.1), rng.uniform(0.5, 1.9), rng.uniform(0.3, 0.45)
    front_m = z_m + size_m[2] / 2
    handle = plain((0.75, 0.73, 0.7), gloss=0.4)
    door_m = 0.46 * size_m[0]
    door = wood(rng)
    doors = [
        box((x_m + a * size_m[0] / 4, 0.06, front_m), (door_m, size_m[1] - 0.12, 0.02), door)
        for a in (-1, 1)
    ]
    handles = [
        box((x_m + a * 0.05, size_m[1] / 2, front_m + 0.02), (0.015, 0.12, 0.02), handle)
        for a in (-1, 1)
    ]
    return [box((x_m, 0.0, z_m), size_m, wood(rng)), *doors, *handles]


def shelf(rng: np.random.Generator, x_m: float, z_m: float) -> list[Mesh]:
    """Return a shelf with books."""
    material = wood(rng)
    width_m, depth_m, count = rng.uniform(0.6, 1.1), 0.28, int(rng.integers(2, 6))
    height_m = 0.36 * count
    sides = [
        box((x_m + a * width_m / 2, 0.0, z_m), (0.03, height_m, depth_m), material) for a in (-1, 1)
    ]
    boards = [
        box((x_m, 0.36 * level, z_m), (width_m, 0.03, depth_m), material)
        for level in range(count + 1)
    ]
    books = []
    for level in range(count):
        at_m = -0.46 * width_m
        while at_m < rng.uniform(-0.2, 0.44) * width_m:
            thick_m, tall_m = rng.uniform(0.02, 0.07), rng.uniform(0.18, 0.3)
            middle_m = x_m + at_m + thick_m / 2, 0.36 * level + 0.03, z_m
            books.append(box(middle_m, (thick_m, tall_m, 0.18), plain(color(rng))))
            at_m += thick_m
    return [*sides, *boards, *books]


def sofa(rng: np.random.Generator, x_m: float, z_m: float) -> list[Mesh]:
    """Return a sofa or an armchair with a cushion."""
    cover, width_m = cloth(rng), rng.uniform(0.8, 1.8)
    cushion_x_m = x_m + rng.uniform(-0.3, 0.3) * width_m
    return [
        box((x_m, 0.0, z_m), (width_m, 0.42, 0.75), cover),
        box((x_m, 0.42, z_m - 0.3), (width_m, 0.42, 0.18), cover),
        *(box((x_m + a * width_m / 2, 0.0, z_m), (0.16, 0.62, 0.78), cover) for a in (-1, 1)),
        box((cushion_x_m, 0.42, z_m - 0.12), (0.4, 0.36, 0.12), cloth(rng), 0.3),
    ]


def vase(rng: np.random.Generator, x_m: float, z_m: float, foot_m: float = 0.0) -> list[Mesh]:
    """Return a vase."""
    heights_m = np.linspace(0, rng.uniform(0.2, 0.45), 9)
    radii_m = rng.uniform(0.05, 0.12) * (1 + 0.5 * np.sin(np.linspace(0, rng.uniform(3, 6), 9)))
    profile_m = np.stack((radii_m, heights_m), axis=1)
    return [lathe((x_m, foot_m, z_m), profile_m, plain(color(rng), gloss=0.3))]


def lamp(rng: np.random.Generator, x_m: float, z_m: float) -> list[Mesh]:
    """Return a lamp on a pole."""
    height_m = rng.uniform(1.3, 1.8)
    pole = np.array(((0.15, 0.0), (0.15, 0.02), (0.015, 0.03), (0.015, height_m)))
    shade = np.array(((0.22, height_m - 0.28), (0.12, height_m)))
    return [
        lathe((x_m, 0.0, z_m), pole, plain((0.3, 0.3, 0.3), gloss=0.3)),
        lathe((x_m, 0.0, z_m), shade, plain(color(rng, CEILINGS))),
    ]


def screen(rng: np.random.Generator, x_m: float, z_m: float) -> list[Mesh]:
    """Return a poster or a screen on feet."""
    width_m, height_m = rng.uniform(0.5, 1.3), rng.uniform(0.5, 1.2)
    shown = patterned(rng, (painting,), pair(rng, ANY), gloss=0.1)
    frame = plain(color(rng, FRAMES), gloss=0.1)
    foot = box((x_m, 0.0, z_m), (0.3 * width_m, 0.35, 0.1), frame)
    back = box((x_m, 0.35, z_m - 0.02), (width_m + 0.06, height_m + 0.06, 0.03), frame)
    tile_m = 2 * max(width_m, height_m)
    front = box((x_m, 0.38, z_m), (width_m, height_m, 0.02), shown, tile_m=tile_m)
    return [foot, back, front]
