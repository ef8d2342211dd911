from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from tests.support.annotated import STANDING_PX, found_person, true_person
from vitruvian.evaluation.assignment import assign, similarities


def test_the_sum_of_similarities_is_the_greatest() -> None:
    chance = np.random.default_rng(3)
    for _ in range(50):
        places = chance.uniform(0, 60, (chance.integers(1, 7), 1, 2))
        truth = [true_person(keypoints_px=STANDING_PX + place) for place in places]
        others = chance.uniform(0, 60, (chance.integers(1, 7), 1, 2))
        found = [found_person(STANDING_PX + place) for place in others]
        values = similarities(truth, found)
        rows, columns = linear_sum_assignment(values, maximize=True)
        numbers = assign(truth, found)
        assert len({*numbers[numbers >= 0]}) == min(len(truth), len(found))
        ours = sum(values[i, j] for i, j in enumerate(numbers) if j >= 0)
        assert ours == pytest.approx(values[rows, columns].sum(), abs=1e-8)


def test_a_greedy_assignment_is_not_enough() -> None:
    """The most similar pair leaves the second person to somebody who is far away."""
    truth = [true_person(keypoints_px=STANDING_PX + x) for x in (0, 12)]
    found = [found_person(STANDING_PX + x) for x in (7, -9)]
    np.testing.assert_array_equal(assign(truth, found), [1, 0])
    assert similarities(truth, found).max() == similarities(truth, found)[1, 0]


def test_people_who_are_far_away_are_assigned_by_distance_in_any_order() -> None:
    truth = [true_person(keypoints_px=STANDING_PX + x) for x in (0, 100_000)]
    far = [found_person(STANDING_PX + x) for x in (30_000, 60_000)]
    assert not similarities(truth, far).any()
    np.testing.assert_array_equal(assign(truth, far), [0, 1])
    np.testing.assert_array_equal(assign(truth, far[::-1]), [1, 0])


def test_a_keypoint_that_was_not_found_is_not_similar() -> None:
    keypoints_px = STANDING_PX.copy()
    keypoints_px[:5] = np.nan
    truth = [true_person(keypoints_px=STANDING_PX)]
    assert similarities(truth, [found_person(keypoints_px)])[0, 0] == pytest.approx(12 / 17)
    nothing = found_person(np.full((17, 2), np.nan))
    assert similarities(truth, [nothing])[0, 0] == 0
    np.testing.assert_array_equal(assign(truth, [nothing]), [0])


def test_only_labelled_keypoints_are_compared() -> None:
    labelled = np.arange(17) < 5
    true_px = np.where(labelled[:, np.newaxis], STANDING_PX, np.nan)
    moved_px = np.where(labelled[:, np.newaxis], STANDING_PX, 9000)
    truth = true_person(keypoints_px=true_px, labelled=labelled)
    assert similarities([truth], [found_person(moved_px)])[0, 0] == 1


def test_there_may_be_nobody_on_either_side() -> None:
    found = [found_person(STANDING_PX)]
    assert assign([], found).tolist() == []
    assert assign([true_person(), true_person()], []).tolist() == [-1, -1]
