from __future__ import annotations

import numpy as np
import pytest

from tests.support.fakes import STANDING, standing_person, standing_track
from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.types import ImageSize

IMAGE_SIZE = ImageSize(1200, 800)
WRIST = 16


def test_a_new_track_is_visible_and_not_confirmed() -> None:
    track = standing_track(300, 400, 100, IMAGE_SIZE, timestamp_s=2.5)
    assert track.id is None
    assert track.is_visible
    assert track.region == WHOLE_IMAGE
    assert (track.frames, track.first_seen_s, track.last_seen_s) == (1, 2.5, 2.5)
    assert track.hips_px == pytest.approx((300, 400), abs=1e-3)
    assert track.body.diameter_px == pytest.approx(200, rel=1e-5)
    assert track.body.points_px[WRIST] == pytest.approx(
        STANDING[WRIST] * 100 + (300, 400), abs=1e-3
    )


def test_an_update_continues_the_track() -> None:
    track = standing_track(300, 400, 100, IMAGE_SIZE)
    track.update(standing_person(310, 405, 90, IMAGE_SIZE), WHOLE_IMAGE, 0.1, IMAGE_SIZE)
    assert (track.frames, track.first_seen_s, track.last_seen_s) == (2, 0.0, 0.1)
    assert track.hips_px == pytest.approx((310, 405), abs=1e-3)
    assert track.body.diameter_px == pytest.approx(180, rel=1e-5)


def test_a_lost_person_is_occluded_until_the_next_update() -> None:
    track = standing_track(300, 400, 100, IMAGE_SIZE, timestamp_s=1.0)
    assert not track.was_lost_at(1.0)
    track.lose_person()
    assert not track.is_visible
    assert track.region is None
    assert track.was_lost_at(1.0)
    assert not track.was_lost_at(1.1)
    track.update(standing_person(300, 400, 100, IMAGE_SIZE), WHOLE_IMAGE, 1.5, IMAGE_SIZE)
    assert track.is_visible


def test_the_motion_predicts_where_an_occluded_person_is() -> None:
    track = standing_track(300, 400, 100, IMAGE_SIZE)
    for frame in range(1, 11):
        person = standing_person(300 + 10 * frame, 400, 100, IMAGE_SIZE)
        track.update(person, WHOLE_IMAGE, frame / 10, IMAGE_SIZE)
    track.lose_person()
    expected_px = np.array(((500, 400), (500, 300)))
    assert track.expected_px(2.0) == pytest.approx(expected_px, abs=0.01)
    last_seen = track.last_seen(2.0)
    assert last_seen.hips_px == pytest.approx((400, 400), abs=1e-3)
    assert last_seen.expected_px == pytest.approx(expected_px, abs=0.01)
    assert last_seen.timestamp_s == 1.0


def test_the_deviation_is_the_distance_from_the_predicted_position_in_body_diameters() -> None:
    track = standing_track(300, 400, 100, IMAGE_SIZE)
    for frame in range(1, 11):
        person = standing_person(300 + 10 * frame, 400, 100, IMAGE_SIZE)
        track.update(person, WHOLE_IMAGE, frame / 10, IMAGE_SIZE)
    assert track.deviation == pytest.approx(0, abs=1e-4)
    person = standing_person(410 + 30, 400 + 40, 100, IMAGE_SIZE)
    track.update(person, WHOLE_IMAGE, 1.1, IMAGE_SIZE)
    assert track.deviation == pytest.approx(50 / 200, abs=1e-4)


@pytest.mark.parametrize("identity", [None, 1])
def test_two_tracks_with_the_same_pose_are_duplicates(identity: int | None) -> None:
    one = standing_track(300, 400, 100, IMAGE_SIZE, identity=identity)
    same = standing_track(305, 400, 105, IMAGE_SIZE, identity=2)
    beside = standing_track(400, 400, 100, IMAGE_SIZE, identity=2)
    assert one.is_duplicate_of(same)
    assert not one.is_duplicate_of(beside)


def test_an_unconfirmed_track_on_a_part_of_another_body_is_a_duplicate() -> None:
    body = standing_track(300, 400, 100, IMAGE_SIZE, identity=1)
    x_px, y_px = STANDING[WRIST] * 100 + (300, 400)
    hand = standing_track(x_px, y_px, 10, IMAGE_SIZE)
    beside = standing_track(x_px - 50, y_px, 10, IMAGE_SIZE)
    assert hand.is_duplicate_of(body)
    assert not body.is_duplicate_of(hand)
    assert not beside.is_duplicate_of(body)


def test_a_confirmed_track_in_front_of_another_body_is_not_a_duplicate() -> None:
    adult = standing_track(300, 500, 260, IMAGE_SIZE, identity=1)
    child = standing_track(300, 350, 80, IMAGE_SIZE)
    assert child.is_duplicate_of(adult)
    child.id = 2
    assert not child.is_duplicate_of(adult)
    assert not adult.is_duplicate_of(child)
