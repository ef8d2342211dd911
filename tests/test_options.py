"""Every option stands once in `PoseOptions`, and all else agrees with it."""

from __future__ import annotations

import dataclasses
import inspect
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pytest

import vitruvian
from vitruvian import options
from vitruvian.errors import OptionError
from vitruvian.options import MODELS, PoseOptions, PoseOptionsDict

PAGE = Path(__file__).parents[1] / "docs" / "options-and-outputs.md"
FIELDS = dataclasses.fields(PoseOptions)
MEDIAPIPE_OPTIONS = 7  # they may be given by position, as in mp.solutions.pose.Pose


def test_the_signature_of_pose_is_that_of_the_options() -> None:
    parameters = dict(inspect.signature(vitruvian.Pose).parameters)
    # They are objects of the user, which no command line and no file can hold.
    assert parameters.pop("finder").default is None
    assert parameters.pop("profile").default is None
    expected = dict(inspect.signature(PoseOptions).parameters)
    assert [*parameters] == [*expected]
    for name, parameter in parameters.items():
        assert (parameter.default, parameter.kind, parameter.annotation) == (
            expected[name].default,
            expected[name].kind,
            expected[name].annotation,
        )
    by_position = [p for p in parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert len(by_position) == MEDIAPIPE_OPTIONS


@pytest.mark.parametrize("function", [vitruvian.track, vitruvian.detect])
def test_track_and_detect_have_typed_options(function: Any) -> None:
    parameters = inspect.signature(function).parameters
    assert parameters["options"].annotation == "Unpack[PoseOptionsDict]"
    hints = get_type_hints(PoseOptions)
    assert get_type_hints(PoseOptionsDict) == {field.name: hints[field.name] for field in FIELDS}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_each_default_is_permitted(field: dataclasses.Field[Any]) -> None:
    assert options.check(field.name, field.default) == field.default


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_each_option_is_on_the_page_and_in_the_help(field: dataclasses.Field[Any]) -> None:
    cells = (f"`{field.name}`", f"`{field.default!r}`", field.metadata["values"])
    row = f"| {' | '.join(map(str, cells))} | {field.metadata['help']} |"
    assert row in PAGE.read_text(encoding="utf-8").splitlines()
    assert f"{field.name}: " in (vitruvian.Pose.__doc__ or "")


def test_options_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        PoseOptions().num_poses = 2  # type: ignore[misc]


@pytest.mark.parametrize("complexity", range(3))
def test_a_model_has_a_number_and_a_name(complexity: int) -> None:
    assert PoseOptions(model_complexity=complexity).model == MODELS[complexity]
    assert PoseOptions(model_complexity=MODELS[complexity]).model == MODELS[complexity]


def test_numbers_of_numpy_are_numbers() -> None:
    given = PoseOptions(
        static_image_mode=np.bool_(True),  # type: ignore[arg-type]
        min_detection_confidence=np.float32(0.25),  # type: ignore[arg-type]
        num_poses=np.int64(3),  # type: ignore[arg-type]
        select=np.array((0.5, 0.25)),  # type: ignore[arg-type]
    )
    assert given == PoseOptions(True, 1, True, False, True, 0.25, num_poses=3, select=(0.5, 0.25))


@pytest.mark.parametrize(
    ("option", "text", "value"),
    [
        ("num_poses", "all", None),
        ("num_poses", "3", 3),
        ("threads", "2", 2),
        ("select", "centre", "centre"),
        ("select", "0.5,0.3", (0.5, 0.3)),
        ("model_complexity", "2", 2),
        ("model_complexity", "heavy", "heavy"),
        ("min_detection_confidence", "0.25", 0.25),
        ("search", "tiles", "tiles"),
    ],
)
def test_words_of_the_command_line(option: str, text: str, value: object) -> None:
    assert options.check(option, options.values_of(option).parse(text)) == value


@pytest.mark.parametrize(
    ("option", "text"),
    [
        *[("num_poses", text) for text in ("0", "1.5", "many", "")],
        *[("select", text) for text in ("0.5", "0.5,2", "a,b", "0.5,0.5,0.5")],
        *[("min_detection_confidence", text) for text in ("nan", "2", "-0.1", "half")],
        ("model_complexity", "3"),
        ("search", "everywhere"),
    ],
)
def test_wrong_words_of_the_command_line(option: str, text: str) -> None:
    with pytest.raises(OptionError, match=f"^{option} is "):
        options.check(option, options.values_of(option).parse(text))


@pytest.mark.parametrize(
    "value", [np.timedelta64(1), 10**400, -(10**400), np.float16("inf"), np.float64("nan"), True]
)
@pytest.mark.parametrize("option", ["frame_rate", "num_poses", "model_complexity"])
def test_what_only_looks_like_a_number_is_refused(option: str, value: object) -> None:
    with pytest.raises(OptionError, match=f"^{option} is "):
        options.check(option, value)


def test_wrong_options_are_refused_at_the_call() -> None:
    with pytest.raises(OptionError, match="num_poses"):
        vitruvian.track("missing.mp4", num_poses=0)
    with pytest.raises(OptionError, match="precision"):
        vitruvian.track("missing.mp4", engine="litert", precision="bfloat16")
    with pytest.raises(OptionError, match="model_complexity"):
        vitruvian.detect([], model_complexity="huge")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="num_pose"):
        vitruvian.track("missing.mp4", num_pose=None)  # type: ignore[call-arg]
