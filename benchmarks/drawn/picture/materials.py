"""Materials of rooms and things, with seeded colours."""

from __future__ import annotations

import colorsys
from typing import TYPE_CHECKING, NamedTuple

from .mesh import Material

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from .textures import Pattern, Rgb

WHITE = (1.0, 1.0, 1.0)


class Palette(NamedTuple):
    """Ranges of colours.

    Attributes:
        saturation: from grey to pure.
        value: from black to bright.
        hue: around the circle, in turns.
    """

    saturation: tuple[float, float]
    value: tuple[float, float]
    hue: tuple[float, float] = (0.0, 1.0)


ANY = Palette((0.0, 0.85), (0.12, 0.95))
WOODS = Palette((0.25, 0.65), (0.25, 0.8), (0.05, 0.12))
GREENS = Palette((0.3, 0.7), (0.2, 0.6), (0.17, 0.38))
WALL_PAINTS = Palette((0.0, 0.35), (0.35, 1.0))
STONES = Palette((0.0, 0.25), (0.25, 0.9), (0.0, 0.2))
FRAMES = Palette((0.0, 0.3), (0.1, 1.0), (0.0, 0.2))
SKIES = Palette((0.25, 0.6), (0.6, 0.9), (0.55, 0.62))
CEILINGS = Palette((0.0, 0.06), (0.85, 1.0))


def color(rng: np.random.Generator, palette: Palette = ANY) -> Rgb:
    """Return a colour of a palette, encoded like the pixels of an image."""
    hue, saturation, value = (
        rng.uniform(*limits) for limits in (palette.hue, palette.saturation, palette.value)
    )
    return colorsys.hsv_to_rgb(hue, saturation, value)


def pair(rng: np.random.Generator, palette: Palette) -> tuple[Rgb, Rgb]:
    """Return two colours of a palette, most of them two shades of one."""
    first = color(rng, palette)
    if rng.random() < 0.2:
        return first, color(rng, palette)
    shade = rng.uniform(0.55, 0.9)
    return first, (shade * first[0], shade * first[1], shade * first[2])


def linear(encoded: Rgb) -> Rgb:
    """Return an encoded colour as light; the shaders decode textures in the same way."""
    return tuple(value * value for value in encoded)  # type: ignore[return-value]


def plain(encoded: Rgb, gloss: float = 0.02) -> Material:
    """Return a material of one colour."""
    return Material("textured", {"tint": linear(encoded), "gloss": gloss})


def patterned(
    rng: np.random.Generator,
    patterns: Sequence[Pattern],
    colors: tuple[Rgb, Rgb],
    gloss: float = 0.02,
) -> Material:
    """Return a material with one of these patterns in two colours."""
    pattern = patterns[rng.integers(len(patterns))]
    return Material("textured", {"tint": WHITE, "gloss": gloss}, pattern(rng, *colors))
