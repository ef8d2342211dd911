from __future__ import annotations

import numpy as np
import pytest

from tests.support.annotated import STANDING_PX, true_person
from vitruvian.evaluation.pck import NORMALIZERS, area_under_curve, is_correct, normalizers_px

LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_HIP, RIGHT_HIP = 5, 6, 11, 12


def person(*unlabelled: int, **changes: object):
    labelled = ~np.isin(np.arange(17), unlabelled)
    keypoints_px = np.where(labelled[:, np.newaxis], STANDING_PX, np.nan)
    return true_person(keypoints_px=keypoints_px, labelled=labelled, **changes)


def test_the_torso_is_the_diagonal_from_the_left_shoulder_to_the_right_hip() -> None:
    # (30, 50) to (-20, 150)
    assert normalizers_px([person()], "torso") == pytest.approx(np.hypot(50, 100))


def test_the_torso_is_the_other_diagonal_if_that_is_not_labelled() -> None:
    leaning_px = STANDING_PX.copy()
    leaning_px[RIGHT_SHOULDER] = (-100, 50)
    labelled = np.arange(17) != LEFT_SHOULDER
    leaning = true_person(keypoints_px=leaning_px, labelled=labelled)
    leaning.keypoints_px[LEFT_SHOULDER] = np.nan
    assert normalizers_px([leaning], "torso") == pytest.approx(np.hypot(120, 100))


def test_people_without_a_diagonal_have_no_torso() -> None:
    people = [person(LEFT_SHOULDER, LEFT_HIP), person(LEFT_SHOULDER, RIGHT_SHOULDER), person()]
    assert np.isnan(normalizers_px(people, "torso")).tolist() == [True, True, False]


def test_the_midline_needs_both_shoulders_and_hips() -> None:
    people = [person(), person(LEFT_HIP)]
    np.testing.assert_allclose(normalizers_px(people, "midline"), [100, np.nan])


def test_the_box_counts_by_its_longer_side() -> None:
    assert normalizers_px([person(box_px=np.array([5.0, 5, 30, 70]))], "box") == 70


def test_the_head_is_annotated_or_the_distance_of_the_ears() -> None:
    people = [person(head_size_px=50.0), person(), person(3)]
    np.testing.assert_allclose(normalizers_px(people, "head"), [50, 24, np.nan])


@pytest.mark.parametrize("name", NORMALIZERS)
def test_a_length_of_0_is_none(name) -> None:
    flat = true_person(keypoints_px=np.ones((17, 2)), box_px=np.zeros(4))
    assert np.isnan(normalizers_px([flat], name)).all()
    assert len(normalizers_px([], name)) == 0


@pytest.mark.parametrize("length_px", [5.0, 15.0, 35.0, 55.0, 70.0, 120.0])
def test_a_keypoint_at_exactly_the_threshold_is_wrong(length_px: float) -> None:
    errors_px = length_px / 5 * np.array([[1, 1 - 1e-12, 1 + 1e-12, 0, np.nan]])
    correct = is_correct(errors_px, np.array([length_px]), 0.2)
    assert correct.tolist() == [[False, True, False, True, False]]


def test_the_area_is_the_mean_over_20_thresholds() -> None:
    errors_px = np.array([[0, 0.04, 0.05, 0.5, 0.95, np.nan]]) * 200
    areas = area_under_curve(errors_px, np.array([200.0]))
    # 0 is not nearer than 0, so 19 of 20 is the most.
    np.testing.assert_allclose(areas * 20, [[19, 19, 18, 9, 0, 0]])
