"""Materials of rooms and things, with seeded colours."""

from __future__ import annotations

import colorsys
from typing import TYPE_CHECKING

from .mesh import Material

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from .textures import Pattern, Rgb

WHITE = (1.0, 1.0, 1.0)


def color(
    rng: np.random.Generator,
    saturation: tuple[float, float] = (0.0, 0.8),
    value: tuple[float, float] = (0.15, 0.95),
    hue: tuple[float, float] = (0.0, 1.0),
) -> Rgb:
    """Return a colour, encoded like the pixels of an image, with values in these ranges."""
    return colorsys.hsv_to_rgb(rng.uniform(*hue), rng.uniform(*saturation), rng.uniform(*value))


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
