"""Alignment points → the circle around the body → the region that the landmark model sees.

The two alignment points are the hips' midpoint and a point on the circle around the whole body.
They are keypoints 0 and 1 of a detection, or the two auxiliary landmarks of the previous frame.
The region is computed as in mediapipe/calculators/util/{alignment_points_to_rects,
detections_to_rects,rect_transformation}_calculator.cc.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.types import Region

if TYPE_CHECKING:
    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.types import Float32, Float64, ImageSize

# The circle is enlarged so that a moving body stays inside the region
# (pose_detection_to_roi.pbtxt and pose_landmarks_to_roi.pbtxt, scale_x and scale_y).
_MARGIN = np.float32(1.25)
_RIGHT_ANGLE_RAD = np.float32(math.pi / 2)
_TWO = np.float32(2)


@dataclass(frozen=True)
class BodyCircle:
    """The circle around a body: the one that Leonardo drew around the Vitruvian man.

    Attributes:
        center_x_px: of the hips' midpoint, float32.
        center_y_px: of the hips' midpoint, float32.
        radius_px: float32.
        angle_rad: the incline of the body from upright, clockwise, in [-pi, pi), float32.
    """

    center_x_px: np.float32
    center_y_px: np.float32
    radius_px: np.float32
    angle_rad: np.float32

    @classmethod
    def around(
        cls, alignment_points: Float32, image_size: ImageSize, reference: Reference
    ) -> BodyCircle:
        """Return the circle of two alignment points.

        Args:
            alignment_points: (2, 2 or more) x, y of both points in normalized coordinates.
            image_size: size of the image in pixels.
            reference: the version of MediaPipe whose rounding is reproduced.
        """
        (center_x_px, center_y_px), (right, down) = _center_and_offset_px(
            alignment_points, image_size
        )
        incline_rad = np.float32(reference.arctan2(float(-down), float(right)))
        angle_rad = float(_RIGHT_ANGLE_RAD - incline_rad)
        turns = math.floor((angle_rad + math.pi) / math.tau) if math.isfinite(angle_rad) else 0
        return cls(
            center_x_px, center_y_px, _length(right, down), np.float32(angle_rad - math.tau * turns)
        )


def region_around(
    alignment_points: Float32, image_size: ImageSize, reference: Reference
) -> Region | None:
    """Return a body's square region, or None if the alignment points coincide or are not finite.

    The arguments are those of `BodyCircle.around`.
    """
    circle = BodyCircle.around(alignment_points, image_size, reference)
    image_width, image_height = map(np.float32, image_size)
    # MediaPipe keeps the circle's box in normalized coordinates, and so rounds each side.
    diameter_px = _TWO * circle.radius_px
    width, height = diameter_px / image_width, diameter_px / image_height
    if not 0 < width < math.inf:
        return None
    side_px = max(width * image_width, height * image_height)
    return Region(
        center_x=circle.center_x_px / image_width,
        center_y=circle.center_y_px / image_height,
        width=side_px / image_width * _MARGIN,
        height=side_px / image_height * _MARGIN,
        angle_rad=circle.angle_rad,
    )


def body_diameter_px(alignment_points: Float32, image_size: ImageSize) -> np.float32:
    """Return the diameter of the circle around a body, by which the filters measure its speed.

    Args:
        alignment_points: (2, 2 or more) x, y of both points in normalized coordinates.
        image_size: size of the image in pixels.
    """
    _, offset_px = _center_and_offset_px(alignment_points, image_size)
    image_width, image_height = map(np.float32, image_size)
    diameter_px = _TWO * _length(*offset_px)
    width, height = diameter_px / image_width, diameter_px / image_height
    return (width * image_width + height * image_height) / _TWO


def body_radius_px(alignment_points_px: Float64) -> Float64:
    """Return the radii, (...), of the circles around bodies, in float64.

    Args:
        alignment_points_px: (..., 2, 2) x, y of both points in pixels.
    """
    radii_px: Float64 = np.linalg.norm(
        alignment_points_px[..., 1, :] - alignment_points_px[..., 0, :], axis=-1
    )
    return radii_px


def _center_and_offset_px(
    alignment_points: Float32, image_size: ImageSize
) -> tuple[tuple[np.float32, np.float32], tuple[np.float32, np.float32]]:
    """Return x, y of the circle's centre, and of the vector from there to the other point.

    Single numbers, because arrays of two of them take three times as long.
    """
    image_width, image_height = map(np.float32, image_size)
    (center_x, center_y, *_), (x, y, *_) = alignment_points
    center_x_px, center_y_px = center_x * image_width, center_y * image_height
    offset_px = (x * image_width - center_x_px, y * image_height - center_y_px)
    return (center_x_px, center_y_px), offset_px


def _length(right_px: np.float32, down_px: np.float32) -> np.float32:
    length_px: np.float32 = np.sqrt(right_px * right_px + down_px * down_px)
    return length_px
