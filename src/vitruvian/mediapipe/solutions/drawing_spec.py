"""How landmarks and connections look: colors, thickness and radius."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Color: TypeAlias = tuple[int, int, int]

# BGR, like all colors of MediaPipe's drawing functions.
WHITE_COLOR = (224, 224, 224)
BLACK_COLOR = (0, 0, 0)
RED_COLOR = (0, 0, 255)
GREEN_COLOR = (0, 128, 0)
BLUE_COLOR = (255, 0, 0)


@dataclass
class DrawingSpec:
    """The style of a landmark or a connection.

    Attributes:
        color: BGR, each value from 0 to 255.
        thickness: of lines and circles, in pixels; -1 fills a circle.
        circle_radius: in pixels.
    """

    color: Color = WHITE_COLOR
    thickness: int = 2
    circle_radius: int = 2
