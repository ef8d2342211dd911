from __future__ import annotations

import math

import numpy as np
import pytest
from fakes import STANDING

from vitruvian.similarity import oks, part_on_body, pose_similarity
from vitruvian.skeleton import COCO_17, COCO_SIGMAS

VISIBLE = np.ones(33, np.float32)
BODY = STANDING * 100  # the circle is 200 px wide


def test_oks_falls_with_the_distance_in_sigmas_of_each_keypoint() -> None:
    area = 400.0
    points = np.zeros((17, 2))
    others = np.zeros((17, 2))
    others[:, 0] = 2 * np.array(COCO_SIGMAS) * math.sqrt(area)
    every = np.ones(17)
    assert oks(points, points, area, every) == 1
    assert oks(points, others, area, every) == pytest.approx(math.exp(-0.5))
    others[1:] = 0
    assert oks(points, others, area, every) == pytest.approx((math.exp(-0.5) + 16) / 17)


def test_only_what_counts_counts() -> None:
    others = BODY.copy()
    others[COCO_17[9]] += 1000
    visibility = VISIBLE.copy()
    assert pose_similarity(BODY, others, 200, visibility) == pytest.approx(16 / 17)
    visibility[COCO_17[9]] = 0
    assert pose_similarity(BODY, others, 200, visibility) == 1
    assert pose_similarity(BODY, others, 200, np.zeros(33, np.float32)) == 0


def test_the_same_distance_is_less_to_a_larger_body() -> None:
    near, far = (pose_similarity(BODY, BODY + 20, size_px, VISIBLE) for size_px in (400, 200))
    assert 0 < far < near < 1


def test_a_pose_on_a_body_is_told_from_one_beside_it() -> None:
    hand = BODY / 10 + BODY[16]
    assert part_on_body(hand, VISIBLE, BODY, 200) == 1
    assert part_on_body(hand - 50, VISIBLE, BODY, 200) == 0
    visibility = VISIBLE.copy()
    visibility[11:] = 0
    legs_beside = BODY.copy()
    legs_beside[11:] += 1000
    assert part_on_body(legs_beside, visibility, BODY, 200) == 1
