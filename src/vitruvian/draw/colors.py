"""The colours of people and of the sides of their bodies."""

from __future__ import annotations

import colorsys
from typing import NamedTuple, TypeAlias

from vitruvian.skeleton import LEFT, RIGHT

Rgb: TypeAlias = tuple[int, int, int]

OUTLINE_RGB: Rgb = (24, 24, 24)  # around every line, so that it is visible on any background
MASK_RGB: Rgb = (124, 77, 255)

_GOLDEN_RATIO = 0.618034  # multiples of it, modulo 1, are far apart for ids that are close


class SideColors(NamedTuple):
    """The colours of one person's skeleton; left and right are the person's own."""

    left: Rgb
    right: Rgb
    middle: Rgb

    def of(self, *landmarks: int) -> Rgb:
        """Return the colour of a landmark, or of the line between two landmarks."""
        if LEFT.issuperset(landmarks):
            return self.left
        return self.right if RIGHT.issuperset(landmarks) else self.middle


SIDE_COLORS = SideColors(left=(255, 138, 0), right=(0, 198, 255), middle=(245, 245, 245))


def color_of_id(identity: int, saturation: float = 0.7, value: float = 1.0) -> Rgb:
    """Return the colour of a person. People with consecutive ids have very different hues."""
    red, green, blue = colorsys.hsv_to_rgb(identity * _GOLDEN_RATIO % 1, saturation, value)
    return (round(255 * red), round(255 * green), round(255 * blue))


def side_colors_of_id(identity: int) -> SideColors:
    """Return a person's colours: one hue, bright on the left side and dark on the right side."""
    return SideColors(
        left=color_of_id(identity, saturation=0.35),
        right=color_of_id(identity, saturation=0.9, value=0.75),
        middle=color_of_id(identity),
    )
