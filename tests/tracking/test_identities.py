"""Identities in clips of several people, and tests of the metrics that measure them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

import vitruvian
from tests.support import clips
from tests.support.identity_metrics import Found, Scores, score

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.support.clips import Truth
    from vitruvian import PoseResult


PERFECT = Scores(idf1=1, switches=0, mota=1, recall=1, hota=1, delays_s={1: 0, 2: 0})


@cache
def truths(clip: str) -> list[Truth]:
    return [truth for scene in clips.CLIPS[clip] for _, truth in scene]


def follow(clip: str) -> list[PoseResult]:
    with vitruvian.Pose(model_complexity="lite", num_poses=None, search="tiles") as pose:
        return [pose.process(image) for scene in clips.CLIPS[clip] for image, _ in scene]


@cache
def results(clip: str) -> list[PoseResult]:
    return follow(clip)


def scores_of(clip: str, found: list[Found]) -> Scores:
    return score(truths(clip), found, clips.FRAME_RATE)


@pytest.fixture
def perfect() -> list[Found]:
    """The output of a perfect tracker for two people, one of which leaves and returns."""
    return [Found(truth.ids.copy(), truth.keypoints_px.copy()) for truth in truths("leaving")]


def without(found: Found, missed: NDArray[np.bool_]) -> Found:
    """Return the output without some people, given as a mask (N,)."""
    return Found(found.ids[~missed], found.keypoints_px[~missed])


def test_a_perfect_output_has_perfect_scores_with_and_without_occluded_people(
    perfect: list[Found],
) -> None:
    occluded = [truth.visible_fraction < clips.MIN_VISIBLE for truth in truths("leaving")]
    assert 15 < np.sum(occluded) < 45
    assert scores_of("leaving", perfect) == PERFECT
    assert scores_of("leaving", list(map(without, perfect, occluded))) == PERFECT


def test_exchanged_ids_lower_the_scores(perfect: list[Found]) -> None:
    for found in perfect[30:]:
        found.ids[:] = 3 - found.ids
    scores = scores_of("leaving", perfect)
    assert scores.switches == 2
    assert scores.idf1 < 0.95 < scores.mota < 1


def test_a_new_id_after_an_occlusion_lowers_the_scores(perfect: list[Found]) -> None:
    for found in perfect[60:]:
        found.ids[1] = 3
    scores = scores_of("leaving", perfect)
    assert scores.switches == 1
    assert scores.idf1 < 0.95
    assert scores.hota < 0.95


def test_missed_people_lower_the_scores(perfect: list[Found]) -> None:
    first_person = np.array([True, False])
    late = [without(found, first_person) for found in perfect[:30]] + perfect[30:]
    lost = perfect[:90] + [without(found, first_person) for found in perfect[90:]]
    for scores in (scores_of("leaving", late), scores_of("leaving", lost)):
        assert scores.switches == 0
        assert scores.idf1 < 0.95
        assert scores.mota == scores.recall < 0.9
    assert scores_of("leaving", late).delays_s == {1: 1, 2: 0}
    never = [without(found, first_person) for found in perfect]
    assert scores_of("leaving", never).delays_s == {1: np.inf, 2: 0}


def test_false_people_lower_the_scores(perfect: list[Found]) -> None:
    def with_false_person(found: Found, shift_px: float) -> Found:
        another = found.keypoints_px[:1] + shift_px
        return Found(np.append(found.ids, 7), np.concatenate((found.keypoints_px, another)))

    aside = [with_false_person(found, 100) for found in perfect]
    twice = [with_false_person(found, 0) for found in perfect]
    for scores in (scores_of("leaving", aside), scores_of("leaving", twice)):
        assert scores.idf1 < 0.95
        assert scores.mota < 0.5
        assert scores.recall == 1


@pytest.mark.parametrize("clip", clips.CLIPS)
def test_all_people_keep_their_ids(clip: str) -> None:
    scores = scores_of(clip, [Found.of(result) for result in results(clip)])
    assert scores.switches == 0
    assert scores.idf1 >= 0.95


def test_five_people_in_a_row_have_five_ids() -> None:
    ids = np.concatenate([result.ids for result in results("row")])
    assert set(ids) == {1, 2, 3, 4, 5}


def test_all_ids_are_new_after_a_scene_cut() -> None:
    cut = round(clips.CLIPS["scene cut"][0].duration_s * clips.FRAME_RATE)
    before, after = (
        set(np.concatenate([result.ids for result in part]))
        for part in (results("scene cut")[:cut], results("scene cut")[cut:])
    )
    assert len(before) == len(after) == 2
    assert not before & after


def test_the_same_video_gives_the_same_ids() -> None:
    for first, second in zip(results("crossing"), follow("crossing"), strict=True):
        assert np.array_equal(first.ids, second.ids)
        assert np.array_equal(first.pose_landmarks, second.pose_landmarks)


def test_each_bounding_box_is_centered_on_one_person() -> None:
    for truth, result in zip(truths("row"), results("row"), strict=True):
        boxes_px = result.boxes * np.tile(clips.SIZE_PX, 2)
        centers_px = (boxes_px[:, np.newaxis, :2] + boxes_px[:, np.newaxis, 2:]) / 2
        inside = (truth.boxes_px[:, :2] < centers_px) & (centers_px < truth.boxes_px[:, 2:])
        assert (inside.all(axis=2).sum(axis=1) == 1).all()
