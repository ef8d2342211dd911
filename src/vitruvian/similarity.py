"""How alike two poses are, and how much of a pose lies on another body. All in pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.skeleton import COCO_17, COCO_SIGMAS, CONNECTIONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Float32

_KEYPOINTS = list(COCO_17)
_VARIANCES = np.square(2 * np.array(COCO_SIGMAS))
# A person's outline covers this part of the square around its circle: the median of 90 people in
# COCO. Nine in ten lie between 0.13 and 0.21.
_AREA = 0.17
# Besides the lines that are drawn, the trunk's diagonals and the neck.
_BONES = np.array((*CONNECTIONS, (11, 24), (12, 23), (0, 11), (0, 12)))
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


def pose_similarity(points: Float32, others: Float32, size_px: float, visibility: Float32) -> float:
    """`oks` of two poses.

    Args:
        points: (33, 2) landmarks.
        others: (33, 2) those to compare with.
        size_px: diameter of the larger body's circle, as of `region.object_size_px`.
        visibility: (33,) by which each landmark counts.
    """
    return oks(points[_KEYPOINTS], others[_KEYPOINTS], _AREA * size_px**2, visibility[_KEYPOINTS])


def part_on_body(points: Float32, visibility: Float32, body: Float32, size_px: float) -> float:
    """The part of a pose, in [0, 1], that lies on another body.

    Args:
        points: (33, 2) landmarks of the pose.
        visibility: (33,) by which each of them counts.
        body: (33, 2) landmarks of the other.
        size_px: diameter of the other's circle.
    """
    start, end = body[_BONES[:, 0]], body[_BONES[:, 1]]
    bones, away = end - start, points[:, np.newaxis] - start
    lengths = np.maximum(np.square(bones).sum(axis=1), np.finfo(np.float32).tiny)
    along = ((away * bones).sum(axis=2) / lengths).clip(0, 1)[..., np.newaxis]
    distances = np.linalg.norm(away - along * bones, axis=2).min(axis=1)
    return _mean(distances < _BONE_RADIUS * size_px, visibility)


def _mean(values: NDArray[Any], weights: NDArray[np.floating]) -> float:
    """The weighted mean; 0 where nothing counts."""
    total = weights.sum()
    return float((values * weights).sum() / total) if total > 0 else 0.0
