"""Where the landmark model looks: from a detection, or from the landmarks of the frame before."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from vitruvian.types import Region

if TYPE_CHECKING:
    from vitruvian.types import Float32

# The circle around the body, widened so that a body that moves stays inside
# (pose_detection_to_roi.pbtxt and pose_landmarks_to_roi.pbtxt, scale_x and scale_y).
_MARGIN = 1.25


def circle_diameter_px(alignment: Float32) -> float:
    """Diameter of the Vitruvian circle: `alignment` is (2, 2+), its centre and a point on it."""
    (center_x, center_y), (x, y) = alignment[:, :2].tolist()
    return 2 * math.hypot(x - center_x, y - center_y)


def region_around(alignment: Float32) -> Region | None:
    """The region of the body whose hips' midpoint and point on the circle are given.

    Args:
        alignment: (2, 2+) x, y in picture pixels: keypoints 0 and 1 of a detection, or the two
            auxiliary landmarks. The second lies above the head of a body that stands upright.

    Returns:
        None where the two fall together or are not finite, so that there is no circle.
    """
    (center_x, center_y), (x, y) = alignment[:, :2].tolist()
    size = _MARGIN * circle_diameter_px(alignment)
    if not 0 < size < math.inf:
        return None
    # From the upward direction of the picture to that of the body, in (-pi, pi].
    angle = math.atan2(x - center_x, center_y - y)
    return Region(center_x, center_y, size, angle)
