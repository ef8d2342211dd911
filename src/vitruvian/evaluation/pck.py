"""The percentage of correct keypoints (PCK), and other measures of distances in the image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.evaluation.annotations import TruePerson
    from vitruvian.types import Float64

Normalizer = Literal["torso", "midline", "box", "head"]
NORMALIZERS: tuple[Normalizer, ...] = get_args(Normalizer)
# Of COCO's keypoints.
_LEFT_EAR, _RIGHT_EAR = 3, 4
_LEFT_SHOULDER, _RIGHT_SHOULDER = 5, 6
_LEFT_HIP, _RIGHT_HIP = 11, 12
_ONE_POINT_PX = 1e-6  # points that are nearer are one
_AUC_STEPS = 20  # as in MMPose's `keypoint_auc`


def normalizers_px(people: Sequence[TruePerson], name: Normalizer) -> Float64:
    """Return the length, (P,), with which each person's distances are compared.

    - torso: from the left shoulder to the right hip, or else between the other two
    - midline: from the shoulders' midpoint to the hips' midpoint
    - box: the longer side of the bounding box
    - head: the annotation's `head_size`, or else the distance of the ears

    It is NaN if the points for it are not labelled, or are one.
    """
    lengths_px = np.array([_LENGTHS[name](person) for person in people], np.float64)
    return np.where(lengths_px > _ONE_POINT_PX, lengths_px, np.nan)


def _torso_px(person: TruePerson) -> float:
    diagonal_px = _distance_px(person, _LEFT_SHOULDER, _RIGHT_HIP)
    other_px = _distance_px(person, _RIGHT_SHOULDER, _LEFT_HIP)
    return other_px if np.isnan(diagonal_px) else diagonal_px


def _midline_px(person: TruePerson) -> float:
    points_px = person.keypoints_px
    shoulders_px = points_px[[_LEFT_SHOULDER, _RIGHT_SHOULDER]].mean(axis=0)
    return float(np.linalg.norm(shoulders_px - points_px[[_LEFT_HIP, _RIGHT_HIP]].mean(axis=0)))


def _box_px(person: TruePerson) -> float:
    return float(person.box_px[2:].max())


def _head_px(person: TruePerson) -> float:
    if person.head_size_px is not None:
        return person.head_size_px
    return _distance_px(person, _LEFT_EAR, _RIGHT_EAR)


def _distance_px(person: TruePerson, start: int, end: int) -> float:
    return float(np.linalg.norm(person.keypoints_px[start] - person.keypoints_px[end]))


_LENGTHS = {"torso": _torso_px, "midline": _midline_px, "box": _box_px, "head": _head_px}


def is_correct(errors_px: Float64, normalizers_px: Float64, threshold: float) -> NDArray[np.bool_]:
    """Return which points, (P, K), are nearer than a part of the normalizer.

    Args:
        errors_px: (P, K) distances; NaN of a point that was not found, which is wrong.
        normalizers_px: (P,)
        threshold: the part of the normalizer; a point at exactly this distance is wrong.
    """
    return errors_px / normalizers_px[:, np.newaxis] < threshold


def area_under_curve(errors_px: Float64, normalizers_px: Float64) -> Float64:
    """Return the mean, (P, K), of `is_correct` over the thresholds 0, 1/20, … 19/20.

    This is `keypoint_auc` of MMPose, with a normalizer of the person in place of 30 pixels.
    """
    thresholds = np.arange(_AUC_STEPS) / _AUC_STEPS
    curve = [is_correct(errors_px, normalizers_px, threshold) for threshold in thresholds]
    mean: Float64 = np.mean(curve, axis=0)
    return mean
