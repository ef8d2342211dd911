"""The light of a scene: one lamp or the sun, light from all sides, and what surfaces reflect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Float64 = NDArray[np.float64]

# The angle between neighbours of a spiral of points that are spread evenly over a disc.
_GOLDEN_ANGLE_RAD = np.pi * (3 - np.sqrt(5))


@dataclass(frozen=True)
class Light:
    """The light of a scene. Colours are linear RGB; 1 makes a white surface white.

    Attributes:
        towards_key: (3,) the direction from the scene to the lamp or the sun.
        key_rgb: its colour.
        key_radius_rad: its apparent radius, which softens its shadows.
        dome_rgb: the colour of the light that comes from all sides above.
        ambient_rgb: the colour of the light that reaches even what nothing shines on.
    """

    towards_key: tuple[float, float, float]
    key_rgb: tuple[float, float, float]
    key_radius_rad: float
    dome_rgb: tuple[float, float, float]
    ambient_rgb: tuple[float, float, float]

    def key_directions(self, count: int) -> Float64:
        """Return directions, (count, 3), to points that are spread over the lamp."""
        towards = _unit(np.array(self.towards_key))
        across = _unit(np.cross(towards, (0.3, 0.1, 1.0)))
        along = np.cross(towards, across)
        numbers = np.arange(count)
        radii = self.key_radius_rad * np.sqrt((numbers + 0.5) / count)[:, np.newaxis]
        angles = (_GOLDEN_ANGLE_RAD * numbers)[:, np.newaxis]
        return _unit(towards + radii * (np.cos(angles) * across + np.sin(angles) * along))


def dome_directions(count: int) -> Float64:
    """Return directions, (count, 3), that are spread over the upper half of the sphere."""
    numbers = np.arange(count)
    heights = 1 - 0.9 * (numbers + 0.5) / count
    radii = np.sqrt(1 - heights * heights)
    angles = _GOLDEN_ANGLE_RAD * (1.7 * numbers + 0.5)
    return np.stack((radii * np.cos(angles), heights, radii * np.sin(angles)), axis=1)


def _unit(vectors: Float64) -> Float64:
    return vectors / np.sqrt((vectors * vectors).sum(axis=-1, keepdims=True))
