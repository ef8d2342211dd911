from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.support.results import result
from tests.support.skeletons import GREY, NOT_IMAGES, person, upright
from vitruvian.draw.annotate import annotate
from vitruvian.errors import FrameError, OptionError
from vitruvian.skeleton import PoseLandmark

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


@pytest.mark.parametrize("given", [None, [result()], (), {}, "result", 3])
def test_what_is_no_result_is_refused(given: Any) -> None:
    with pytest.raises(OptionError, match=r"result is a \w+: give the PoseResult"):
        annotate(GREY, given)


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


ALL_OPTIONS: list[dict[str, Any]] = [
    {},
    {"by_id": True, "boxes": True, "blur_faces": True, "thickness_px": 30},
    {"labels": "ids", "colors": (0, 0, 0), "background": (128, 128, 128), "blur_faces": True},
]


@pytest.mark.parametrize("options", ALL_OPTIONS)
@pytest.mark.parametrize("shape", [(1, 1), (7, 300), (240, 320)])
@pytest.mark.parametrize("people", [0, 2])
@pytest.mark.parametrize("value", [np.nan, np.inf, -1e38, 40.0])
def test_every_option_works_with_any_image_and_any_landmarks(
    options: dict[str, Any], shape: tuple[int, int], people: int, value: float
) -> None:
    landmarks = np.full((people, 33, 3), 0.3, np.float32)
    landmarks[:, ::2] = value
    changes: dict[str, Any] = {
        "pose_landmarks": landmarks,
        "pose_world_landmarks": landmarks,
        "visibility": np.full((people, 33), min(abs(value), 1), np.float32),
        "segmentation_masks": np.full((people, 24, 32), 0.5, np.float32),
    }
    image = np.full((*shape, 3), 128, np.uint8)
    annotated = annotate(image, result(people, **changes), **options)
    assert annotated.shape == image.shape
    assert annotated.dtype == np.uint8


def test_landmarks_without_a_position_are_not_drawn() -> None:
    landmarks = upright(_11=(0.75, 0.25), _12=(np.nan, np.nan), _23=(0.75, 0.75))
    annotated = annotate(GREY, result(pose_landmarks=landmarks))
    assert (annotated[:50, :150] == 128).all()
    assert (annotated[120, 230:250] != 128).any()


def test_the_image_may_have_another_size_than_that_of_the_result() -> None:
    landmarks = upright(_11=(0.75, 0.25), _23=(0.75, 0.75), _12=(0.25, 0.25))
    large = np.full((720, 960, 3), 128, np.uint8)
    red, _, blue = annotate(large, result(pose_landmarks=landmarks))[360, 720].astype(int)
    assert red > blue + 200


@pytest.mark.parametrize("visibility", [1.0, 0.3, 0.0])
def test_the_neck_leads_from_the_shoulders_to_the_mouth_where_both_are_visible(
    visibility: float,
) -> None:
    landmarks = upright(_11=(0.7, 0.6), _12=(0.3, 0.6), _9=(0.55, 0.2), _10=(0.45, 0.2))
    for index in range(23, 33):
        landmarks[0, index, :2] = 0.5, 0.9
    for ends in ([9, 10], [11, 12]):
        visible = np.ones((1, 33), np.float32)
        visible[0, ends] = visibility
        annotated = annotate(
            GREY,
            result(pose_landmarks=landmarks, visibility=visible),
            landmarks=[9, 10, 11, 12],
            thickness_px=6,
            colors=((255, 0, 0), (255, 0, 0), (0, 255, 0)),
        )
        expected = 128 + 127 * visibility
        assert annotated[90, 160, 1] == pytest.approx(expected, abs=2)
        # It ends at the mouth, and is the only line between the mouth and the shoulders.
        assert (annotated[:40, 160] == 128).all()
        assert (annotated[60:130, :140] == 128).all()


def test_the_neck_leads_to_the_nose_if_the_mouth_is_not_drawn() -> None:
    landmarks = upright(_11=(0.7, 0.6), _12=(0.3, 0.6), _0=(0.5, 0.2), _9=(0.1, 0.1))
    for chosen, has_neck in (([0, 11, 12], True), ([11, 12], False), ([0, 11], False)):
        annotated = annotate(GREY, result(pose_landmarks=landmarks), landmarks=chosen)
        assert (annotated[90, 160] != 128).all() == has_neck


def test_only_the_chosen_landmarks_and_the_lines_between_them_are_drawn() -> None:
    landmarks = upright(_11=(0.2, 0.2), _13=(0.2, 0.5), _15=(0.2, 0.8), _12=(0.8, 0.2))
    one = result(pose_landmarks=landmarks)
    annotated = annotate(GREY, one, landmarks=[PoseLandmark.LEFT_SHOULDER, 13])
    assert (annotated[84, 64] != 128).any()  # the upper arm
    assert (annotated[150:] == 128).all()
    assert (annotated[:, 100:] == 128).all()
    assert np.array_equal(annotate(GREY, one, landmarks=[]), GREY)


def test_the_colours_are_those_of_the_left_the_right_and_the_middle() -> None:
    landmarks = upright(_11=(0.75, 0.25), _23=(0.75, 0.75), _12=(0.25, 0.25), _24=(0.25, 0.75))
    left, right, middle = (10, 200, 0), (200, 10, 250), (90, 90, 255)
    annotated = annotate(
        GREY, result(pose_landmarks=landmarks), colors=(left, right, middle), thickness_px=5
    )
    assert annotated[150, 240].tolist() == [*left]
    assert annotated[150, 80].tolist() == [*right]
    assert annotated[180, 120].tolist() == [*middle]  # between the hips
    one = annotate(GREY, result(pose_landmarks=landmarks), colors=left, thickness_px=5)
    for place in ((150, 240), (150, 80), (180, 120)):
        assert one[place].tolist() == [*left]


@pytest.mark.parametrize("value", [0, 128, 255])
def test_dark_lines_are_visible_on_every_grey(value: int) -> None:
    landmarks = upright(_11=(0.75, 0.25), _23=(0.75, 0.75))
    grey = np.full_like(GREY, value)
    for options in ({"colors": (0, 0, 0)}, {"colors": (255, 255, 255)}, {"by_id": True}):
        annotated = annotate(grey, result(pose_landmarks=landmarks), **options)  # type: ignore[arg-type]
        assert np.abs(annotated[120, 220:260].astype(int) - value).max() > 80


@pytest.mark.parametrize("thickness_px", [1, 5, 12.0])
def test_the_thickness_is_that_of_lines_in_pixels(thickness_px: float) -> None:
    landmarks = upright(_11=(0.75, 0.25), _23=(0.75, 0.75))
    annotated = annotate(
        GREY,
        result(pose_landmarks=landmarks),
        colors=(255, 0, 0),
        thickness_px=thickness_px,
        landmarks=[11, 23],
    )
    assert (annotated[120, :, 0] > 190).sum() == pytest.approx(thickness_px, abs=2)


def test_lines_do_not_change_their_width_with_the_pose() -> None:
    """The legs of a small person are drawn the same, whether the arms are raised or not."""
    legs = [23, 24, 25, 26, 27, 28]
    size = (1600, 1200)
    canvas = np.full((1200, 1600, 3), 128, np.uint8)
    at_rest, raised = (
        annotate(
            canvas,
            result(**person((800, 600), 60, size, arms_raised=arms_raised)),
            landmarks=legs,
        )
        for arms_raised in (False, True)
    )
    assert np.abs(at_rest.astype(int) - raised).max() <= 1


def test_a_plain_background_replaces_the_image() -> None:
    noise = np.random.default_rng(0).integers(0, 256, GREY.shape, np.uint8)
    landmarks = upright(_11=(0.75, 0.25), _23=(0.75, 0.75))
    one = result(pose_landmarks=landmarks)
    plain = np.full_like(GREY, (10, 20, 30))
    assert np.array_equal(annotate(noise, one, background=(10, 20, 30)), annotate(plain, one))
    assert np.array_equal(annotate(noise, result(0), background=(10, 20, 30)), plain)


def test_visible_lines_are_drawn_over_transparent_ones() -> None:
    # The left upper arm crosses the trunk, which is drawn before it.
    landmarks = upright(_11=(0.5, 0.2), _23=(0.5, 0.8), _13=(0.5, 0.7))
    visibility = np.ones((1, 33), np.float32)
    visibility[0, 13] = 0.1
    annotated = annotate(
        GREY, result(pose_landmarks=landmarks, visibility=visibility), landmarks=[11, 13, 23]
    )
    red, _, blue = annotated[100, 160].astype(int)
    assert red > blue + 200


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


def test_in_the_colours_of_ids_left_is_bright_and_orange_and_right_is_dark_and_blue() -> None:
    landmarks = upright(_11=(0.75, 0.25), _23=(0.75, 0.75), _12=(0.25, 0.25), _24=(0.25, 0.75))
    for identity in range(1, 9):
        one = result(pose_landmarks=landmarks, ids=np.array([identity]))
        annotated = annotate(GREY, one, by_id=True).astype(int)
        left, right = annotated[150, 240], annotated[150, 80]
        assert left.sum() > right.sum() + 100
        shoulders = annotated[60, 240], annotated[60, 80]
        assert [color.tolist() for color in shoulders] == [[255, 138, 0], [0, 198, 255]]


def test_the_colours_of_ids_need_no_labels() -> None:
    annotated = annotate(GREY, two_people(), by_id=True, labels=["", ""], landmarks=[])
    assert np.array_equal(annotated, GREY)
