"""The axes of the room: x right in the image, y up from the floor, z to the camera; in metres.

The origin is on the floor below the camera, so a person who is 3 m in front of it has z = -3. The
camera is taken to be level and still: if it is tilted, so is the floor, and if it moves, people
seem to move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float64

# Of all feet, one in fifty may be below the floor, so that outliers do not lift everybody.
_FLOOR_PERCENTILE = 98.0


def floor_below_camera_m(lowest_feet_m: Float64) -> float:
    """Return how far the floor is below the camera; 0 without feet.

    Args:
        lowest_feet_m: (R,) how far the lowest foot of each row is below the camera, or NaN.
    """
    known_m = lowest_feet_m[~np.isnan(lowest_feet_m)]
    return float(np.percentile(known_m, _FLOOR_PERCENTILE)) if len(known_m) else 0.0


def in_room(points_in_camera_m: Float64, floor_m: float) -> Float64:
    """Return points of the camera's space (x right, y down, z away) in the room, (..., 3)."""
    points_in_room_m: Float64 = points_in_camera_m * (1.0, -1.0, -1.0) + (0.0, floor_m, 0.0)
    return points_in_room_m
