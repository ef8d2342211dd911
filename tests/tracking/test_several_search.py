"""When `MultiPersonTracker` searches a tile, and when everything."""

from __future__ import annotations

from tests.support.people_world import Video, World, ids


def test_the_search_is_spread_over_the_frames() -> None:
    video = Video(World({"a": 200}))
    video(61)
    # Six tiles in a fifth of a second are one tile per frame.
    assert len(video.world.searches) == 61
    video = Video(World({"a": 200}), search_interval_s=2.0)
    video(61)
    assert 6 <= len(video.world.searches) <= 8


def test_everything_is_searched_only_if_there_are_more_people_than_places() -> None:
    video = Video(World({"a": 200}), num_poses=3)
    video(10)
    video.world.people["b"] = 700
    assert ids(video(12)) == [1, 2]
    video.world.occluded.add("a")
    video(70)
    assert sum(video.world.searches) == 1  # at the start
    video.world.people |= {"c": 500, "d": 900}
    assert ids(video(12)) == [2, 3, 4]
    assert sum(video.world.searches) == 2
