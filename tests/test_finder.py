"""What a user's finder may return, and what is refused."""

from __future__ import annotations

from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import vitruvian
from tests.support.sample import SAMPLE, mannequin
from vitruvian.errors import FinderError, OptionError
from vitruvian.finder import MAX_BOXES, checked_boxes_px, name_of
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from vitruvian.types import Image

SIZE = ImageSize(640, 480)


def whole_image(image: Image) -> ArrayLike:
    height, width, _ = image.shape
    return [(0, 0, width, height)]


class Detector:
    """Returns the same boxes for every image, and counts the calls, which must not overlap."""

    def __init__(self, boxes_px: ArrayLike) -> None:
        self.boxes_px = boxes_px
        self.calls = 0
        self.is_free = Lock()

    def __call__(self, image: Image) -> ArrayLike:
        assert self.is_free.acquire(blocking=False)
        assert image.dtype == np.uint8
        self.calls += 1
        self.is_free.release()
        return self.boxes_px


@pytest.mark.parametrize("boxes", [[], (), np.zeros((0, 4)), np.zeros((0, 6), np.float32)])
def test_no_boxes_are_nobody(boxes: ArrayLike) -> None:
    assert checked_boxes_px(boxes, SIZE).shape == (0, 4)


@pytest.mark.parametrize(
    "boxes",
    [
        [(10, 20, 30, 40.5)],
        np.array([(10, 20, 30, 40.5)], np.float32),
        [np.array((10, 20, 30, 40.5))],
    ],
)
def test_boxes_are_any_array_of_numbers(boxes: ArrayLike) -> None:
    assert checked_boxes_px(boxes, SIZE).tolist() == [[10, 20, 30, 40.5]]


def test_what_is_outside_of_the_image_is_cut_off() -> None:
    boxes_px = checked_boxes_px([(-5, -1e30, 700, 480.5), (100, 500, 200, 600)], SIZE)
    assert boxes_px.tolist() == [[0, 0, 640, 480], [100, 480, 200, 480]]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (None, r"shape \(\)"),
        ("boxes", "a str that is no array of numbers"),
        ([(1, 2, 3)], r"shape \(1, 3\)"),
        ((1, 2, 3, 4), r"shape \(4,\)"),
        ([(1, 2, 3, 4), (1, 2)], "a list that is no array of numbers"),
        ([(1, 2, 3, 4 + 1j)], "a list that is no array of numbers"),
        (np.ones((MAX_BOXES + 1, 4)), "1001 boxes"),
        ([(1, 2, np.nan, 4)], r"the box \[1.0, 2.0, nan, 4.0\]"),
        ([(1, 2, np.inf, 4)], "finite"),
        ([(100, 100, 50, 200)], "left less than right"),  # left, top, width, height
        ([(10, 10, 10, 20)], "left less than right"),
        ([(0.1, 0.2, 0.5, 0.9)], "multiply them by the width"),
    ],
)
def test_what_are_no_boxes_in_pixels_is_refused_with_a_sentence(given: Any, message: str) -> None:
    with pytest.raises(FinderError, match=f"^The finder returned .*{message}.*[.]$"):
        checked_boxes_px(given, SIZE)


def test_a_finder_is_named_by_its_function_or_by_its_class() -> None:
    assert name_of(whole_image) == "tests.test_finder.whole_image"
    assert name_of(Detector([])) == "tests.test_finder.Detector"
    assert name_of(partial(whole_image)) == "functools.partial"


def test_a_finder_that_cannot_be_called_is_refused_at_the_call() -> None:
    wrong: Any = "yolo"
    with pytest.raises(OptionError, match=r"^finder is 'yolo': give a function"):
        vitruvian.Pose(finder=wrong)
    with pytest.raises(OptionError, match=r"^finder is 'yolo': give a function"):
        vitruvian.track("missing.mp4", finder=wrong)
    with pytest.raises(OptionError, match=r"^finder is 'yolo': give a function"):
        vitruvian.Recording.of(SAMPLE, finder=wrong)


def test_a_small_person_in_a_large_image_is_found_in_a_box() -> None:
    image = np.full((1200, 1600, 3), 128, np.uint8)
    small = mannequin()[::3, ::3]
    left, top, right, bottom = box_px = (1000, 700, 1100, 860)
    image[top:bottom, left:right] = small
    detector = Detector([box_px])
    options: Any = {"model_complexity": "lite", "search": "frame"}
    assert len(vitruvian.detect(image, **options)) == 0
    found = vitruvian.detect(image, finder=detector, **options)
    assert len(found) == 1
    x, y, _ = found.landmarks_px[0].T
    assert left < x.min() < x.max() < right
    assert top < y.min() < y.max() < bottom
    many = [*vitruvian.detect([image] * 4, finder=detector, **options)]
    assert [len(result) for result in many] == [1] * 4
    assert detector.calls == 5


def test_a_finder_may_draw_on_its_image() -> None:
    def drawing(image: Image) -> ArrayLike:
        image[:] = 0
        return [(0, 0, 640, 480)]

    image = mannequin()
    unchanged = image.copy()
    with vitruvian.Pose(model_complexity="lite", finder=drawing) as pose:
        assert len(pose.process(image)) == 1
    np.testing.assert_array_equal(image, unchanged)


def test_what_a_finder_raises_is_passed_on() -> None:
    def broken(_: Image) -> ArrayLike:
        raise ZeroDivisionError

    with (
        vitruvian.Pose(model_complexity="lite", finder=broken) as pose,
        pytest.raises(ZeroDivisionError),
    ):
        pose.process(mannequin())


def test_a_recording_names_its_finder() -> None:
    made = vitruvian.Recording.of(
        SAMPLE, end_s=0.1, model_complexity="lite", finder=whole_image, search="frame"
    )
    assert made.header.options["finder"] == "tests.test_finder.whole_image"
    assert made.people_counts.tolist() == [1] * len(made.frames)
