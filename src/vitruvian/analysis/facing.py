"""Which way people face, so that the signs of their angles in the image keep their meaning."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.skeleton import PoseLandmark

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Float64


class Facing(IntEnum):
    """Where a person faces, as seen in the image, at multiples of 90°."""

    FRONT = 0  # to the camera
    RIGHT = 1
    BACK = 2
    LEFT = 3


# Someone who stands between two directions would otherwise change them with the noise.
_HYSTERESIS_DEG = 15.0


def yaw_deg(points_m: NDArray[Any]) -> Float64:
    """Return where N people face, (N,) in degrees: 0 to the camera, 90 to the right in the image.

    It is the horizontal direction at a right angle to shoulders and hips.

    Args:
        points_m: (N, 33, 3) world landmarks.
    """
    left = points_m[:, PoseLandmark.LEFT_SHOULDER] - points_m[:, PoseLandmark.RIGHT_SHOULDER]
    left = left + points_m[:, PoseLandmark.LEFT_HIP] - points_m[:, PoseLandmark.RIGHT_HIP]
    x, _, z = left.astype(np.float64).T
    # Who faces the camera has the left side at the image's right.
    angle_deg: Float64 = np.degrees(np.arctan2(z, x))
    return angle_deg


def facing(yaw_deg: float, before: Facing | None) -> Facing:
    """Return the nearest direction, or that of the frame before unless another one is clear.

    Args:
        yaw_deg: as `yaw_deg` returns it.
        before: the direction in the frame before, if there is one.
    """
    if before is not None:
        from_before_deg = (yaw_deg - 90 * before + 180) % 360 - 180
        if abs(from_before_deg) <= 45 + _HYSTERESIS_DEG:
            return before
    return Facing(round(yaw_deg / 90) % 4)
