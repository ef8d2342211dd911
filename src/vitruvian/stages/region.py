"""Where the landmark model looks: from a detection, or from the landmarks of the frame before.

The alignment points say it: the hips' midpoint, and a point above the head on the circle around the
body. They are keypoints 0 and 1 of a detection, or the two auxiliary landmarks. As in
mediapipe/calculators/util/{alignment_points_to_rects,detections_to_rects,
rect_transformation}_calculator.cc.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.stages.rounding import SOLUTIONS_0_10_21
from vitruvian.types import Region

if TYPE_CHECKING:
    from vitruvian.stages.rounding import Build
    from vitruvian.types import Float32, Float64

# The circle is widened, so that a body that moves stays inside
# (pose_detection_to_roi.pbtxt and pose_landmarks_to_roi.pbtxt, scale_x and scale_y).
_MARGIN = np.float32(1.25)
_RIGHT_ANGLE = np.float32(math.pi / 2)


def region_around(
    alignment: Float32, image_size: tuple[int, int], build: Build = SOLUTIONS_0_10_21
) -> Region | None:
    """The square region of the body.

    Args:
        alignment: (2, 2+) x, y of the two alignment points as parts of the picture.
        image_size: width and height of the picture in pixels.
        build: how the reference rounds.

    Returns:
        None where the points fall together or are not finite, so that there is no circle.
    """
    circle = _circle(alignment, image_size, build)
    if not 0 < circle.width < math.inf:
        return None
    width, height = np.array(image_size, np.float32)
    side_px = max(circle.width * width, circle.height * height)
    return Region(
        center_x=circle.center_x,
        center_y=circle.center_y,
        width=side_px / width * _MARGIN,
        height=side_px / height * _MARGIN,
        angle_rad=circle.angle_rad,
    )


def object_size_px(alignment: Float32, image_size: tuple[int, int]) -> np.float32:
    """The circle's diameter, by which speeds are measured; arguments as of `region_around`."""
    circle = _circle(alignment, image_size, SOLUTIONS_0_10_21)
    width, height = np.array(image_size, np.float32)
    return np.float32((circle.width * width + circle.height * height) / np.float32(2))


def radii_px(alignments_px: Float64) -> Float64:
    """Of the circles around bodies whose alignment points, (..., 2, 2), are given in pixels."""
    radii: Float64 = np.linalg.norm(alignments_px[..., 1, :] - alignments_px[..., 0, :], axis=-1)
    return radii


def _circle(alignment: Float32, image_size: tuple[int, int], build: Build) -> Region:
    width, height = np.array(image_size, np.float32)
    (center_x, x), (center_y, y) = alignment[:, 0] * width, alignment[:, 1] * height
    right, down = x - center_x, y - center_y
    diameter_px = np.float32(2) * np.sqrt(right * right + down * down)
    incline_rad = np.float32(build.arctan2(float(-down), float(right)))
    angle_rad = float(_RIGHT_ANGLE - incline_rad)  # from upright
    turns = math.floor((angle_rad + math.pi) / (2 * math.pi)) if math.isfinite(angle_rad) else 0
    return Region(
        center_x=center_x / width,
        center_y=center_y / height,
        width=diameter_px / width,
        height=diameter_px / height,
        angle_rad=np.float32(angle_rad - 2 * math.pi * turns),
    )
