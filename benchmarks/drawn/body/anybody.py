"""Bodies and looks at random, as different as people are who do yoga, dance and HIIT."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .body import Body
from .clothes import Outfit
from .shape import Shape, with_height

Rgb = tuple[float, float, float]

# Mean heights by `Shape.age`, about those of Europe and North America. The standard deviation of
# adults is 4 % of the mean there.
AGES = (0.0, 0.3, 0.5, 0.8, 1.0)
WOMEN_M = (1.48, 1.60, 1.65, 1.63, 1.58)
MEN_M = (1.48, 1.68, 1.77, 1.75, 1.70)
DEVIATION = 0.04
ADULT = 0.4

Weights = dict[str | None, int]


@dataclass(frozen=True)
class Wardrobe:
    """How many in 100 wear what."""

    hair: Weights
    tops: Weights
    bottoms: Weights


WOMEN = Wardrobe(
    hair={
        "long": 18, "ponytail": 24, "bun": 14, "bob": 14, "top_knot": 6, "short": 8, "fringe": 5,
        "curly": 6, "afro": 5,
    },
    tops={
        "t_shirt": 24, "tank_top": 26, "long_sleeves": 14, "jumper": 6, "sports_bra": 18,
        "crop_top": 12,
    },
    bottoms={
        "leggings": 44, "capris": 16, "cycling_shorts": 14, "shorts": 12, "trousers": 8, "skirt": 6
    },
)  # fmt: skip
MEN = Wardrobe(
    hair={
        "short": 42, "shaved": 16, "fringe": 8, "curly": 9, "afro": 4, "receding": 8, None: 6,
        "top_knot": 3, "long": 4,
    },
    tops={"t_shirt": 46, "tank_top": 20, "long_sleeves": 14, "jumper": 10, None: 10},
    bottoms={"leggings": 8, "cycling_shorts": 10, "shorts": 50, "trousers": 32},
)  # fmt: skip
GIRLS = Wardrobe(
    hair={"long": 26, "ponytail": 34, "bun": 12, "bob": 16, "fringe": 6, "curly": 6},
    tops={"t_shirt": 56, "tank_top": 14, "long_sleeves": 18, "jumper": 12},
    bottoms={"leggings": 52, "capris": 16, "shorts": 16, "trousers": 16},
)
BOYS = Wardrobe(
    hair={"short": 56, "fringe": 22, "curly": 12, "shaved": 10},
    tops={"t_shirt": 64, "long_sleeves": 20, "jumper": 16},
    bottoms={"shorts": 56, "trousers": 44},
)
SHOES: Weights = {"trainers": 48, "boots": 4, "socks": 12, None: 36}

# Linear RGB, from light to dark, and the hair that is not grey, from black to blond.
SKINS: tuple[Rgb, ...] = (
    (0.66, 0.43, 0.32), (0.58, 0.37, 0.26), (0.48, 0.29, 0.19), (0.36, 0.20, 0.12),
    (0.24, 0.125, 0.075), (0.14, 0.072, 0.043),
)  # fmt: skip
HAIRS: tuple[Rgb, ...] = (
    (0.012, 0.010, 0.010), (0.035, 0.020, 0.013), (0.085, 0.045, 0.024), (0.17, 0.055, 0.022),
    (0.32, 0.20, 0.09),
)  # fmt: skip
GREY: Rgb = (0.42, 0.41, 0.40)
IRISES: tuple[Rgb, ...] = ((0.07, 0.035, 0.02), (0.13, 0.075, 0.03), (0.10, 0.17, 0.22))


@dataclass(frozen=True)
class Look:
    """The colours of a body, in linear RGB."""

    skin_rgb: Rgb
    hair_rgb: Rgb
    iris_rgb: Rgb


def any_body(rng: np.random.Generator) -> Body:
    """Return a body with any shape, clothes and hair."""
    shape = any_shape(rng)
    if shape.age < ADULT:
        wardrobe = GIRLS if shape.gender < 0.5 else BOYS
    else:
        wardrobe = WOMEN if shape.gender < 0.5 else MEN
    outfit = Outfit(any_of(wardrobe.tops, rng), any_of(wardrobe.bottoms, rng), any_of(SHOES, rng))
    return Body(shape, outfit, any_of(wardrobe.hair, rng))


def any_shape(rng: np.random.Generator) -> Shape:
    """Return a shape: two in ten are children or adolescents, and two in ten are old."""
    woman = rng.random() < 0.5
    youngest, oldest = ((0.0, 0.35), (ADULT, 0.7), (0.75, 1.0))[rng.choice(3, p=(0.2, 0.6, 0.2))]
    age = rng.uniform(youngest, oldest)
    shape = Shape(
        gender=rng.uniform(0.0, 0.15) if woman else rng.uniform(0.85, 1.0),
        age=age,
        muscle=0.15 + 0.8 * rng.beta(2.5, 2.0),
        weight=0.05 + 0.9 * rng.beta(1.7, 2.0),
        origins=any_origins(rng),
    )
    mean_m = float(np.interp(age, AGES, WOMEN_M if woman else MEN_M))
    return with_height(shape, mean_m * (1 + DEVIATION * float(np.clip(rng.normal(), -2.2, 2.2))))


def any_origins(rng: np.random.Generator) -> tuple[float, float, float]:
    """Return origins, most of which are nearly all of one kind."""
    african, asian, caucasian = rng.dirichlet((0.5, 0.5, 0.5))
    return float(african), float(asian), float(caucasian)


def any_look(shape: Shape, rng: np.random.Generator) -> Look:
    """Return the colours of a body, which depend on its origins and on its age."""
    african, asian, caucasian = shape.origins
    skin = 4.2 * african + 1.8 * asian + 0.8 * caucasian + rng.normal(scale=0.6)
    hair = rng.uniform(0, 1.2 * african + asian + 4 * caucasian)
    grey = np.clip((shape.age - 0.65) / 0.3, 0, 1) * rng.uniform(0.4, 1.0)
    iris = rng.uniform(0, 2 * caucasian)
    return Look(
        between(SKINS, skin),
        between((between(HAIRS, hair), GREY), grey),
        between(IRISES, iris),
    )


def any_of(weights: Weights, rng: np.random.Generator) -> str | None:
    """Return one of the names, each as often as its weight says."""
    odds = np.array(list(weights.values())) / sum(weights.values())
    return list(weights)[rng.choice(len(weights), p=odds)]


def between(colors: tuple[Rgb, ...], place: float) -> Rgb:
    """Return the colour at a place in a row of colours: 0 is the first of them, 1 the second."""
    places = range(len(colors))
    red, green, blue = (
        float(np.interp(place, places, channel)) for channel in zip(*colors, strict=True)
    )
    return red, green, blue
