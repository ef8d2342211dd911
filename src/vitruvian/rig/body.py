"""The landmarks of one person in the room, and the points between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from vitruvian.skeleton import PoseLandmark

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Float64

# A point of the body: the middle of some landmarks.
Point: TypeAlias = tuple[PoseLandmark, ...]

_LEAST_VISIBILITY = 0.5

HIPS = PoseLandmark.LEFT_HIP, PoseLandmark.RIGHT_HIP
SHOULDERS = PoseLandmark.LEFT_SHOULDER, PoseLandmark.RIGHT_SHOULDER
EARS = PoseLandmark.LEFT_EAR, PoseLandmark.RIGHT_EAR
EYES = PoseLandmark.LEFT_EYE, PoseLandmark.RIGHT_EYE
NOSE = (PoseLandmark.NOSE,)


def of_side(side: str, *names: str) -> Point:
    """Return the point between landmarks of the side Left or Right."""
    return tuple(PoseLandmark[f"{side}_{name}".upper()] for name in names)


@dataclass(frozen=True)
class Body:
    """The landmarks of one person in T frames.

    Attributes:
        positions_m: (R, 33, 3) in the room: x right, y up, z to the camera.
        visibility: (R, 33).
        rows: (T,) the rows of these frames in the arrays. In others, the person is missing.
    """

    positions_m: Float64
    visibility: Float64
    rows: NDArray[np.int64]

    def at(self, point: Point) -> Float64:
        """Return the positions of a point, (T, 3)."""
        middle: Float64 = self.positions_m[self.rows[:, np.newaxis], point].mean(axis=1)
        return middle

    def between(self, start: Point, end: Point) -> Float64:
        """Return the vectors from one point to another, (T, 3)."""
        return self.at(end) - self.at(start)

    def typical(self, values: Float64, *points: Point) -> float:
        """Return the median of values (T,) of the frames in which some points are visible.

        If no frame shows them, it is the median of all frames.
        """
        landmarks = sorted({landmark for point in points for landmark in point})
        visibility = self.visibility[self.rows[:, np.newaxis], landmarks].min(axis=1)
        is_visible = visibility >= _LEAST_VISIBILITY
        return float(np.median(values[is_visible] if is_visible.any() else values))

    def length(self, start: Point, end: Point) -> float:
        """Return the typical distance of two points."""
        return self.typical(np.linalg.norm(self.between(start, end), axis=-1), start, end)
