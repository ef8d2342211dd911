"""The colours of people and of the sides of their bodies."""

from __future__ import annotations

import colorsys
from typing import NamedTuple, TypeAlias

from vitruvian.skeleton import LEFT, RIGHT

Rgb: TypeAlias = tuple[int, int, int]

DARK = 24  # of each channel
DARK_RGB: Rgb = (DARK, DARK, DARK)
LIGHT_RGB: Rgb = (245, 245, 245)
MASK_RGB: Rgb = (124, 77, 255)

_GOLDEN_RATIO = 0.618034  # multiples of it, modulo 1, are far apart for ids that are close

# Luminances from 0 (black) to 1 (white). Colour-blind people, too, can tell two colours of one hue
# apart by their luminances: these two have a contrast ratio of 3.5, and WCAG 2.2 asks for 3.
_LEFT_LUMINANCE, _RIGHT_LUMINANCE = 0.55, 0.12
_DARK_LUMINANCE = 0.1  # colours below are dark: only a light outline contrasts with them
_WEIGHTS = (0.2126, 0.7152, 0.0722)  # of linear red, green and blue in the luminance: WCAG 2.2
_GAMMA = 2.2  # of sRGB, approximately


class SideColors(NamedTuple):
    """The colours of one person's skeleton; left and right are the person's own."""

    left: Rgb
    right: Rgb
    middle: Rgb


def side_of(*landmarks: int) -> int:
    """Return the index into `SideColors` of a landmark, or of the line between two landmarks."""
    if LEFT.issuperset(landmarks):
        return 0
    return 1 if RIGHT.issuperset(landmarks) else 2


SIDE_COLORS = SideColors(left=(255, 138, 0), right=(0, 198, 255), middle=LIGHT_RGB)


def color_of_id(identity: int) -> Rgb:
    """Return the colour of a person. People with consecutive ids have very different hues."""
    return _of_unit(*colorsys.hsv_to_rgb(_hue_of_id(identity), 0.7, 1.0))


def side_colors_of_id(identity: int) -> SideColors:
    """Return a person's colours: one hue, bright on the left side and dark on the right side."""
    pure = colorsys.hsv_to_rgb(_hue_of_id(identity), 0.9, 1.0)
    return SideColors(
        left=_with_luminance(pure, _LEFT_LUMINANCE),
        right=_with_luminance(pure, _RIGHT_LUMINANCE),
        middle=color_of_id(identity),
    )


def contrasting(color: Rgb) -> Rgb:
    """Return the colour of an outline around a colour, or of text on it: dark, or light on dark."""
    return LIGHT_RGB if luminance(color) < _DARK_LUMINANCE else DARK_RGB


def luminance(color: Rgb) -> float:
    """Return the relative luminance of a colour, from 0 (black) to 1 (white)."""
    return _luminance([(value / 255) ** _GAMMA for value in color])


def _hue_of_id(identity: int) -> float:
    return identity * _GOLDEN_RATIO % 1


def _with_luminance(color: tuple[float, float, float], target: float) -> Rgb:
    """Return a colour, given in [0, 1], mixed with black or white so that it has a luminance."""
    linear = [value**_GAMMA for value in color]
    current = _luminance(linear)
    if current > target:
        linear = [value * target / current for value in linear]
    else:
        white = (target - current) / (1 - current)
        linear = [value + (1 - value) * white for value in linear]
    red, green, blue = (value ** (1 / _GAMMA) for value in linear)
    return _of_unit(red, green, blue)


def _luminance(linear: list[float]) -> float:
    return sum(weight * value for weight, value in zip(_WEIGHTS, linear, strict=True))


def _of_unit(red: float, green: float, blue: float) -> Rgb:
    return (round(255 * red), round(255 * green), round(255 * blue))
