"""The frame of a head, in which the same numbers mean the same place on every head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vitruvian.skeleton import PoseLandmark

if TYPE_CHECKING:
    from .mesh import FloatArray


@dataclass(frozen=True)
class Head:
    """A head at rest.

    Its frame begins in the middle between the ears. Its unit is half of the distance between them,
    and its axes are those of the body: x to the left, y up, z forward.
    """

    origin_m: FloatArray  # (3,)
    unit_m: float

    def in_head(self, points_m: FloatArray) -> FloatArray:
        """Return points of the body (N, 3) in the frame of the head."""
        return (points_m - self.origin_m) / self.unit_m

    def in_body_m(self, points_in_head: FloatArray) -> FloatArray:
        """Return points in the frame of the head (N, 3) in that of the body, in metres."""
        return points_in_head * self.unit_m + self.origin_m


def head_of(landmarks_m: FloatArray) -> Head:
    """Return the head of a body with these landmarks at rest, (33, 3)."""
    left_m, right_m = landmarks_m[[PoseLandmark.LEFT_EAR, PoseLandmark.RIGHT_EAR]]
    return Head((left_m + right_m) / 2, float(left_m[0] - right_m[0]) / 2)
