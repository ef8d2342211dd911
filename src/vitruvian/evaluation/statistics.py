"""The metrics that are means over points: of the people of an image, and of all images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.evaluation import errors_3d, pck
from vitruvian.evaluation.image_means import ImageMeans
from vitruvian.evaluation.masks import mask_ious
from vitruvian.skeleton import COCO_17, LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from vitruvian.evaluation.annotations import Annotations
    from vitruvian.evaluation.matches import Matches
    from vitruvian.evaluation.system_results import SystemResults
    from vitruvian.types import Float64

JOINTS = tuple(LANDMARK_NAMES[landmark] for landmark in COCO_17)
_PERCENT = 100.0


@dataclass(frozen=True, eq=False)
class Statistic:
    """A metric that is a mean, or one for each part of the body.

    Attributes:
        name: in `metrics.METRICS`, or in `metrics.PART_METRICS`.
        means: those of the parts.
        unit: by which they are multiplied.
        parts: their names; empty if the metric is the mean over the parts.
    """

    name: str
    means: ImageMeans
    unit: float = 1.0
    parts: tuple[str, ...] = ()

    def values(self, means: Float64) -> Float64:
        """Return the values, (M, B), that follow from resampled means, (J, B); NaN of nothing."""
        each: Float64 = means * self.unit
        if self.parts:
            return each
        has_value = ~np.isnan(each)
        sums = np.where(has_value, each, 0).sum(axis=0, keepdims=True)
        values: Float64 = np.full_like(sums, np.nan)
        counts = has_value.sum(axis=0, keepdims=True)
        np.divide(sums, counts, out=values, where=counts > 0)
        return values


def keypoint_statistics(
    matches: Matches, normalizers_px: Float64, threshold: float
) -> Iterator[Statistic]:
    """Yield the metrics of COCO's keypoints. Keypoints that were not found are wrong.

    Args:
        matches: people and errors.
        normalizers_px: (P,) of the people; those with NaN are left out of PCK and AUC.
        threshold: of PCK.
    """
    is_normalized = matches.labelled & ~np.isnan(normalizers_px)[:, np.newaxis]
    correct = pck.is_correct(matches.errors_px, normalizers_px, threshold)
    joints = _means(matches, correct, is_normalized)
    areas = _means(matches, pck.area_under_curve(matches.errors_px, normalizers_px), is_normalized)
    errors = _means(matches, matches.errors_px, ~np.isnan(matches.errors_px))
    yield Statistic("pck", joints.pooled(), _PERCENT)
    yield Statistic("pck_mean_of_joints", joints, _PERCENT)
    yield Statistic("joints_pck", joints, _PERCENT, JOINTS)
    yield Statistic("auc", areas.pooled(), _PERCENT)
    yield Statistic("auc_mean_of_joints", areas, _PERCENT)
    yield Statistic("epe_px", errors.pooled())
    yield Statistic("joints_epe_px", errors, parts=JOINTS)


def landmark_statistics(
    matches: Matches, normalizers_px: Float64, threshold: float
) -> Iterator[Statistic]:
    """Yield the metrics of the 33 landmarks, if both truth and system have them."""
    true_px = _stacked([person.landmarks_px for person in matches.truth], 2)
    found_px = _stacked([None if p is None else p.landmarks for p in matches.found], 2)
    errors_px = np.linalg.norm(true_px - found_px, axis=2)
    if np.isnan(errors_px).all():
        return
    is_normalized = ~np.isnan(true_px[..., 0] + normalizers_px[:, np.newaxis])
    landmarks = _means(matches, pck.is_correct(errors_px, normalizers_px, threshold), is_normalized)
    errors = _means(matches, errors_px, ~np.isnan(errors_px))
    yield Statistic("landmarks_pck", landmarks.pooled(), _PERCENT)
    yield Statistic("each_landmark_pck", landmarks, _PERCENT, LANDMARK_NAMES)
    yield Statistic("landmarks_epe_px", errors.pooled())
    yield Statistic("each_landmark_epe_px", errors, parts=LANDMARK_NAMES)


def world_statistics(matches: Matches) -> Iterator[Statistic]:
    """Yield the metrics in three dimensions, if both truth and system have world landmarks.

    The errors are those of the people who were found. A person who was not found is wrong in PCK
    and AUC.
    """
    truth: Float64 = errors_3d.centred(
        _stacked([person.world_landmarks for person in matches.truth], 3)
    )
    found = errors_3d.centred(
        _stacked([None if p is None else p.world_landmarks for p in matches.found], 3)
    )
    has_truth = np.isfinite(truth.sum(axis=(1, 2)))
    has_both = has_truth & np.isfinite(found.sum(axis=(1, 2)))
    if not has_both.any():
        return
    poses, true_poses = found[has_both], truth[has_both]
    for name, moved in (
        ("mpjpe_mm", poses),
        ("pa_mpjpe_mm", errors_3d.aligned(poses, true_poses)),
        ("n_mpjpe_mm", errors_3d.scaled(poses, true_poses)),
    ):
        errors_mm = np.full(truth.shape[:2], np.nan)
        errors_mm[has_both] = errors_3d.errors_mm(moved, true_poses)
        yield Statistic(name, _means(matches, errors_mm, ~np.isnan(errors_mm)).pooled())
    errors_mm = errors_3d.errors_mm(found, truth)
    counted = np.broadcast_to(has_truth[:, np.newaxis], errors_mm.shape)
    near = errors_mm < errors_3d.PCK_THRESHOLD_MM
    areas = (errors_mm[..., np.newaxis] < errors_3d.AUC_THRESHOLDS_MM).mean(axis=2)
    yield Statistic("pck_150mm", _means(matches, near, counted).pooled(), _PERCENT)
    yield Statistic("auc_150mm", _means(matches, areas, counted).pooled(), _PERCENT)


def mask_statistics(annotations: Annotations, results: SystemResults) -> Iterator[Statistic]:
    """Yield the metric of masks, if both truth and system have them."""
    ious = mask_ious(annotations, results.mask_overlaps)[:, np.newaxis]
    if results.mask_overlaps and not np.isnan(ious).all():
        yield Statistic("mask_iou", ImageMeans(np.nan_to_num(ious), 1.0 - np.isnan(ious)), _PERCENT)


def _means(matches: Matches, values: NDArray[np.generic], counted: NDArray[np.bool_]) -> ImageMeans:
    return ImageMeans.of(values, counted, matches.images, matches.image_count)


def _stacked(points: Sequence[Float64 | None], axes: int) -> Float64:
    """Return points, (P, 33, axes), NaN of each person who has none."""
    nowhere = np.full((len(LANDMARK_NAMES), axes), np.nan)
    stacked = np.array([nowhere if person is None else person for person in points], np.float64)
    return stacked.reshape(-1, *nowhere.shape)
