from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support.results import result
from tests.support.skeletons import person
from vitruvian.draw.annotate import annotate
from vitruvian.draw.body import Circle
from vitruvian.draw.labels import Label, draw_labels

SIZE = (1600, 1200)
RED = (255, 0, 0)


def bounds(canvas: np.ndarray, color: tuple[int, int, int] = RED) -> tuple[int, int, int, int]:
    """Return the first and last column and row of a colour: left, top, right, bottom."""
    rows, columns = np.nonzero((canvas == color).all(axis=2))
    assert rows.size
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def label(hips_px: tuple[float, float], scale: float, **options: Any) -> tuple[int, int, int, int]:
    """Return the bounds of the label of one person on a large image."""
    options = {"labels": ["7"], **options}
    one = result(**person(hips_px, scale, SIZE, arms_raised=options.pop("arms_raised", False)))
    canvas = np.full((SIZE[1], SIZE[0], 3), 128, np.uint8)
    return bounds(annotate(canvas, one, landmarks=[], colors=RED, **options))


def size_of(bounds: tuple[int, int, int, int]) -> tuple[int, int]:
    return bounds[2] - bounds[0], bounds[3] - bounds[1]


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def face(hips_px: tuple[float, float], scale: float) -> tuple[float, ...]:
    """Return the box around a face, from the forehead to the chin and from ear to ear."""
    x, y = hips_px
    return (x - 0.08 * scale, y - 0.7 * scale, x + 0.08 * scale, y - 0.52 * scale)


def test_a_label_is_above_the_head_and_moves_with_the_head_only() -> None:
    at_rest = label((800, 700), 100)
    assert at_rest == label((800, 700), 100, arms_raised=True)
    left, top, right, bottom = at_rest
    assert (left + right) / 2 == pytest.approx(800, abs=1)
    assert 700 - 1.2 * 100 < top < bottom < 700 - 0.7 * 100


@pytest.mark.parametrize("scale", [60, 100, 400])
def test_the_size_of_a_label_does_not_change_with_the_pose(scale: float) -> None:
    assert size_of(label((800, 700), scale)) == size_of(label((800, 700), scale, arms_raised=True))


def test_labels_have_the_same_size_for_all_large_people_and_are_smaller_for_small_ones() -> None:
    heights = [size_of(label((800, 700), scale))[1] for scale in (20, 40, 120, 300, 500)]
    assert heights[-1] == heights[-2]
    assert heights[1] < heights[2] < heights[3]
    assert heights[0] >= 0.35 * heights[-1]  # still readable


def test_labels_grow_with_the_image() -> None:
    heights = []
    for factor in (1, 2):
        width, height = 640 * factor, 480 * factor
        canvas = np.full((height, width, 3), 128, np.uint8)
        one = result(**person((width / 2, height / 2), 200 * factor, (width, height)))
        drawn = annotate(canvas, one, labels=["7"], landmarks=[], colors=RED)
        heights.append(size_of(bounds(drawn))[1])
    assert heights[1] == pytest.approx(2 * heights[0], rel=0.1)


@pytest.mark.parametrize("scale", [40, 400])
@pytest.mark.parametrize("x", [-200, 0, 800, 1590])
@pytest.mark.parametrize("y", [-100, 30, 300, 1190])
@pytest.mark.parametrize("text", ["7", "a long name of a person"])
def test_a_label_is_whole_in_the_image_and_does_not_hide_the_face(
    x: float, y: float, scale: float, text: str
) -> None:
    width, height = size_of(label((800, 700), scale, labels=[text]))
    bounds = label((x, y), scale, labels=[text])
    # The size is that of a label in the middle: nothing is cut off.
    assert size_of(bounds) == (width, height)
    assert not overlap(bounds, face((x, y), scale))


RED_GREEN_BLUE = ((255, 0, 0), (0, 255, 0), (0, 0, 255))


def test_a_label_does_not_hide_the_faces_of_others() -> None:
    canvas = np.full((480, 640, 3), 128, np.uint8)
    circles = [Circle(300, 200, 15), Circle(305, 235, 15), Circle(310, 270, 15)]
    draw_labels(
        canvas,
        [
            Label("7", color, circle, 200)
            for color, circle in zip(RED_GREEN_BLUE, circles, strict=True)
        ],
    )
    for x, y, radius in circles:
        face = canvas[round(y - radius) : round(y + radius), round(x - radius) : round(x + radius)]
        assert (face == 128).all()


def test_labels_do_not_hide_each_other() -> None:
    sizes = []
    for people in (RED_GREEN_BLUE, *((color,) for color in RED_GREEN_BLUE)):
        canvas = np.full((480, 640, 3), 128, np.uint8)
        draw_labels(
            canvas,
            [
                Label("a long name", color, Circle(200 + 60 * k, 240, 20), 200)
                for k, color in enumerate(people)
            ],
        )
        sizes.append([size_of(bounds(canvas, color)) for color in people])
    assert len({*sizes[0], *sizes[1], *sizes[2], *sizes[3]}) == 1


def test_a_text_that_is_too_wide_is_shortened() -> None:
    canvas = np.full((100, 120, 3), 128, np.uint8)
    draw_labels(canvas, [Label("a very long name " * 9, RED, Circle(60, 60, 10), 100)])
    left, top, right, bottom = bounds(canvas)
    assert 0 <= left < right < 120
    assert right - left > 80
    assert bottom - top < 40


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_without_text_there_is_no_label(text: str) -> None:
    canvas = np.full((100, 120, 3), 128, np.uint8)
    draw_labels(canvas, [Label(text, RED, Circle(60, 60, 10), 100)])
    assert (canvas == 128).all()


def test_a_text_is_one_line() -> None:
    heights = []
    for text in ("a b", "a\nb"):
        canvas = np.full((100, 120, 3), 128, np.uint8)
        draw_labels(canvas, [Label(text, RED, Circle(60, 60, 10), 100)])
        heights.append(size_of(bounds(canvas)))
    assert heights[0] == heights[1]


@pytest.mark.parametrize(
    ("text", "written"),
    [("Zoë Müller", "Zoe Muller"), ("日本", "??"), ("a\x00\x1bb\ud800", "a??b?"), ("ﬁve", "five")],
)
def test_what_the_font_does_not_have_is_written_in_ascii(text: str, written: str) -> None:
    canvases = np.full((2, 100, 300, 3), 128, np.uint8)
    for canvas, shown in zip(canvases, (text, written), strict=True):
        draw_labels(canvas, [Label(shown, RED, Circle(60, 60, 10), 100)])
    assert np.array_equal(*canvases)


def test_a_text_of_any_length_is_shortened() -> None:
    canvas = np.full((100, 120, 3), 128, np.uint8)
    draw_labels(canvas, [Label("i" * 10**7, RED, Circle(60, 60, 10), 100)])
    assert bounds(canvas)[2] < 120


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (200, 3)])
def test_an_image_without_room_for_a_label_has_none(shape: tuple[int, int]) -> None:
    canvas = np.full((*shape, 3), 128, np.uint8)
    draw_labels(canvas, [Label("7", RED, Circle(1, 1, 1), 100)])
    assert (canvas == 128).all()


@pytest.mark.parametrize(("color", "is_light"), [((0, 0, 0), True), ((255, 255, 0), False)])
def test_the_text_is_readable_on_its_background(
    color: tuple[int, int, int], is_light: bool
) -> None:
    canvas = np.full((200, 200, 3), 128, np.uint8)
    draw_labels(canvas, [Label("8", color, Circle(100, 100, 10), 300)])
    left, top, right, bottom = bounds(canvas, color)
    ink = canvas[top:bottom, left:right, 0].astype(int)
    assert (ink.max() > 200) if is_light else (ink.min() < 50)
