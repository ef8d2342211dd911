from __future__ import annotations

import numpy as np
import pytest

from benchmarks.people.count import FOUND, Count, match
from tests.people.photographs import LEFT, RIGHT, annotated, photograph, pose_px
from tests.support.fakes import FakePerson

NOBODY = FakePerson(600, 650, 60)
TWO_PEOPLE = photograph(annotated(LEFT), annotated(RIGHT))


def test_people_are_found_whatever_the_order_of_the_poses() -> None:
    count = Count()
    assert count.add(np.array([pose_px(RIGHT), pose_px(LEFT)]), TWO_PEOPLE) == [1, 1]
    assert count.row() == "2/2 | 2/2 | 0 | –"


def test_a_person_who_is_found_twice_counts_once_and_the_other_pose_is_invented() -> None:
    count = Count()
    twice = np.array([pose_px(LEFT, right_px=20), pose_px(LEFT)])
    assert count.add(twice, TWO_PEOPLE) == pytest.approx([1, 0])
    assert count.invented == [1]


def test_a_pose_that_is_nobody_is_invented() -> None:
    count = Count()
    assert count.add(pose_px(NOBODY)[np.newaxis], TWO_PEOPLE) == pytest.approx([0, 0])
    assert count.invented == [1]


def test_a_pose_that_resembles_a_person_is_neither_found_nor_invented() -> None:
    count = Count()
    (similarity, _) = count.add(pose_px(LEFT, right_px=35)[np.newaxis], TWO_PEOPLE)
    assert 0.3 < similarity < FOUND
    assert count.invented == [0]


def test_a_person_with_few_labelled_keypoints_need_not_be_found_and_is_not_invented() -> None:
    scarcely_labelled = photograph(annotated(LEFT, labelled=7))
    count = Count()
    assert count.add(pose_px(LEFT)[np.newaxis], scarcely_labelled) == []
    assert count.add(np.zeros((0, 17, 2)), scarcely_labelled) == []
    assert count.invented == [0, 0]


def test_each_pose_is_matched_to_the_person_whom_it_resembles_most() -> None:
    near = FakePerson(LEFT.x + 30, LEFT.y, LEFT.radius_px)
    poses_px = np.array([pose_px(LEFT, right_px=25), pose_px(LEFT, right_px=2)])
    similarities, is_matched = match(poses_px, photograph(annotated(near), annotated(LEFT)))
    assert min(similarities) > 0.9
    assert is_matched.all()


def test_the_time_is_that_of_one_image() -> None:
    count = Count()
    for seconds in (0.1, 0.3):
        count.add(np.zeros((0, 17, 2)), TWO_PEOPLE, seconds)
    assert count.seconds == pytest.approx(0.4)
    assert count.row().endswith("| 200")
