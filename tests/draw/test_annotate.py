from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.test_types import result
from vitruvian.draw.annotate import Trails, annotate
from vitruvian.errors import FrameError

if TYPE_CHECKING:
    from vitruvian.types import PoseResult

GREY = np.full((240, 320, 3), 128, np.uint8)
LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_HIP, RIGHT_HIP = 11, 12, 23, 24


def upright(**positions: tuple[float, float]) -> np.ndarray:
    """All landmarks at the picture's middle, but for those named by number."""
    landmarks = np.full((1, 33, 3), 0.5, np.float32)
    for name, (x, y) in positions.items():
        landmarks[0, int(name[1:]), :2] = x, y
    return landmarks


def test_the_picture_given_is_not_drawn_on() -> None:
    before = GREY.copy()
    annotated = annotate(GREY, result())
    assert np.array_equal(GREY, before)
    assert annotated.shape == GREY.shape
    assert not np.array_equal(annotated, before)


@pytest.mark.parametrize("image", [GREY / 255, GREY[..., 0], [0], np.zeros((0, 9, 3), np.uint8)])
def test_what_is_no_picture_is_refused(image: Any) -> None:
    with pytest.raises(FrameError):
        annotate(image, result())
    with pytest.raises(FrameError):
        Trails()(image, result())


def test_nobody_is_the_picture_itself() -> None:
    assert np.array_equal(annotate(GREY, result(people=0)), GREY)


def test_left_is_orange_and_right_is_blue() -> None:
    annotated = annotate(
        GREY, result(pose_landmarks=upright(_11=(0.75, 0.25), _23=(0.75, 0.75), _12=(0.25, 0.25)))
    )
    red, _, blue = annotated[120, 240].astype(int)
    assert red > blue + 200
    red, _, blue = annotated[60, 80].astype(int)
    assert blue > red + 200


@pytest.mark.parametrize("part", [0.0, 0.3])
def test_what_is_hardly_visible_fades(part: float) -> None:
    landmarks = upright(_11=(0.75, 0.25), _23=(0.75, 0.75))
    full = annotate(GREY, result(pose_landmarks=landmarks)).astype(float)
    faded = annotate(
        GREY, result(pose_landmarks=landmarks, visibility=np.full((1, 33), part, np.float32))
    ).astype(float)
    assert np.abs(faded - GREY).max() == pytest.approx(np.abs(full - GREY).max() * part, abs=2)


def test_lines_grow_with_the_picture() -> None:
    def share(scale: int) -> float:
        image = np.full((240 * scale, 320 * scale, 3), 128, np.uint8)
        landmarks = upright(_11=(0.75, 0.1), _23=(0.75, 0.9))
        return float((annotate(image, result(pose_landmarks=landmarks)) != 128).mean())

    assert share(8) == pytest.approx(share(4), rel=0.2)


def test_masks_tint_where_they_are() -> None:
    mask = np.zeros((1, 240, 320), np.float32)
    mask[:, :120] = 1
    nowhere = np.full((1, 33, 3), -9, np.float32)
    annotated = annotate(GREY, result(pose_landmarks=nowhere, segmentation_masks=mask))
    assert (annotated[:120] != 128).any(axis=2).all()
    assert (annotated[120:] == 128).all()


def test_a_picture_of_another_size_is_drawn_on_too() -> None:
    mask = np.ones((1, 24, 32), np.float32)
    assert annotate(GREY, result(segmentation_masks=mask)).shape == GREY.shape


@pytest.mark.parametrize("value", [np.nan, np.inf, -1e30, 1e30, 40.0, -40.0])
def test_wild_landmarks_do_no_harm(value: float) -> None:
    landmarks = upright()
    landmarks[0, ::2, :2] = value
    assert annotate(GREY, result(pose_landmarks=landmarks)).shape == GREY.shape


def test_one_pixel() -> None:
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
        # The label is a flag of that colour with something written on it.
        assert (half == color).all(axis=2).sum() > 50


def test_labels_are_small_beside_small_people_and_beside_heads_at_the_top() -> None:
    def flag(top: float, bottom: float) -> tuple[np.ndarray, np.ndarray]:
        """Rows and columns of the label, drawn on a large picture."""
        points = upright()
        points[0, :, 1] = np.linspace(top, bottom, 33)
        one = result(pose_landmarks=points, visibility=np.zeros((1, 33), np.float32))
        canvas = np.full((1200, 1600, 3), 128, np.uint8)
        return np.nonzero((annotate(canvas, one, by_id=True) != 128).any(axis=2))

    assert np.ptp(flag(0.2, 0.3)[0]) < np.ptp(flag(0.2, 0.9)[0]) / 2
    rows, columns = flag(0.0, 0.9)
    assert rows.min() == 0
    assert columns.min() > 800


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
