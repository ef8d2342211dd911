"""Where something was, and where its motion leads."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float64

_REMEMBERED_S = 1.0
# What came last before a person was hidden is not trusted: landmarks slide onto what hides it.
_DOUBTED_S = 0.25


class Motion:
    """The path of a body's alignment points, (2, 2), in pixels."""

    def __init__(self) -> None:
        self._path: deque[tuple[float, Float64]] = deque()

    def add(self, points_px: Float64, timestamp_s: float) -> None:
        """The points are there now."""
        self._path.append((timestamp_s, points_px))
        while timestamp_s - self._path[0][0] > _REMEMBERED_S + _DOUBTED_S:
            self._path.popleft()

    def predict(self, timestamp_s: float) -> Float64:
        """Where the points should be: on the straight line that fits the hips' path best.

        The circle's size is the mean: it breathes with the limbs, and does not go on as it began.
        """
        trusted_s = self._path[-1][0] - _DOUBTED_S
        trusted = [(time_s, points) for time_s, points in self._path if time_s <= trusted_s]
        if len(trusted) < 2:
            return self._path[0][1]
        times_s, points_px = (np.array(values) for values in zip(*trusted, strict=True))
        middle_s, middle_px = times_s.mean(), points_px.mean(axis=0)
        from_middle_s = times_s - middle_s
        velocity = from_middle_s @ points_px[:, 0] / np.square(from_middle_s).sum()
        predicted: Float64 = middle_px + velocity * (timestamp_s - middle_s)
        return predicted
