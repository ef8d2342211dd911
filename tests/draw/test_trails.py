from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support.results import result
from tests.support.skeletons import GREY, NOT_IMAGES, upright
from vitruvian.draw.trails import Trails
from vitruvian.errors import FrameError, OptionError


@pytest.mark.parametrize("image", NOT_IMAGES)
def test_an_array_that_is_no_image_is_refused(image: Any) -> None:
    with pytest.raises(FrameError):
        Trails()(image, result())


def test_trails_end_with_the_scene() -> None:
    trails = Trails()
    for x in (0.2, 0.8):
        trails(GREY, result(pose_landmarks=upright(_23=(x, 0.5), _24=(x, 0.5))))
    drawn = trails(GREY, result(ids=np.array([2])))
    assert np.array_equal(drawn, GREY)


def test_a_trail_is_drawn_and_fades() -> None:
    trails = Trails(length_s=1.0)
    strength = []
    for time_s, x in ((0.0, 0.2), (0.1, 0.8), (0.6, 0.8), (0.9, 0.8), (2.5, 0.8)):
        landmarks = upright(_23=(x, 0.5), _24=(x, 0.5))
        drawn = trails(GREY, result(pose_landmarks=landmarks, timestamp_s=time_s))
        strength.append(int(np.abs(drawn[120, 160].astype(int) - 128).max()))
    assert strength[0] == strength[-1] == 0
    assert strength[1] > strength[2] > strength[3] > 0


def drawn_at(trails: Trails, x: float, time_s: float, **changes: Any) -> np.ndarray:
    landmarks = upright(_23=(x, 0.5), _24=(x, 0.5))
    return trails(GREY, result(pose_landmarks=landmarks, timestamp_s=time_s, **changes))


@pytest.mark.parametrize("calls_without_people", [True, False])
@pytest.mark.parametrize(("missing", "is_bridged"), [(1, True), (4, True), (5, False), (30, False)])
def test_a_trail_has_a_gap_where_the_person_was_not_found_for_more_than_five_frames(
    missing: int, is_bridged: bool, calls_without_people: bool
) -> None:
    trails = Trails()
    rate = 30
    for frame in range(10):
        drawn_at(trails, 0.2, frame / rate)
    for frame in range(10, 10 + missing):
        if calls_without_people:
            trails(GREY, result(0, timestamp_s=frame / rate))
    drawn_at(trails, 0.8, (10 + missing) / rate)
    drawn = drawn_at(trails, 0.85, (11 + missing) / rate)
    assert (drawn[120, 160] != 128).any() == is_bridged  # half-way across the gap
    assert (drawn[120, 264] != 128).any()  # behind it


@pytest.mark.parametrize("interval_s", [0.001, 0.04, 0.3])
def test_a_trail_has_no_gaps_at_any_frame_rate(interval_s: float) -> None:
    trails = Trails()
    for frame in range(4):
        drawn = drawn_at(trails, 0.2 + 0.2 * frame, frame * interval_s)
    assert (drawn[120, 70:250] != 128).any(axis=1).all()


def test_people_who_are_not_found_any_more_keep_a_fading_trail() -> None:
    trails = Trails(length_s=1.0)
    for x, time_s in ((0.2, 0.0), (0.8, 0.1)):
        drawn_at(trails, x, time_s)
    strength = [
        int(np.abs(trails(GREY, result(0, timestamp_s=time_s)).astype(int) - 128).max())
        for time_s in (0.2, 0.5, 1.2)
    ]
    assert strength[0] > strength[1] > strength[2] == 0


def test_a_video_from_its_start_again_has_new_trails() -> None:
    trails = Trails()
    for x, time_s in ((0.2, 0.0), (0.2, 0.1), (0.8, 0.0)):
        drawn = drawn_at(trails, x, time_s)
    assert np.array_equal(drawn, GREY)


def test_the_length_of_a_trail_can_be_chosen() -> None:
    for length_s, is_there in ((0.5, False), (2.0, True)):
        trails = Trails(length_s)
        for frame in range(11):
            drawn = drawn_at(trails, 0.1 + 0.08 * frame, frame / 10)
        assert (drawn[120, 60] != 128).any() == is_there


@pytest.mark.parametrize("thickness_px", [1, 4, 11])
def test_the_thickness_of_a_trail_can_be_chosen(thickness_px: int) -> None:
    trails = Trails(thickness_px=thickness_px)
    drawn_at(trails, 0.2, 0.0)
    drawn = drawn_at(trails, 0.8, 0.001)
    changed = np.abs(drawn[:, 160].astype(int) - 128).max(axis=1)
    assert (changed > 60).sum() == pytest.approx(thickness_px, abs=2)


@pytest.mark.parametrize("length_s", [0, -1, np.nan, np.inf, "2", None])
def test_a_wrong_length_is_refused(length_s: Any) -> None:
    with pytest.raises(OptionError, match="length_s is"):
        Trails(length_s)


@pytest.mark.parametrize("thickness_px", [0, np.nan, "2"])
def test_a_wrong_thickness_is_refused(thickness_px: Any) -> None:
    with pytest.raises(OptionError, match="thickness_px is"):
        Trails(thickness_px=thickness_px)


@pytest.mark.parametrize("value", [np.nan, np.inf, 3e38, -40.0])
def test_hips_anywhere_are_drawn_without_error(value: float) -> None:
    trails = Trails()
    for frame, x in enumerate((0.2, 0.3, value, 0.4, 0.5)):
        drawn = drawn_at(trails, x, frame / 30)
    assert (drawn[:100] == 128).all()  # no line leads to a corner
    assert trails(GREY[:1, :1], result(timestamp_s=1.0)).shape == (1, 1, 3)
