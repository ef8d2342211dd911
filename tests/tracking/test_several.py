"""People, results and errors of `MultiPersonTracker`, with fakes of the stages."""

from __future__ import annotations

import pytest

from tests.support.people_world import HEIGHT, WIDTH, Video, World, ids
from vitruvian.errors import TimestampError


def test_all_people_of_the_first_frame_have_ids_at_once() -> None:
    result = Video(World({"a": 200, "b": 600}))()
    assert ids(result) == [1, 2]
    assert result.landmarks_px[:, 16, 0] == pytest.approx((200, 600), abs=40)


def test_a_person_who_enters_later_gets_an_id_after_the_probation() -> None:
    video = Video(World({"a": 200}))
    video(10)
    video.world.people["b"] = 700
    assert ids(video(3)) == [1]
    assert ids(video(12)) == [1, 2]


def test_in_a_slow_video_a_new_person_has_an_id_after_two_frames() -> None:
    video = Video(World({"a": 200}), search_interval_s=1.0)
    video.frame_s = 0.5
    video(2)
    video.world.people["b"] = 700
    assert ids(video(1)) == [1]
    assert ids(video(1)) == [1, 2]


@pytest.mark.parametrize("static_image_mode", [False, True])
def test_people_below_the_minimum_confidence_are_not_found(static_image_mode: bool) -> None:
    options = {"static_image_mode": static_image_mode, "min_tracking_confidence": 1.0}
    assert ids(Video(World({"a": 200}), **options)()) == []


def test_still_images_are_independent() -> None:
    video = Video(World({"a": 200, "b": 600}), static_image_mode=True, num_poses=1)
    assert ids(video()) == ids(video()) == [1]


def test_a_video_without_people_has_empty_results() -> None:
    video = Video(World(), enable_segmentation=True)
    result = video(40)
    assert len(result) == 0
    assert result.segmentation_masks is not None
    assert result.segmentation_masks.shape == (0, HEIGHT, WIDTH)


def test_many_people_are_tracked() -> None:
    video = Video(World({f"p{number}": 40 + 64.0 * number for number in range(15)}))
    assert ids(video(3)) == list(range(1, 16))


def test_a_timestamp_that_does_not_increase_is_refused() -> None:
    video = Video(World())
    video()
    video.frame = 0
    with pytest.raises(TimestampError):
        video()
