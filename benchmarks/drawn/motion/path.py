"""A line on the floor, along which people walk."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The heading of the body is that of the path over this distance before and behind it.
_LOOK_M = 0.35


@dataclass(frozen=True)
class Path:
    """A line on the floor through points (N, 2), x and z in metres."""

    points_m: NDArray[np.float64]

    @cached_property
    def distances_m(self) -> NDArray[np.float64]:
        """Return how far each point is along the path (N,)."""
        pieces_m = np.sqrt((np.diff(self.points_m, axis=0) ** 2).sum(axis=1))
        return np.concatenate(([0.0], np.cumsum(pieces_m)))

    def at(self, distance_m: float) -> tuple[float, float]:
        """Return the x and z of the point at a distance along the path."""
        x, z = (
            float(np.interp(distance_m, self.distances_m, self.points_m[:, axis]))
            for axis in (0, 1)
        )
        return x, z

    def heading_rad(self, distance_m: float) -> float:
        """Return where the path leads around a distance, to the left of +z."""
        last_m = self.distances_m[-1]
        before_m, after_m = max(0.0, distance_m - _LOOK_M), min(last_m, distance_m + _LOOK_M)
        (x0, z0), (x1, z1) = self.at(before_m), self.at(after_m)
        return math.atan2(x1 - x0, z1 - z0)
