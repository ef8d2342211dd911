"""How similar two poses are, and how much of one lies on the other. All distances are in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.keypoint_similarity import oks
from vitruvian.skeleton import COCO_17, CONNECTIONS
from vitruvian.stages.region import body_diameter_px

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Float32, ImageSize, Landmarks

_KEYPOINTS = list(COCO_17)
# The fraction of the square around the body's circle that the person covers: the median of 90
# people in COCO. Nine of ten lie between 0.13 and 0.21.
_AREA = 0.17
# The connections that are drawn, the diagonals of the trunk, and the neck.
_BONES = np.array((*CONNECTIONS, (11, 24), (12, 23), (0, 11), (0, 12)))
_SAME_PERSON_OKS = 0.4
_PART_OF_PERSON = 0.6
_BONE_RADIUS = 0.06  # of flesh and clothes around a bone, in diameters of the body's circle


@dataclass(frozen=True, eq=False)
class Body:
    """The pose of a person in the image.

    Attributes:
        points_px: (33, 2) landmarks in pixels.
        visibility: (33,) weight of each landmark.
        diameter_px: of the circle around the body.
    """

    points_px: Float32
    visibility: Float32
    diameter_px: float

    @classmethod
    def of(cls, landmarks: Landmarks, image_size: ImageSize) -> Body:
        """Return the body of one person (N = 1)."""
        points_px = landmarks.landmarks[0, :, :2] * np.array(image_size, np.float32)
        diameter_px = float(body_diameter_px(landmarks.auxiliary[0], image_size))
        return cls(points_px, landmarks.visibility[0], diameter_px)

    def oks(self, other: Body) -> float:
        """Return the object keypoint similarity, measured by the larger of the two bodies."""
        return float(
            oks(
                self.points_px[_KEYPOINTS],
                other.points_px[_KEYPOINTS],
                _AREA * max(self.diameter_px, other.diameter_px) ** 2,
                (self.visibility * other.visibility)[_KEYPOINTS],
            )
        )

    def fraction_on(self, other: Body) -> float:
        """Return the fraction of this pose, in [0, 1], that lies on the other body."""
        start, end = other.points_px[_BONES[:, 0]], other.points_px[_BONES[:, 1]]
        bones, from_start = end - start, self.points_px[:, np.newaxis] - start
        lengths_px2 = np.maximum(np.square(bones).sum(axis=1), np.finfo(np.float32).tiny)
        along = ((from_start * bones).sum(axis=2) / lengths_px2).clip(0, 1)[..., np.newaxis]
        distances_px = np.linalg.norm(from_start - along * bones, axis=2).min(axis=1)
        return _mean(distances_px < _BONE_RADIUS * other.diameter_px, self.visibility)

    def is_same_person_as(self, other: Body) -> bool:
        """Return whether both poses are of one person."""
        return self.oks(other) > _SAME_PERSON_OKS

    def is_part_of(self, other: Body) -> bool:
        """Return whether this is a part of the other body, such as a hand, taken for a person."""
        return self.fraction_on(other) > _PART_OF_PERSON


def _mean(values: NDArray[Any], weights: NDArray[np.floating]) -> float:
    """Return the weighted mean, or 0 if all weights are zero."""
    total = weights.sum()
    return float((values * weights).sum() / total) if total > 0 else 0.0
