"""Ids of `MultiPersonTracker` when people are occluded, leave, cross, or the scene changes."""

from __future__ import annotations

from tests.support.people_world import IMAGE, Video, World, ids


def test_an_occluded_person_is_re_identified_where_the_motion_leads() -> None:
    video = Video(World({"a": 100, "b": 900}))
    video(40, a=4)
    video.world.occluded.add("a")
    assert ids(video(45, a=4)) == [2]
    video.world.occluded.clear()
    assert ids(video(8, a=4)) == [1, 2]


def test_a_person_is_not_re_identified_after_two_seconds() -> None:
    video = Video(World({"a": 100, "b": 900}))
    video(40)
    video.world.occluded.add("a")
    video(70)
    video.world.occluded.clear()
    assert ids(video(15)) == [2, 3]


def test_a_person_is_not_re_identified_after_two_seconds_without_any_people() -> None:
    video = Video(World({"a": 500}))
    video(40)
    video.world.occluded.add("a")
    video(70)
    video.world.occluded.clear()
    assert ids(video(15)) == [2]


def test_a_person_who_appears_elsewhere_gets_another_id() -> None:
    video = Video(World({"a": 100, "b": 900}))
    video(40)
    del video.world.people["a"]
    video.world.people["c"] = 600
    assert ids(video(15)) == [2, 3]


def test_two_people_who_cross_keep_their_ids() -> None:
    """While one person occludes the other, both tracks are on the person in front."""
    video = Video(World({"a": 200, "b": 800}))
    video(1)
    for _ in range(100):
        x_a, x_b = video.world.people["a"], video.world.people["b"]
        video.world.occluded = {"b"} if abs(x_a - x_b) < 50 else set()
        result = video(1, a=6, b=-6)
    assert ids(result) == [1, 2]
    assert result.landmarks_px[0, 16, 0] > result.landmarks_px[1, 16, 0]


def test_an_unconfirmed_track_that_slides_onto_another_person_is_removed() -> None:
    video = Video(World({"a": 200}))
    video(10)
    video.world.people["b"] = 240
    video(1)
    assert [track.id for track in video.tracker._scene.tracks] == [1, None]
    del video.world.people["b"]
    video(1)
    assert [track.id for track in video.tracker._scene.tracks] == [1]


def test_a_scene_cut_ends_all_tracks_and_a_change_of_light_ends_none() -> None:
    video = Video(World({"a": 200, "b": 600}))
    video(10)
    bright = IMAGE.copy()
    bright[:, :400] = 250
    assert ids(video(3, image=bright)) == [1, 2]
    assert ids(video(1, image=IMAGE // 2)) == [3, 4]
