from __future__ import annotations

import numpy as np
import pytest

from vitruvian.keypoint_similarity import oks
from vitruvian.skeleton import COCO_SIGMAS

KEYPOINTS_PX = np.arange(34.0).reshape(17, 2)


def test_equal_poses_are_similar_by_one() -> None:
    assert oks(KEYPOINTS_PX, KEYPOINTS_PX, 100, np.ones(17)) == 1


def test_the_formula_is_that_of_coco() -> None:
    distances_px = np.arange(17.0)
    moved_px = KEYPOINTS_PX + np.stack((distances_px, np.zeros(17)), axis=1)
    weights = np.arange(17) % 3 > 0
    scales = 900 * np.square(2 * np.array(COCO_SIGMAS)) * 2
    expected = np.exp(-(distances_px**2) / scales)[weights].mean()
    assert oks(KEYPOINTS_PX, moved_px, 900, weights) == pytest.approx(expected, abs=1e-15)


def test_pairs_are_broadcast() -> None:
    others_px = KEYPOINTS_PX + np.array([0, 5, 9])[:, np.newaxis, np.newaxis]
    areas_px2 = np.array([[100.0], [400.0]])
    together = oks(KEYPOINTS_PX, others_px, areas_px2, np.ones(17))
    assert together.shape == (2, 3)
    for row, area_px2 in enumerate((100, 400)):
        for column in range(3):
            alone = oks(KEYPOINTS_PX, others_px[column], area_px2, np.ones(17))
            assert together[row, column] == alone


def test_without_weights_nothing_is_similar() -> None:
    assert oks(KEYPOINTS_PX, KEYPOINTS_PX, 100, np.zeros(17)) == 0
