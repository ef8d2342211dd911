from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import procrustes
from scipy.spatial.transform import Rotation

from tests import tolerances
from tests.support.mmpose_metrics import compute_similarity_transform
from vitruvian.evaluation.errors_3d import aligned, centred, errors_mm, scaled

CHANCE = np.random.default_rng(5)
TRUTH = CHANCE.normal(0, 0.4, (6, 33, 3))
FOUND = TRUTH * 0.8 + CHANCE.normal(0, 0.05, TRUTH.shape) + 0.3


def test_the_hips_midpoint_is_the_origin() -> None:
    poses = centred(FOUND)
    np.testing.assert_allclose(poses[:, 23] + poses[:, 24], 0, atol=1e-15)
    np.testing.assert_allclose(poses[:, 5] - poses[:, 9], FOUND[:, 5] - FOUND[:, 9])


def test_a_moved_turned_and_scaled_pose_is_aligned_without_error() -> None:
    turned = Rotation.random(6, rng=1).as_matrix()
    moved = 1.7 * TRUTH @ turned + CHANCE.normal(0, 3, (6, 1, 3))
    np.testing.assert_allclose(aligned(moved, TRUTH), TRUTH, atol=1e-12)


def test_a_mirrored_pose_is_not_turned_inside_out() -> None:
    mirrored = TRUTH * (-1, 1, 1)
    left = errors_mm(aligned(mirrored, TRUTH), TRUTH).mean()
    assert left > 100
    # scipy's alignment, which reflects, has no error.
    assert procrustes(TRUTH[0], mirrored[0])[2] == pytest.approx(0, abs=1e-12)


def test_aligned_poses_are_those_of_mmpose() -> None:
    for found in (FOUND, TRUTH * (-1, 1, 1) + 0.1 * FOUND):
        expected = [compute_similarity_transform(*pair) for pair in zip(found, TRUTH, strict=True)]
        np.testing.assert_allclose(aligned(found, TRUTH), expected, atol=tolerances.OTHER_EVALUATOR)


def test_the_rest_after_alignment_is_that_of_scipy() -> None:
    for found, truth in zip(FOUND, TRUTH, strict=True):
        size = np.linalg.norm(truth - truth.mean(axis=0))
        squares_mm2 = np.square(errors_mm(aligned(found[np.newaxis], truth[np.newaxis]), truth))
        disparity = procrustes(truth, found)[2]
        assert squares_mm2.sum() / (1000 * size) ** 2 == pytest.approx(disparity, rel=1e-9)


def test_the_scale_is_the_best_one() -> None:
    best = np.square(scaled(FOUND, TRUTH) - TRUTH).sum(axis=(1, 2))
    for factor in (0.999, 1.001):
        other = np.square(factor * scaled(FOUND, TRUTH) - TRUTH).sum(axis=(1, 2))
        assert (best < other).all()


def test_a_pose_that_is_one_point_has_an_error_and_no_warning() -> None:
    point = np.zeros((1, 33, 3))
    assert np.isfinite(errors_mm(aligned(point, TRUTH[:1]), TRUTH[:1])).all()
    np.testing.assert_array_equal(scaled(point, TRUTH[:1]), point)


def test_errors_are_in_millimetres() -> None:
    np.testing.assert_allclose(errors_mm(TRUTH + np.array([0, 0.003, 0.004]), TRUTH), 5)
