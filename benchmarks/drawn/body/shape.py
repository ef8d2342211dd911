"""The shape of a body: what kind of person it is, and where the vertices of the mesh then lie."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import product

import click
import numpy as np

from .mesh import FloatArray, IntArray, mesh

ORIGINS = ("african", "asian", "caucasian")


@dataclass(frozen=True)
class Shape:
    """What kind of person a body is. All values lie in [0, 1].

    `gender` goes from a woman (0) to a man (1); `age` from a child of twelve (0) over an adult of
    25 (0.5) to an old person (1); `muscle`, `weight` and `height` from the least to the most, with
    the average at 0.5. `origins` are the parts of African, Asian and Caucasian, which sum to one.
    """

    gender: float = 0.5
    age: float = 0.5
    muscle: float = 0.5
    weight: float = 0.5
    height: float = 0.5
    origins: tuple[float, float, float] = (1 / 3, 1 / 3, 1 / 3)

    def __post_init__(self) -> None:
        for name in ("gender", "age", "muscle", "weight", "height"):
            if not 0 <= getattr(self, name) <= 1:
                raise click.ClickException(
                    f"the {name} of a body is {getattr(self, name)}: give a value from 0 to 1"
                )
        if not (min(self.origins) >= 0 and abs(sum(self.origins) - 1) < 1e-6):
            raise click.ClickException(
                f"the origins of a body are {self.origins}: give three parts that sum to 1"
            )


def standing_vertices_m(shape: Shape) -> FloatArray:
    """Return the vertices of the mesh in this shape, (V, 3) in metres, with the soles at y = 0.

    MakeHuman's macro targets are added, each with the product of its weights. Its height targets
    depend on muscle and weight as well; only those of the average are used, for all.
    """
    vertices_m = shaped_m(shape, slice(None))
    return vertices_m - [0, vertices_m[soles(), 1].min(), 0]


def shaped_m(shape: Shape, vertices: slice | IntArray) -> FloatArray:
    """Return some vertices of the mesh in this shape, in metres and in the frame of the mesh."""
    shaped = mesh().vertices_m[vertices].copy()
    for target, weight in target_weights(shape).items():
        if weight:
            shaped += weight * mesh().offsets_m[target][vertices]
    return shaped


@cache
def soles() -> IntArray:
    """Return the vertices of the skin that may be the lowest."""
    skin = np.unique(mesh().triangles["skin"])
    up_m = mesh().vertices_m[skin, 1]
    return skin[up_m < up_m.min() + 0.03]


@cache
def crown() -> IntArray:
    """Return the vertices of the skin that may be the highest."""
    skin = np.unique(mesh().triangles["skin"])
    up_m = mesh().vertices_m[skin, 1]
    return skin[up_m > up_m.max() - 0.03]


def target_weights(shape: Shape) -> dict[str, float]:
    """Return how much of each target the shape has."""
    sexes = {"female": 1 - shape.gender, "male": shape.gender}
    ages = dict(zip(("child", "young", "old"), thirds(shape.age), strict=True))
    muscles = dict(zip(("min", "average", "max"), thirds(shape.muscle), strict=True))
    weights = dict(zip(("min", "average", "max"), thirds(shape.weight), strict=True))
    heights = dict(zip(("min", "average", "max"), thirds(shape.height), strict=True))

    parts: dict[str, float] = {}
    for (sex, of_sex), (age, of_age) in product(sexes.items(), ages.items()):
        for origin, of_origin in zip(ORIGINS, shape.origins, strict=True):
            parts[f"{origin}-{sex}-{age}"] = of_sex * of_age * of_origin
        for (muscle, of_muscle), (weight, of_weight) in product(muscles.items(), weights.items()):
            name = f"universal-{sex}-{age}-{muscle}muscle-{weight}weight"
            parts[name] = of_sex * of_age * of_muscle * of_weight
        for height in ("min", "max"):
            name = f"{sex}-{age}-averagemuscle-averageweight-{height}height"
            parts[name] = of_sex * of_age * heights[height]
    return parts


def thirds(value: float) -> tuple[float, float, float]:
    """Return the parts of the least, the average and the most, which sum to one."""
    return max(0.0, 1 - 2 * value), 1 - abs(2 * value - 1), max(0.0, 2 * value - 1)


def with_height(shape: Shape, height_m: float) -> Shape:
    """Return the shape with the `height` at which it is as tall as this.

    Between the least, the average and the greatest height, how tall a body is changes linearly.
    """
    steps = (0.0, 0.5, 1.0)
    tall_m = [standing_height_m(replace(shape, height=step)) for step in steps]
    return replace(shape, height=float(np.interp(height_m, tall_m, steps)))


def standing_height_m(shape: Shape) -> float:
    """Return how tall a body of this shape is, without its hair."""
    return float(shaped_m(shape, crown())[:, 1].max() - shaped_m(shape, soles())[:, 1].min())
