from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.annotated import (
    STANDING_PX,
    annotations_of,
    found_person,
    results_of,
    true_person,
)
from vitruvian.evaluation.matches import match_people
from vitruvian.evaluation.video import jitter, lag_ms, tracks_of

if TYPE_CHECKING:
    from vitruvian.types import Float64

RATE = 30.0
FRAMES = 60
TORSO_PX = np.hypot(50, 100)


def swing_px(delay_frames: float = 0.0) -> Float64:
    """Return keypoints of a person who sways, (F, 17, 2)."""
    angles = (np.arange(FRAMES) - delay_frames) / 9
    sway_px = 40 * np.stack((np.sin(angles), np.cos(1.3 * angles)), axis=1)
    return STANDING_PX + 150 + sway_px[:, np.newaxis]


def tracks(true_px: Float64, found_px: Float64, video: str | None = None, **of_person: object):
    annotations = annotations_of(
        *((true_person(i, keypoints_px=of, **of_person),) for i, of in enumerate(true_px)),
        video=video,
    )
    images = tuple(
        replace(image, timestamp_s=i / RATE) for i, image in enumerate(annotations.images)
    )
    annotations = replace(annotations, images=images)
    found = [found_person(of, i) for i, of in enumerate(found_px, 1) if not np.isnan(of).all()]
    matches = match_people(annotations, results_of(annotations, *found))
    return tracks_of(annotations, matches, np.arange(len(images)))


@pytest.mark.parametrize("delay_frames", [-4.0, -1.5, 0.0, 0.5, 2.0, 6.3])
def test_the_lag_is_the_delay(delay_frames: float) -> None:
    measured_ms = lag_ms(tracks(swing_px(), swing_px(delay_frames)))
    assert measured_ms == pytest.approx(1000 * delay_frames / RATE, abs=2)


def test_the_lag_does_not_depend_on_missing_frames_or_on_an_offset() -> None:
    found_px = swing_px(3) + 7
    found_px[20:23] = np.nan
    assert lag_ms(tracks(swing_px(), found_px)) == pytest.approx(100, abs=2)


def test_there_is_no_lag_without_motion() -> None:
    still_px = np.repeat(STANDING_PX[np.newaxis] + 100, FRAMES, axis=0)
    assert np.isnan(lag_ms(tracks(still_px, swing_px())))
    assert np.isnan(lag_ms(tracks(swing_px()[:4], swing_px()[:4])))
    assert np.isnan(lag_ms([]))


def test_the_jitter_is_the_acceleration_of_the_error() -> None:
    times_s = np.arange(FRAMES) / RATE
    # An error of 0.5 a t² has the acceleration a.
    error_px = 0.5 * np.array([30.0, 40.0]) * times_s[:, np.newaxis] ** 2
    found_px = swing_px() + error_px[:, np.newaxis]
    assert jitter(tracks(swing_px(), found_px)) == pytest.approx(50 / TORSO_PX, rel=1e-6)


def test_an_even_error_has_no_jitter() -> None:
    drift_px = np.arange(FRAMES)[:, np.newaxis, np.newaxis] * 0.3 + 5
    assert jitter(tracks(swing_px(), swing_px() + drift_px)) == pytest.approx(0, abs=1e-9)


def test_jitter_needs_three_frames_in_a_row() -> None:
    found_px = swing_px() + np.random.default_rng(1).normal(0, 3, (FRAMES, 17, 2))
    found_px[2::3] = np.nan
    assert np.isnan(jitter(tracks(swing_px(), found_px)))
    assert np.isnan(jitter([]))


def test_videos_and_people_are_tracks_of_their_own() -> None:
    first, second = tracks(swing_px(), swing_px(), "a"), tracks(swing_px(), swing_px(4), "b")
    assert len(first) == len(second) == 1
    assert lag_ms([*first, *second]) == pytest.approx(1000 * 2 / RATE, abs=2)


def test_people_without_ids_in_one_frame_are_no_track() -> None:
    two = (true_person(1), true_person(2))
    annotations = annotations_of(two, two, timestamp_s=0.0)
    matches = match_people(annotations, results_of(annotations))
    assert tracks_of(annotations, matches, np.arange(2)) == []
    told_apart = tuple(replace(person, track_id=person.id) for person in two)
    annotations = annotations_of(told_apart, told_apart, timestamp_s=0.0)
    matches = match_people(annotations, results_of(annotations))
    assert len(tracks_of(annotations, matches, np.arange(2))) == 2


def test_still_images_have_no_tracks() -> None:
    annotations = annotations_of((true_person(),))
    matches = match_people(annotations, results_of(annotations))
    assert tracks_of(annotations, matches, np.arange(1)) == []
