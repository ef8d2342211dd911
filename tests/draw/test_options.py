from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support.results import result
from tests.support.skeletons import GREY
from vitruvian.draw.annotate import annotate
from vitruvian.draw.options import (
    ALL_LANDMARKS,
    as_color,
    as_labels,
    as_landmarks,
    as_side_colors,
    as_thickness,
)
from vitruvian.errors import OptionError
from vitruvian.skeleton import PoseLandmark

NOT_COLORS = [
    "red",
    7,
    (1, 2),
    (1, 2, 3, 4),
    (-1, 2, 3),
    (1, 2, 256),
    (0.5, 0.5, 0.5),
    (True, False, True),
    ((1, 2, 3), (1, 2)),
    [None, None, None],
    np.zeros((2, 3), int),
    {1, 2, 3},
]
REFUSED = [
    *(("colors", value) for value in NOT_COLORS),
    ("colors", ((1, 2, 3), (4, 5, 6))),
    *(("background", value) for value in NOT_COLORS),
    ("background", ((1, 2, 3),) * 3),
    *(("thickness_px", value) for value in (0, 0.5, 1001, np.nan, np.inf, "2", True, [3])),
    *(("landmarks", value) for value in (33, [33], [-1], "nose", ["nose"], [0.0], [True], 0)),
    *(("labels", value) for value in ("id", "", ["a"], ["a", "b", "c"], [1, 2], 3, {"a", "b"})),
    *((name, value) for name in ("by_id", "boxes", "blur_faces") for value in (None, 1, "yes")),
]


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_a_wrong_option_is_refused_by_name_in_one_sentence(name: str, value: Any) -> None:
    for people in (0, 2):
        with pytest.raises(OptionError, match=rf"(?s)^{name} .*: give .*\.$") as caught:
            annotate(GREY, result(people), **{name: value})
        assert ". " not in str(caught.value)


def test_colours_are_refused_if_there_are_those_of_ids() -> None:
    with pytest.raises(OptionError, match="colors cannot be combined with by_id=True"):
        annotate(GREY, result(), by_id=True, colors=(1, 2, 3))


@pytest.mark.parametrize("color", [(1, 2, 255), [1, 2, 255], np.array((1, 2, 255), np.uint8)])
def test_a_colour_is_three_whole_numbers(color: Any) -> None:
    assert as_color("background", color) == (1, 2, 255)
    assert as_side_colors(color) == ((1, 2, 255),) * 3


@pytest.mark.parametrize("convert", [tuple, list, np.array])
def test_three_colours_are_those_of_the_sides(convert: Any) -> None:
    sides = as_side_colors(convert([(1, 2, 3), (4, 5, 6), (7, 8, 9)]))
    assert (sides.left, sides.right, sides.middle) == ((1, 2, 3), (4, 5, 6), (7, 8, 9))


def test_landmarks_are_values_of_the_enumeration_or_their_numbers() -> None:
    assert as_landmarks(None) == ALL_LANDMARKS == {*range(33)}
    assert as_landmarks([PoseLandmark.LEFT_HIP, 24, np.int64(25)]) == {23, 24, 25}
    assert as_landmarks(index for index in (0, 1)) == {0, 1}
    assert as_landmarks([]) == frozenset()


def test_labels_are_ids_or_one_text_for_each_person() -> None:
    people = result(2, ids=np.array([4, 17]))
    assert as_labels(None, people) == ["", ""]
    assert as_labels("ids", people) == ["4", "17"]
    assert as_labels(("Ana", ""), people) == ["Ana", ""]


def test_a_thickness_is_a_number_of_pixels() -> None:
    assert as_thickness(None) is None
    assert as_thickness(np.int64(3)) == as_thickness(3.0) == 3
