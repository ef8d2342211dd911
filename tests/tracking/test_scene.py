from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.fakes import STANDING, standing_person, standing_track
from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.tracking.scene import Scene
from vitruvian.tracking.schedule import SearchSchedule
from vitruvian.tracking.track import MEMORY_S
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from vitruvian.tracking.track import Track
    from vitruvian.types import Landmarks

IMAGE_SIZE = ImageSize(1200, 800)
WRIST = 16


def track(
    x_px: float, identity: int | None = None, y_px: float = 400, radius_px: float = 100
) -> Track:
    """Return the track of a standing person, seen at 0 s."""
    return standing_track(x_px, y_px, radius_px, IMAGE_SIZE, identity=identity)


def occluded(x_px: float, identity: int | None = None) -> Track:
    lost = track(x_px, identity)
    lost.lose_person()
    return lost


def scene(*tracks: Track) -> Scene:
    return Scene(IMAGE_SIZE, SearchSchedule([], 1.0), [*tracks])


def hips_x(people: Landmarks) -> list[float]:
    return (people.auxiliary[:, 0, 0] * IMAGE_SIZE.width).tolist()


def test_a_new_scene_is_empty() -> None:
    empty = scene()
    assert empty.visible == empty.occluded == []
    assert len(empty.known_people) == 0
    assert len(empty.confirmed_people.landmarks) == len(empty.confirmed_people.ids) == 0
    assert empty.bystanders_px.shape == (0, 2, 2)


def test_tracks_are_visible_or_occluded() -> None:
    first, second, third = track(100, 1), occluded(500, 2), track(900)
    people = scene(first, second, third)
    assert people.visible == [first, third]
    assert people.occluded == [second]


def test_known_people_are_the_visible_ones_without_masks() -> None:
    first, third = track(100, 1), track(900)
    first.landmarks = replace(first.landmarks, masks=np.zeros((1, 8, 12), np.float32))
    known = scene(first, occluded(500, 2), third).known_people
    assert hips_x(known) == pytest.approx([100, 900])
    assert known.masks is None


def test_confirmed_people_are_visible_and_sorted_by_id() -> None:
    people = scene(track(100, 7), track(300), track(500, 2), occluded(700, 1), track(900, 5))
    landmarks, ids = people.confirmed_people
    assert ids.tolist() == [2, 5, 7]
    assert ids.dtype == np.int64
    assert hips_x(landmarks) == pytest.approx([500, 900, 100])


@pytest.mark.parametrize("reverse", [False, True])
def test_of_duplicate_tracks_the_confirmed_one_is_kept(reverse: bool) -> None:
    confirmed, unconfirmed, other = track(300, 4), track(305), track(900)
    # The confirmed track is kept even if it deviates more from its motion.
    confirmed.update(standing_person(310, 400, 100, IMAGE_SIZE), WHOLE_IMAGE, 0.1, IMAGE_SIZE)
    assert confirmed.deviation > unconfirmed.deviation
    tracks = [confirmed, unconfirmed, other]
    people = scene(*(tracks[::-1] if reverse else tracks))
    people.drop_duplicates()
    assert [kept.is_visible for kept in tracks] == [True, False, True]


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("ids", [(None, None), (1, 2), (2, 1)])
def test_of_equally_confirmed_duplicates_the_one_nearer_to_its_motion_is_kept(
    ids: tuple[int | None, int | None], reverse: bool
) -> None:
    steady, slid = track(300, ids[0]), track(280, ids[1])
    for moved, x_px in ((steady, 300), (slid, 300)):
        moved.update(standing_person(x_px, 400, 100, IMAGE_SIZE), WHOLE_IMAGE, 0.1, IMAGE_SIZE)
    people = scene(*((slid, steady) if reverse else (steady, slid)))
    people.drop_duplicates()
    assert steady.is_visible
    assert not slid.is_visible


def test_a_body_is_not_dropped_because_of_a_track_on_its_hand() -> None:
    x_px, y_px = STANDING[WRIST] * 100 + (300, 400)
    body, hand = track(280), track(x_px, y_px=y_px, radius_px=10)
    body.update(standing_person(300, 400, 100, IMAGE_SIZE), WHOLE_IMAGE, 0.1, IMAGE_SIZE)
    assert hand.is_duplicate_of(body)
    assert body.deviation > hand.deviation
    scene(body, hand).drop_duplicates()
    assert body.is_visible


def test_an_occluded_person_has_no_duplicate() -> None:
    behind, in_front = occluded(300, 1), track(300)
    scene(behind, in_front).drop_duplicates()
    assert in_front.is_visible


def test_an_occluded_person_is_remembered_for_two_seconds() -> None:
    assert MEMORY_S == 2.0
    lost, seen = occluded(300, 1), track(900, 2)
    people = scene(lost, seen)
    people.end_lost_tracks(2.0)
    assert people.tracks == [lost, seen]
    people.end_lost_tracks(2.01)
    assert people.tracks == [seen]


def test_a_person_lost_before_confirmation_is_removed_at_once() -> None:
    new = track(900)
    people = scene(occluded(300), new)
    people.end_lost_tracks(0.01)
    assert people.tracks == [new]
