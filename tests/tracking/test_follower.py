from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.fakes import standing_person
from tests.support.regions import IMAGE_SIZE, square_region
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.stages.region import region_around
from vitruvian.tracking.follower import Follower

if TYPE_CHECKING:
    from vitruvian.types import Landmarks

REGION = square_region(100, 60, 40)
# Pixels inside of the region, and outside of it.
INSIDE, OUTSIDE = np.s_[45:75, 85:115], np.s_[:, :70]


def follower(*, smooth_landmarks: bool = True, smooth_segmentation: bool = True) -> Follower:
    return Follower(
        smooth_landmarks=smooth_landmarks,
        smooth_segmentation=smooth_segmentation,
        reference=SOLUTIONS_0_10_21,
    )


def person(x_px: float, visibility: float = 1.0, mask: float | None = None) -> Landmarks:
    """Return a standing person, with a mask of one value if it is given."""
    found = standing_person(x_px, 60, 30, IMAGE_SIZE)
    width, height = IMAGE_SIZE
    return replace(
        found,
        visibility=np.full((1, 33), visibility, np.float32),
        masks=None if mask is None else np.full((1, height, width), mask, np.float32),
    )


def hips_x_px(found: Landmarks) -> float:
    return float(found.auxiliary[0, 0, 0] * IMAGE_SIZE.width)


def test_a_new_follower_has_no_region() -> None:
    assert follower().region is None


def test_the_first_landmarks_are_not_smoothed() -> None:
    found = follower().follow(person(100), REGION, 0.0, IMAGE_SIZE)
    assert np.array_equal(found.landmarks, person(100).landmarks)


def test_the_next_region_is_that_of_the_smoothed_alignment_points() -> None:
    one = follower()
    one.follow(person(100), REGION, 0.0, IMAGE_SIZE)
    smoothed = one.follow(person(101), REGION, 1 / 30, IMAGE_SIZE)
    assert 100 < hips_x_px(smoothed) < 101
    assert one.region == region_around(smoothed.auxiliary[0], IMAGE_SIZE, SOLUTIONS_0_10_21)


@pytest.mark.parametrize("smooths", [True, False])
def test_landmarks_are_smoothed_only_if_asked_but_the_region_always(smooths: bool) -> None:
    one = follower(smooth_landmarks=smooths)
    one.follow(person(100), REGION, 0.0, IMAGE_SIZE)
    found = one.follow(person(101), REGION, 1 / 30, IMAGE_SIZE)
    moved = found.landmarks - person(100).landmarks
    whole = person(101).landmarks - person(100).landmarks
    assert (moved == pytest.approx(whole, abs=1e-6)) == (not smooths)
    assert one.region is not None
    assert 100 < one.region.center_x * IMAGE_SIZE.width < 101


def test_speed_is_measured_in_diameters_of_the_body() -> None:
    """The same motion in pixels is smoothed less for a small body, because it is faster."""
    moved_px = []
    for radius_px in (10, 50):
        one = follower()
        for frame, x_px in enumerate((100, 102)):
            found = standing_person(x_px, 60, radius_px, IMAGE_SIZE)
            smoothed = one.follow(found, REGION, frame / 30, IMAGE_SIZE)
        moved_px.append(hips_x_px(smoothed) - 100)
    assert moved_px[0] > 1.1 * moved_px[1]


def test_alignment_points_that_coincide_give_no_region() -> None:
    one = follower()
    found = replace(person(100), auxiliary=np.full((1, 2, 3), 0.5, np.float32))
    one.follow(found, REGION, 0.0, IMAGE_SIZE)
    assert one.region is None


def test_a_lost_person_has_no_region_and_the_filters_of_landmarks_restart() -> None:
    one = follower()
    one.follow(person(100, visibility=0.0), REGION, 0.0, IMAGE_SIZE)
    one.lose_person()
    assert one.region is None
    found = one.follow(person(50, visibility=1.0), REGION, 1 / 30, IMAGE_SIZE)
    assert found.landmarks == pytest.approx(person(50).landmarks)
    assert hips_x_px(found) == pytest.approx(50)
    assert found.visibility == pytest.approx(0.1)  # as in MediaPipe, this filter continues


def mask_after(one: Follower, value: float, timestamp_s: float) -> np.ndarray:
    found = one.follow(person(100, mask=value), REGION, timestamp_s, IMAGE_SIZE)
    assert found.masks is not None
    return found.masks[0]


def test_masks_are_blended_inside_of_the_region_only() -> None:
    one = follower()
    assert (mask_after(one, 1.0, 0.0) == 1).all()
    blended = mask_after(one, 0.5, 0.1)
    assert blended[INSIDE] == pytest.approx(0.5 + 0.7 * 0.5)
    assert (blended[OUTSIDE] == 0.5).all()


def test_the_blended_mask_is_the_previous_one_of_the_next_frame() -> None:
    one = follower()
    expected = mask_after(one, 1.0, 0.0)[60, 100]
    for frame in (1, 2):
        expected = 0.5 + 0.7 * (expected - 0.5)
        assert mask_after(one, 0.5, frame / 10)[60, 100] == pytest.approx(expected)


def test_the_mask_of_a_lost_person_is_blended_with_the_next_one() -> None:
    one = follower()
    mask_after(one, 1.0, 0.0)
    one.lose_person()
    assert mask_after(one, 0.5, 0.1)[60, 100] == pytest.approx(0.5 + 0.7 * 0.5)


def test_masks_are_not_blended_if_not_asked() -> None:
    one = follower(smooth_segmentation=False)
    mask_after(one, 1.0, 0.0)
    assert (mask_after(one, 0.5, 0.1) == 0.5).all()


def test_without_masks_there_is_nothing_to_blend() -> None:
    assert follower().follow(person(100), REGION, 0.0, IMAGE_SIZE).masks is None
