"""Who is who in a video of several people, and that the judge of it can say no."""

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


FULL_MARKS = Scores(idf1=1, switches=0, mota=1, recall=1, delays_s={1: 0, 2: 0})


@cache
def truths(clip: str) -> list[Truth]:
    return [truth for scene in clips.CLIPS[clip] for _, truth in scene]


def follow(clip: str) -> list[PoseResult]:
    with vitruvian.Pose(model_complexity="lite", num_poses=None, search="tiles") as pose:
        return [pose.process(image) for scene in clips.CLIPS[clip] for image, _ in scene]


@cache
def results(clip: str) -> list[PoseResult]:
    return follow(clip)


def judge(clip: str, found: list[Found]) -> Scores:
    return score(truths(clip), found, clips.FRAME_RATE)


@pytest.fixture
def perfect() -> list[Found]:
    """A tracker that knows the truth of two people, one of whom leaves and comes back."""
    return [Found(truth.ids.copy(), truth.keypoints.copy()) for truth in truths("leaving")]


def less(found: Found, gone: NDArray[np.bool_]) -> Found:
    return Found(found.ids[~gone], found.keypoints[~gone])


def test_the_judge_gives_full_marks_whether_or_not_the_hidden_are_found(
    perfect: list[Found],
) -> None:
    hidden = [truth.seen < clips.LEAST_SEEN for truth in truths("leaving")]
    assert 15 < np.sum(hidden) < 45
    assert judge("leaving", perfect) == FULL_MARKS
    assert judge("leaving", list(map(less, perfect, hidden))) == FULL_MARKS


def test_the_judge_sees_a_swap(perfect: list[Found]) -> None:
    for found in perfect[30:]:
        found.ids[:] = 3 - found.ids
    scores = judge("leaving", perfect)
    assert scores.switches == 2
    assert scores.idf1 < 0.95 < scores.mota < 1


def test_the_judge_sees_who_comes_back_as_another(perfect: list[Found]) -> None:
    for found in perfect[60:]:
        found.ids[1] = 3
    scores = judge("leaving", perfect)
    assert scores.switches == 1
    assert scores.idf1 < 0.95


def test_the_judge_sees_who_is_missed(perfect: list[Found]) -> None:
    first = np.array([True, False])
    late = [less(found, first) for found in perfect[:30]] + perfect[30:]
    lost = perfect[:90] + [less(found, first) for found in perfect[90:]]
    for scores in (judge("leaving", late), judge("leaving", lost)):
        assert scores.switches == 0
        assert scores.idf1 < 0.95
        assert scores.mota == scores.recall < 0.9
    assert judge("leaving", late).delays_s == {1: 1, 2: 0}
    never = [less(found, first) for found in perfect]
    assert judge("leaving", never).delays_s == {1: np.inf, 2: 0}


def test_the_judge_sees_who_is_invented(perfect: list[Found]) -> None:
    def more(found: Found, shift_px: float) -> Found:
        another = found.keypoints[:1] + shift_px
        return Found(np.append(found.ids, 7), np.concatenate((found.keypoints, another)))

    aside = [more(found, 100) for found in perfect]
    twice = [more(found, 0) for found in perfect]
    for scores in (judge("leaving", aside), judge("leaving", twice)):
        assert scores.idf1 < 0.95
        assert scores.mota < 0.5
        assert scores.recall == 1


@pytest.mark.parametrize("clip", clips.CLIPS)
def test_everyone_keeps_an_identity(clip: str) -> None:
    scores = judge(clip, [Found.of(result) for result in results(clip)])
    assert scores.switches == 0
    assert scores.idf1 >= 0.95


def test_five_people_are_five() -> None:
    ids = np.concatenate([result.ids for result in results("row")])
    assert set(ids) == {1, 2, 3, 4, 5}


def test_nobody_is_the_same_after_a_cut() -> None:
    cut = round(clips.CLIPS["scene cut"][0].duration_s * clips.FRAME_RATE)
    before, after = (
        set(np.concatenate([result.ids for result in part]))
        for part in (results("scene cut")[:cut], results("scene cut")[cut:])
    )
    assert len(before) == len(after) == 2
    assert not before & after


def test_the_same_video_gives_the_same_identities() -> None:
    for first, second in zip(results("crossing"), follow("crossing"), strict=True):
        assert np.array_equal(first.ids, second.ids)
        assert np.array_equal(first.pose_landmarks, second.pose_landmarks)


def test_boxes_are_around_the_people() -> None:
    for truth, result in zip(truths("row"), results("row"), strict=True):
        boxes_px = result.boxes * np.tile(clips.SIZE_PX, 2)
        middles_px = (boxes_px[:, np.newaxis, :2] + boxes_px[:, np.newaxis, 2:]) / 2
        inside = (truth.boxes[:, :2] < middles_px) & (middles_px < truth.boxes[:, 2:])
        assert (inside.all(axis=2).sum(axis=1) == 1).all()
