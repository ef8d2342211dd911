"""The recent path of a body, and the prediction of where it continues."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float64

_REMEMBERED_S = 1.0
# The positions just before a person is occluded are not used, because the landmarks slide onto what
# occludes the person.
_UNTRUSTED_S = 0.25


class Motion:
    """The path of a body's two alignment points."""

    def __init__(self) -> None:
        self._path: deque[tuple[float, Float64]] = deque()

    def add(self, alignment_points_px: Float64, timestamp_s: float) -> None:
        """Append a position of the path.

        Args:
            alignment_points_px: (2, 2) x, y of both points in pixels.
            timestamp_s: the frame's timestamp, greater than that of the previous position.
        """
        self._path.append((timestamp_s, alignment_points_px))
        while timestamp_s - self._path[0][0] > _REMEMBERED_S + _UNTRUSTED_S:
            self._path.popleft()

    def predict(self, timestamp_s: float) -> Float64:
        """Return the expected alignment points, (2, 2), in pixels.

        The hips' midpoint moves along the straight line that fits its path best. The size of the
        circle is the mean of the path, because it oscillates with the limbs and has no trend. At
        least one position must have been added.
        """
        trusted_until_s = self._path[-1][0] - _UNTRUSTED_S
        trusted = [(time_s, points) for time_s, points in self._path if time_s <= trusted_until_s]
        if len(trusted) < 2:
            return self._path[0][1]
        times_s, points_px = (np.array(values) for values in zip(*trusted, strict=True))
        mean_s, mean_px = times_s.mean(), points_px.mean(axis=0)
        from_mean_s = times_s - mean_s
        velocity_px_per_s = from_mean_s @ points_px[:, 0] / np.square(from_mean_s).sum()
        predicted_px: Float64 = mean_px + velocity_px_per_s * (timestamp_s - mean_s)
        return predicted_px
