"""Things that stand in rooms and gardens, and may occlude a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .furniture import chair, cupboard, lamp, screen, shelf, sofa, table, vase
from .materials import GREENS, WOODS, color, pair, patterned, plain
from .shapes import ball, box, lathe, leaves
from .textures import grass, planks

if TYPE_CHECKING:
    from collections.abc import Callable

    from .mesh import Mesh

    Thing = Callable[[np.random.Generator, float, float], list[Mesh]]


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
