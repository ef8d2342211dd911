from __future__ import annotations

import math

import numpy as np
import pytest

from tests.support.fakes import STANDING
from vitruvian.keypoint_similarity import oks
from vitruvian.skeleton import COCO_17, COCO_SIGMAS
from vitruvian.tracking.similarity import Body

VISIBLE = np.ones(33, np.float32)
POINTS = STANDING * 100  # the circle is 200 px wide


def test_oks_decreases_with_the_distance_relative_to_each_keypoints_sigma() -> None:
    area = 400.0
    points = np.zeros((17, 2))
    others = np.zeros((17, 2))
    others[:, 0] = 2 * np.array(COCO_SIGMAS) * math.sqrt(area)
    weights = np.ones(17)
    assert oks(points, points, area, weights) == 1
    assert oks(points, others, area, weights) == pytest.approx(math.exp(-0.5))
    others[1:] = 0
    assert oks(points, others, area, weights) == pytest.approx((math.exp(-0.5) + 16) / 17)


def body(points: np.ndarray, diameter_px: float = 200.0, visible: np.ndarray = VISIBLE) -> Body:
    return Body(points.astype(np.float32), visible, diameter_px)


def test_keypoints_are_weighted_by_their_visibility() -> None:
    others = POINTS.copy()
    others[COCO_17[9]] += 1000
    visible = VISIBLE.copy()
    assert body(POINTS).oks(body(others, visible=visible)) == pytest.approx(16 / 17)
    visible[COCO_17[9]] = 0
    assert body(POINTS).oks(body(others, visible=visible)) == 1
    assert body(POINTS).oks(body(others, visible=0 * VISIBLE)) == 0


def test_the_same_distance_matters_less_for_a_larger_body() -> None:
    large, small = (body(POINTS).oks(body(POINTS + 20, diameter_px)) for diameter_px in (400, 200))
    assert 0 < small < large < 1


def test_a_pose_that_is_shifted_by_a_step_is_another_person() -> None:
    assert body(POINTS).is_same_person_as(body(POINTS + 8))
    assert not body(POINTS).is_same_person_as(body(POINTS + np.array((60, 0))))


def test_a_pose_on_a_body_is_distinguished_from_one_beside_it() -> None:
    hand = body(POINTS / 10 + POINTS[16], 20.0)
    assert hand.fraction_on(body(POINTS)) == 1
    assert hand.is_part_of(body(POINTS))
    assert body(hand.points_px - 50, 20.0).fraction_on(body(POINTS)) == 0
    visible = VISIBLE.copy()
    visible[11:] = 0
    legs_beside = POINTS.copy()
    legs_beside[11:] += 1000
    assert body(legs_beside, visible=visible).fraction_on(body(POINTS)) == 1
