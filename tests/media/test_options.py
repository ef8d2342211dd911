"""Every option of an input stands once in `InputOptions`, and all else agrees with it."""

from __future__ import annotations

import dataclasses
import inspect
import math
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import vitruvian
from vitruvian.errors import OptionError
from vitruvian.media.options import InputOptions, InputOptionsDict

PAGE = Path(__file__).parents[2] / "docs" / "options-and-outputs.md"
FIELDS = dataclasses.fields(InputOptions)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_each_option_is_on_the_page(field: dataclasses.Field[Any]) -> None:
    cells = (f"`{field.name}`", f"`{field.default!r}`", field.metadata["values"])
    row = f"| {' | '.join(map(str, cells))} | {field.metadata['help']} |"
    assert row in PAGE.read_text(encoding="utf-8").splitlines()


def test_the_options_of_frames_are_those_of_inputs() -> None:
    parameters = inspect.signature(vitruvian.frames).parameters
    assert parameters["options"].annotation == "Unpack[InputOptionsDict]"
    hints = get_type_hints(InputOptions)
    assert get_type_hints(InputOptionsDict) == {field.name: hints[field.name] for field in FIELDS}
    for field in FIELDS:
        assert f"`{field.name}`" in (vitruvian.frames.__doc__ or "")


@pytest.mark.parametrize(
    ("function", "names"),
    [
        (vitruvian.track, ["start_s", "end_s", "max_pixels", "timeout_s"]),
        (vitruvian.detect, ["max_pixels"]),
    ],
)
def test_track_and_detect_have_the_same_defaults(function: Any, names: list[str]) -> None:
    given = inspect.signature(function).parameters
    assert {name: given[name].default for name in names} == {
        name: getattr(InputOptions(), name) for name in names
    }


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"start_s": -1}, "start_s is -1"),
        ({"start_s": math.nan}, "start_s is nan"),
        ({"start_s": 2, "end_s": 1}, "start_s is 2 and end_s 1: give a later end"),
        ({"start_s": math.inf}, "give a later end"),
        ({"max_pixels": 0}, "max_pixels is 0"),
        ({"max_pixels": 1.5}, "max_pixels is 1.5"),
        ({"timeout_s": 0}, "timeout_s is 0"),
    ],
)
def test_wrong_options_are_refused_at_the_call(options: dict[str, Any], problem: str) -> None:
    with pytest.raises(OptionError, match=problem):
        vitruvian.frames("absent.mp4", **options)
    with pytest.raises(OptionError, match=problem):
        vitruvian.track("absent.mp4", **options)


def test_a_wrong_number_of_pixels_is_refused_by_detect() -> None:
    with pytest.raises(OptionError, match="max_pixels is -1"):
        vitruvian.detect("absent.png", max_pixels=-1)


def test_the_number_of_pixels_depends_on_the_kind_of_input() -> None:
    assert InputOptions().pixel_limit(is_still=True) == 200_000_000
    assert InputOptions().pixel_limit(is_still=False) == 50_000_000
    for is_still in (True, False):
        assert InputOptions(max_pixels=7).pixel_limit(is_still=is_still) == 7
