"""The metrics that are means, compared with MMPose's formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests import tolerances
from tests.support import mmpose_metrics
from tests.support.annotated import (
    STANDING_PX,
    annotations_of,
    found_person,
    results_of,
    true_person,
)
from vitruvian.evaluation.image_means import resampled
from vitruvian.evaluation.matches import match_people
from vitruvian.evaluation.pck import normalizers_px
from vitruvian.evaluation.statistics import (
    keypoint_statistics,
    landmark_statistics,
    world_statistics,
)

if TYPE_CHECKING:
    from vitruvian.types import Float64

CHANCE = np.random.default_rng(8)
PEOPLE = 12
LABELLED = CHANCE.uniform(size=(PEOPLE, 17)) < 0.8
LABELLED[:, [5, 12]] = True  # the torso
LABELLED[:, 16] = False  # a joint that nobody has
TRUE_PX = STANDING_PX + CHANCE.uniform(50, 200, (PEOPLE, 1, 2))
FOUND_PX = TRUE_PX + CHANCE.normal(0, 15, TRUE_PX.shape)
TRUE_LANDMARKS_PX = CHANCE.uniform(0, 300, (PEOPLE, 33, 2))
FOUND_LANDMARKS_PX = TRUE_LANDMARKS_PX + CHANCE.normal(0, 15, TRUE_LANDMARKS_PX.shape)
TRUE_WORLD = CHANCE.normal(0, 0.4, (PEOPLE, 33, 3))
FOUND_WORLD = TRUE_WORLD * 0.9 + CHANCE.normal(0, 0.08, TRUE_WORLD.shape) + 0.2

TRUTH = [
    true_person(
        i,
        keypoints_px=np.where(LABELLED[i, :, np.newaxis], TRUE_PX[i], np.nan),
        labelled=LABELLED[i],
        landmarks_px=TRUE_LANDMARKS_PX[i],
        world_landmarks=TRUE_WORLD[i],
    )
    for i in range(PEOPLE)
]
FOUND = [
    found_person(
        FOUND_PX[i], i + 1, landmarks=FOUND_LANDMARKS_PX[i], world_landmarks=FOUND_WORLD[i]
    )
    for i in range(PEOPLE)
]
ANNOTATIONS = annotations_of(*((person,) for person in TRUTH))
TORSOS_PX = np.linalg.norm(TRUE_PX[:, 5] - TRUE_PX[:, 12], axis=1)


def values_of(truth=ANNOTATIONS, found=FOUND, threshold: float = 0.2) -> dict[str, Float64]:
    """Return the values, (M,), of all metrics by name."""
    matches = match_people(truth, results_of(truth, *found))
    lengths_px = normalizers_px(matches.truth, "torso")
    statistics = (
        *keypoint_statistics(matches, lengths_px, threshold),
        *landmark_statistics(matches, lengths_px, threshold),
        *world_statistics(matches),
    )
    images = np.arange(len(truth.images))
    means = resampled([s.means for s in statistics], images, np.ones((1, len(images))))
    return {
        statistic.name: statistic.values(mean)[:, 0]
        for statistic, mean in zip(statistics, means, strict=True)
    }


def close(expected: float | Float64):
    return pytest.approx(expected, abs=100 * tolerances.OTHER_EVALUATOR, nan_ok=True)


@pytest.mark.parametrize("threshold", [0.05, 0.2, 0.5])
def test_keypoints_have_the_values_of_mmpose(threshold: float) -> None:
    values = values_of(threshold=threshold)
    joints, mean = mmpose_metrics.keypoint_pck_accuracy(
        FOUND_PX, TRUE_PX, LABELLED, threshold, TORSOS_PX
    )
    assert values["joints_pck"] == close(np.where(joints < 0, np.nan, 100 * joints))
    assert values["pck_mean_of_joints"] == close(100 * mean)
    counts = LABELLED.sum(axis=0)
    assert values["pck"] == close(100 * (joints * counts).sum() / counts.sum())
    assert values["auc_mean_of_joints"] == close(
        100 * mmpose_metrics.keypoint_auc(FOUND_PX, TRUE_PX, LABELLED, TORSOS_PX)
    )
    assert values["epe_px"] == close(mmpose_metrics.keypoint_epe(FOUND_PX, TRUE_PX, LABELLED))


def test_landmarks_have_the_values_of_mmpose() -> None:
    values = values_of()
    everything = np.ones((PEOPLE, 33), bool)
    each, mean = mmpose_metrics.keypoint_pck_accuracy(
        FOUND_LANDMARKS_PX, TRUE_LANDMARKS_PX, everything, 0.2, TORSOS_PX
    )
    assert values["each_landmark_pck"] == close(100 * each)
    assert values["landmarks_pck"] == close(100 * mean)
    epe_px = mmpose_metrics.keypoint_epe(FOUND_LANDMARKS_PX, TRUE_LANDMARKS_PX, everything)
    assert values["landmarks_epe_px"] == close(epe_px)
    assert len(values["each_landmark_epe_px"]) == 33


def test_world_landmarks_have_the_values_of_mmpose() -> None:
    values = values_of()
    true_mm, found_mm = (
        1000 * (points - points[:, 23:25].mean(axis=1, keepdims=True))
        for points in (TRUE_WORLD, FOUND_WORLD)
    )
    for name, alignment in (
        ("mpjpe_mm", "none"),
        ("n_mpjpe_mm", "scale"),
        ("pa_mpjpe_mm", "procrustes"),
    ):
        assert values[name] == close(mmpose_metrics.keypoint_mpjpe(found_mm, true_mm, alignment))
    assert values["pck_150mm"] == close(mmpose_metrics.keypoint_3d_pck(found_mm, true_mm, 150))
    assert values["auc_150mm"] == close(mmpose_metrics.keypoint_3d_auc(found_mm, true_mm))
    assert 0 < values["auc_150mm"] < values["pck_150mm"] < 100


def test_missing_people_are_wrong_but_have_no_part_in_errors() -> None:
    half = FOUND[: PEOPLE // 2]
    some, of_half = (
        values_of(found=half),
        values_of(annotations_of(*((p,) for p in TRUTH[:6])), half),
    )
    share = LABELLED[:6].sum() / LABELLED.sum()
    for name in ("pck", "auc"):
        assert some[name] == close(of_half[name] * share)
    for name in ("landmarks_pck", "pck_150mm", "auc_150mm"):
        assert some[name] == close(of_half[name] / 2)
    for name in ("epe_px", "landmarks_epe_px", "mpjpe_mm", "pa_mpjpe_mm", "n_mpjpe_mm"):
        assert some[name] == close(of_half[name])


def test_missing_keypoints_are_wrong_but_have_no_part_in_errors() -> None:
    truth = annotations_of((true_person(),))
    keypoints_px = true_person().keypoints_px.copy()
    keypoints_px[7:9] = np.nan
    values = values_of(truth, [found_person(keypoints_px)])
    assert values["pck"] == close(100 * 15 / 17)
    assert values["joints_pck"].tolist() == [100.0] * 7 + [0.0] * 2 + [100.0] * 8
    assert values["epe_px"] == 0
    assert np.isnan(values["joints_epe_px"]).tolist() == [i in {7, 8} for i in range(17)]


def test_nobody_found_gives_zeros_and_no_errors() -> None:
    values = values_of(found=[])
    assert values["pck"] == values["auc"] == 0
    assert np.isnan(values["epe_px"]).all()
    assert "landmarks_pck" not in values
    assert "mpjpe_mm" not in values


def test_people_without_a_torso_are_left_out() -> None:
    labelled = ~np.isin(np.arange(17), (5, 6))
    without = true_person(
        2, keypoints_px=np.where(labelled[:, np.newaxis], STANDING_PX, np.nan), labelled=labelled
    )
    wrong = found_person(STANDING_PX + 200, 2)
    truth = annotations_of((true_person(),), (without,))
    values = values_of(truth, [found_person(true_person().keypoints_px), wrong])
    assert values["pck"] == values["pck_mean_of_joints"] == 100
    assert values["epe_px"] == close(15 * np.hypot(200, 200) / 32)


def test_without_people_nothing_is_measured() -> None:
    values = values_of(annotations_of((), ()), [])
    assert all(np.isnan(value).all() for value in values.values())
