"""Things that stand in rooms and gardens, and may occlude a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .materials import ANY, CEILINGS, FRAMES, GREENS, WOODS, color, pair, patterned, plain
from .shapes import ball, box, lathe, leaves
from .textures import CLOTHS, grass, painting, planks

if TYPE_CHECKING:
    from collections.abc import Callable

    from .mesh import Material, Mesh

    Thing = Callable[[np.random.Generator, float, float], list[Mesh]]

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
    posts = [
        piece((a * inset_m, height_m, -inset_m), (thick_m, back_m, thick_m)) for a in (-1, 1)
    ]
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
        box((x_m + a * width_m / 2, 0.0, z_m), (0.03, height_m, depth_m), material)
        for a in (-1, 1)
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
        box((x_m, 0.08, z_m), (width_m, 0.34, 0.75), cover),
        box((x_m, 0.42, z_m - 0.3), (width_m, 0.42, 0.18), cover),
        *(
            box((x_m + a * width_m / 2, 0.08, z_m), (0.16, 0.54, 0.78), cover)
            for a in (-1, 1)
        ),
        box((cushion_x_m, 0.42, z_m - 0.12), (0.4, 0.36, 0.12), cloth(rng), 0.3),
    ]


def vase(
    rng: np.random.Generator, x_m: float, z_m: float, foot_m: float = 0.0
) -> list[Mesh]:
    """Return a vase."""
    heights_m = np.linspace(0, rng.uniform(0.2, 0.45), 9)
    radii_m = rng.uniform(0.05, 0.12) * (1 + 0.5 * np.sin(np.linspace(0, rng.uniform(3, 6), 9)))
    profile_m = np.stack((radii_m, heights_m), axis=1)
    return [lathe((x_m, foot_m, z_m), profile_m, plain(color(rng), gloss=0.3))]


def plant(rng: np.random.Generator, x_m: float, z_m: float) -> list[Mesh]:
    """Return a plant in a pot."""
    pot_m = rng.uniform(0.12, 0.35)
    profile_m = np.array(((0.0, 0.0), (0.6, 0.0), (0.8, 1.0), (0.7, 1.0), (0.65, 0.9), (0.0, 0.9)))
    pot = lathe((x_m, 0.0, z_m), profile_m * pot_m, plain(color(rng), gloss=0.1))
    green = patterned(rng, (grass,), pair(rng, GREENS), gloss=0.08)
    size_m = rng.uniform(0.3, 0.6), rng.uniform(0.4, 1.1), rng.uniform(0.05, 0.16)
    return [pot, leaves((x_m, 0.85 * pot_m, z_m), size_m, int(rng.integers(9, 26)), green, rng)]


def exercise_ball(rng: np.random.Generator, x_m: float, z_m: float) -> list[Mesh]:
    """Return a ball, from a toy to a gymnastic ball."""
    return [ball((x_m, 0.0, z_m), rng.uniform(0.1, 0.36), plain(color(rng), gloss=0.15))]


def lamp(rng: np.random.Generator, x_m: float, z_m: float) -> list[Mesh]:
    """Return a lamp on a pole."""
    height_m = rng.uniform(1.3, 1.8)
    pole = np.array(((0.15, 0.0), (0.15, 0.02), (0.015, 0.03), (0.015, height_m)))
    shade = np.array(((0.22, height_m - 0.28), (0.12, height_m)))
    return [
        lathe((x_m, 0.0, z_m), pole, plain((0.3, 0.3, 0.3), gloss=0.3)),
        lathe((x_m, 0.0, z_m), shade, plain(color(rng, CEILINGS))),
    ]


def rack(rng: np.random.Generator, x_m: float, z_m: float) -> list[Mesh]:
    """Return a rack of dumbbells."""
    steel, width_m = plain((0.25, 0.25, 0.27), gloss=0.3), rng.uniform(0.8, 1.4)
    levels = (0.25, 0.6, 0.95)
    posts = [box((x_m + a * width_m / 2, 0.0, z_m), (0.06, 1.05, 0.4), steel) for a in (-1, 1)]
    boards = [box((x_m, y_m, z_m), (width_m, 0.03, 0.35), steel) for y_m in levels]
    weights = [
        ball((x_m + width_m * (place - 2) / 5.5, y_m + 0.03, z_m), 0.07, plain(color(rng), 0.2))
        for y_m in levels
        for place in range(5)
    ]
    return [*posts, *boards, *weights]


def mattress(rng: np.random.Generator, x_m: float, z_m: float) -> list[Mesh]:
    """Return a thick gymnastic mat that leans upright."""
    size_m = rng.uniform(0.8, 1.5), rng.uniform(0.9, 1.8), rng.uniform(0.08, 0.2)
    return [box((x_m, 0.0, z_m), size_m, plain(color(rng)), rng.uniform(-0.2, 0.2))]


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


def tree(rng: np.random.Generator, x_m: float, z_m: float) -> list[Mesh]:
    """Return a tree with a crown of several balls."""
    trunk_m = rng.uniform(1.2, 2.5)
    bark = patterned(rng, (planks,), pair(rng, WOODS))
    profile_m = np.array(((0.18, 0.0), (0.12, 0.3), (0.1, trunk_m + 0.5)))
    crown = patterned(rng, (grass,), pair(rng, GREENS))
    balls = [
        ball(
            (x_m + rng.uniform(-0.6, 0.6), trunk_m + rng.uniform(-0.3, 0.9), z_m),
            rng.uniform(0.5, 0.9),
            crown,
        )
        for _ in range(5)
    ]
    return [lathe((x_m, 0.0, z_m), profile_m, bark), *balls]


def bush(rng: np.random.Generator, x_m: float, z_m: float) -> list[Mesh]:
    """Return a bush."""
    green = patterned(rng, (grass,), pair(rng, GREENS))
    size_m = rng.uniform(0.5, 0.9), rng.uniform(0.6, 1.4), 0.1
    return [leaves((x_m, 0.0, z_m), size_m, 60, green, rng)]


INDOORS: tuple[Thing, ...] = (
    chair, table, cupboard, shelf, sofa, plant, exercise_ball, lamp, screen, mattress,
)  # fmt: skip
IN_GYM: tuple[Thing, ...] = (exercise_ball, rack, mattress, screen, rack, plant)
OUTDOORS: tuple[Thing, ...] = (tree, bush, tree, bush, exercise_ball, chair)
# What may stand between the camera and a person and hides a part of them, not all.
IN_FRONT: tuple[Thing, ...] = (chair, plant, exercise_ball, vase, table)
