"""How alike two poses are, and how much of a body lies on another. All in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.skeleton import COCO_17, COCO_SIGMAS, CONNECTIONS
from vitruvian.stages.region import object_size_px

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Float32, Landmarks

_KEYPOINTS = list(COCO_17)
_VARIANCES = np.square(2 * np.array(COCO_SIGMAS))
# A person's outline covers this part of the square around its circle: the median of 90 people in
# COCO. Nine in ten lie between 0.13 and 0.21.
_AREA = 0.17
# Besides the lines that are drawn, the trunk's diagonals and the neck.
_BONES = np.array((*CONNECTIONS, (11, 24), (12, 23), (0, 11), (0, 12)))
_SAME_PERSON = 0.4  # object keypoint similarity
_PART_OF_PERSON = 0.6
_BONE_RADIUS = 0.06  # parts of the circle's diameter: flesh and clothes around a bone


def oks(
    points: NDArray[np.floating],
    others: NDArray[np.floating],
    area: float,
    weights: NDArray[np.floating],
) -> float:
    """Object keypoint similarity, COCO's measure: 1 for the same, towards 0 with distance.

    Args:
        points: (17, 2) COCO's keypoints.
        others: (17, 2) those to compare with.
        area: of the person, in square pixels.
        weights: (17,) by which each keypoint counts.
    """
    distances = np.square(points - others).sum(axis=1)
    return _mean(np.exp(-distances / (2 * area * _VARIANCES)), weights)


@dataclass(frozen=True, eq=False)
class Body:
    """A person in the picture.

    Attributes:
        points: (33, 2) landmarks in pixels.
        visibility: (33,) by which each of them counts.
        size_px: diameter of the circle around the body, as of `region.object_size_px`.
    """

    points: Float32
    visibility: Float32
    size_px: float

    @classmethod
    def of(cls, landmarks: Landmarks, image_size: tuple[int, int]) -> Body:
        """Of one person (N = 1)."""
        points = landmarks.landmarks[0, :, :2] * np.array(image_size, np.float32)
        size_px = float(object_size_px(landmarks.auxiliary[0], image_size))
        return cls(points, landmarks.visibility[0], size_px)

    def similarity(self, other: Body) -> float:
        """`oks` of the two, in the larger one's measure."""
        return oks(
            self.points[_KEYPOINTS],
            other.points[_KEYPOINTS],
            _AREA * max(self.size_px, other.size_px) ** 2,
            (self.visibility * other.visibility)[_KEYPOINTS],
        )

    def part_on(self, other: Body) -> float:
        """How much of the pose, in [0, 1], lies on the other body."""
        start, end = other.points[_BONES[:, 0]], other.points[_BONES[:, 1]]
        bones, away = end - start, self.points[:, np.newaxis] - start
        lengths = np.maximum(np.square(bones).sum(axis=1), np.finfo(np.float32).tiny)
        along = ((away * bones).sum(axis=2) / lengths).clip(0, 1)[..., np.newaxis]
        distances = np.linalg.norm(away - along * bones, axis=2).min(axis=1)
        return _mean(distances < _BONE_RADIUS * other.size_px, self.visibility)

    def is_same_as(self, other: Body) -> bool:
        """Whether both are one person."""
        return self.similarity(other) > _SAME_PERSON

    def lies_on(self, other: Body) -> bool:
        """Whether this is a head, a hand or a trunk of the other that was taken for a body."""
        return self.part_on(other) > _PART_OF_PERSON


def _mean(values: NDArray[Any], weights: NDArray[np.floating]) -> float:
    """The weighted mean; 0 where nothing counts."""
    total = weights.sum()
    return float((values * weights).sum() / total) if total > 0 else 0.0
