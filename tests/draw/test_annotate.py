from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.support.results import result
from tests.support.skeletons import GREY, NOT_IMAGES, upright
from vitruvian.draw.annotate import annotate
from vitruvian.errors import FrameError

if TYPE_CHECKING:
    from vitruvian.result import PoseResult


def test_the_given_image_is_not_changed() -> None:
    before = GREY.copy()
    annotated = annotate(GREY, result())
    assert np.array_equal(GREY, before)
    assert annotated.shape == GREY.shape
    assert not np.array_equal(annotated, before)


@pytest.mark.parametrize("image", NOT_IMAGES)
def test_an_array_that_is_no_image_is_refused(image: Any) -> None:
    with pytest.raises(FrameError):
        annotate(image, result())


def test_without_people_the_image_is_unchanged() -> None:
    assert np.array_equal(annotate(GREY, result(people=0)), GREY)


def test_left_is_orange_and_right_is_blue() -> None:
    annotated = annotate(
        GREY, result(pose_landmarks=upright(_11=(0.75, 0.25), _23=(0.75, 0.75), _12=(0.25, 0.25)))
    )
    red, _, blue = annotated[120, 240].astype(int)
    assert red > blue + 200
    red, _, blue = annotated[60, 80].astype(int)
    assert blue > red + 200


@pytest.mark.parametrize("visibility", [0.0, 0.3])
def test_landmarks_of_low_visibility_are_transparent(visibility: float) -> None:
    landmarks = upright(_11=(0.75, 0.25), _23=(0.75, 0.75))
    full = annotate(GREY, result(pose_landmarks=landmarks)).astype(float)
    faded = annotate(
        GREY, result(pose_landmarks=landmarks, visibility=np.full((1, 33), visibility, np.float32))
    ).astype(float)
    assert np.abs(faded - GREY).max() == pytest.approx(
        np.abs(full - GREY).max() * visibility, abs=2
    )


def test_lines_grow_with_the_image() -> None:
    def share(scale: int) -> float:
        image = np.full((240 * scale, 320 * scale, 3), 128, np.uint8)
        landmarks = upright(_11=(0.75, 0.1), _23=(0.75, 0.9))
        return float((annotate(image, result(pose_landmarks=landmarks)) != 128).mean())

    assert share(8) == pytest.approx(share(4), rel=0.2)


def test_masks_tint_the_image() -> None:
    mask = np.zeros((1, 240, 320), np.float32)
    mask[:, :120] = 1
    nowhere = np.full((1, 33, 3), -9, np.float32)
    annotated = annotate(GREY, result(pose_landmarks=nowhere, segmentation_masks=mask))
    assert (annotated[:120] != 128).any(axis=2).all()
    assert (annotated[120:] == 128).all()


def test_an_image_of_another_size_than_the_mask_is_drawn_on() -> None:
    mask = np.ones((1, 24, 32), np.float32)
    assert annotate(GREY, result(segmentation_masks=mask)).shape == GREY.shape


@pytest.mark.parametrize("value", [np.nan, np.inf, -1e30, 1e30, 40.0, -40.0])
def test_landmarks_far_outside_the_image_are_drawn_without_error(value: float) -> None:
    landmarks = upright()
    landmarks[0, ::2, :2] = value
    assert annotate(GREY, result(pose_landmarks=landmarks)).shape == GREY.shape


def test_an_image_of_one_pixel_is_drawn_on_without_error() -> None:
    assert annotate(GREY[:1, :1], result()).shape == (1, 1, 3)


def two_people() -> PoseResult:
    landmarks = np.concatenate(
        [upright(_11=(x, 0.25), _12=(x, 0.25), _23=(x, 0.75), _24=(x, 0.75)) for x in (0.25, 0.75)]
    )
    return result(people=2, pose_landmarks=landmarks)


def test_each_person_has_a_colour_and_a_label() -> None:
    annotated = annotate(GREY, two_people(), by_id=True)
    colors = [annotated[120, x].tolist() for x in (80, 240)]
    assert colors[0] != colors[1]
    for color, half in zip(colors, (annotated[:, :160], annotated[:, 160:]), strict=True):
        # The label is a rectangle of that colour with text on it.
        assert (half == color).all(axis=2).sum() > 50
