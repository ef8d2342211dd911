"""Which people `MultiPersonTracker` tracks when there are more than `num_poses`."""

from __future__ import annotations

import pytest

from tests.support.people_world import Video, World, ids


def test_no_more_than_num_poses_people_are_tracked() -> None:
    video = Video(World({"a": 200, "b": 600, "c": 800}), num_poses=2)
    assert ids(video(5)) == [1, 2]
    assert len(video.world.searches) == 1  # no search while num_poses people are visible
    del video.world.people["a"]
    assert ids(video(15)) == [2, 3]


def test_with_select_first_another_person_does_not_take_the_place_of_an_occluded_one() -> None:
    video = Video(World({"a": 200, "b": 600}), num_poses=1, select="first")
    assert ids(video(5)) == [1]
    video.world.occluded.add("a")
    assert ids(video(30)) == []
    video.world.occluded.clear()
    assert ids(video(8)) == [1]


def test_a_bystander_is_not_mistaken_for_the_person_who_left() -> None:
    video = Video(World({"a": 200, "b": 340, "c": 500}), num_poses=1, select="first")
    assert ids(video(45)) == [1]
    video.world.occluded.add("a")
    for _ in range(58):
        assert ids(video()) == []
    assert ids(video(15)) == [2]
    assert sum(video.world.searches) == 3  # at the start, at the loss, and before the next id


def test_the_person_who_takes_a_free_place_is_chosen_among_all_people() -> None:
    video = Video(
        World({"a": 100, "b": 500, "c": 900}, in_tiles={"c"}), num_poses=1, select=(0.1, 0.5)
    )
    video(45)
    video.world.occluded.add("a")
    result = video(15)
    assert ids(result) == [2]
    assert result.landmarks_px[0, 16, 0] == pytest.approx(500, abs=40)
