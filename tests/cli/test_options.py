from __future__ import annotations

from dataclasses import fields

import click
import pytest
from click.testing import CliRunner

from vitruvian.cli.main import main
from vitruvian.cli.run import run
from vitruvian.errors import OptionError
from vitruvian.inputs.options import InputOptions
from vitruvian.options import PoseOptions

OF_INPUT = {field.name: field for field in fields(InputOptions)}
OF_POSE = {field.name: field for field in fields(PoseOptions) if field.name not in OF_INPUT}
FIELDS = OF_POSE | OF_INPUT
OF_RUN = {param.name: param for param in run.params if isinstance(param, click.Option)}


def parsed(*arguments: str) -> dict[str, object]:
    """Return what `run` makes of its arguments."""
    return run.make_context("run", ["film.mp4", *arguments]).params


def test_every_option_of_pose_and_of_inputs_is_there_first_and_in_order() -> None:
    assert list(OF_RUN)[: len(FIELDS)] == list(FIELDS)


def test_the_defaults_are_those_of_the_tables() -> None:
    given = parsed()
    defaults = vars(PoseOptions()) | vars(InputOptions())
    assert {name: given[name] for name in FIELDS} == defaults


@pytest.mark.parametrize("name", FIELDS)
def test_the_help_is_that_of_the_tables(name: str) -> None:
    text = FIELDS[name].metadata["help"].replace("`num_poses`", "--num-poses")
    shown = OF_RUN[name].help
    assert shown is not None
    if FIELDS[name].default is True:
        assert shown.lower() == f"do not {text}".lower()
    else:
        assert shown == text
    assert "`" not in shown
    assert "None" not in shown


def test_the_options_are_spelled_as_before() -> None:
    assert [OF_RUN[name].opts for name in FIELDS] == [
        ["--static-image-mode"],
        ["--model-complexity"],
        ["--no-smooth-landmarks"],
        ["--enable-segmentation"],
        ["--no-smooth-segmentation"],
        ["--min-detection-confidence"],
        ["--min-tracking-confidence"],
        ["--num-poses"],
        ["--select"],
        ["--search"],
        ["--search-interval"],
        ["--strength"],
        ["--calibrate-visibility"],
        ["--engine"],
        ["--device"],
        ["--precision"],
        ["--threads"],
        ["--start"],
        ["--end"],
        ["--frame-rate"],
        ["--every"],
        ["--resize"],
        ["--max-pixels"],
        ["--timeout"],
    ]


@pytest.mark.parametrize(
    ("arguments", "name", "value"),
    [
        ("--static-image-mode", "static_image_mode", True),
        ("--model-complexity lite", "model_complexity", "lite"),
        ("--model-complexity 2", "model_complexity", 2),
        ("--no-smooth-landmarks", "smooth_landmarks", False),
        ("--min-detection-confidence 1", "min_detection_confidence", 1.0),
        ("--num-poses 3", "num_poses", 3),
        ("--num-poses all", "num_poses", None),
        ("--select first", "select", "first"),
        ("--select 0.5,0.3", "select", (0.5, 0.3)),
        ("--search tiles", "search", "tiles"),
        ("--search-interval 0.5", "search_interval_s", 0.5),
        ("--strength 2.5", "smoothing_strength", 2.5),
        ("--engine openvino", "engine", "openvino"),
        ("--threads 4", "threads", 4),
        ("--threads auto", "threads", None),
        ("--start 90.5", "start_s", 90.5),
        ("--start 1:30.5", "start_s", 90.5),
        ("--end 1:02:03", "end_s", 3723.0),
        ("--frame-rate 25", "frame_rate", 25.0),
        ("--max-pixels 100", "max_pixels", 100),
        ("--max-pixels default", "max_pixels", None),
        ("--timeout 2", "timeout_s", 2.0),
    ],
)
def test_words_become_values(arguments: str, name: str, value: object) -> None:
    assert parsed(*arguments.split())[name] == value


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--model-complexity 3", "give a number from 0 to 2, or one of lite, full, heavy."),
        ("--min-tracking-confidence nan", "give a number from 0 to 1."),
        ("--num-poses none", "give a whole number from 1 to 1000, or all."),
        ("--threads 0", "give a whole number from 1 to 256, or auto."),
        ("--search everywhere", "give one of frame, tiles, auto."),
        ("--start -1", "give a number from 0 to inf."),
        ("--start 1:x", "give a number from 0 to inf."),
        ("--end 1:2:3:4", "give a number from 0 to inf."),
        ("--max-pixels 0", "give a whole number from 1 to 1000000000, or default."),
        ("--device gpu", "give one of cpu, cuda, tensorrt, coreml, directml."),
    ],
)
def test_invalid_values_are_refused_with_what_is_permitted(arguments: str, message: str) -> None:
    option, word = arguments.split()
    with pytest.raises(click.BadParameter) as refused:
        parsed(option, word)
    assert option in refused.value.format_message()
    assert refused.value.message.endswith(message)


def test_a_refusal_by_pose_is_the_same_without_none() -> None:
    with pytest.raises(OptionError, match=r"give one of frame, tiles, auto, or None\.$"):
        PoseOptions(search="everywhere")  # type: ignore[arg-type]


@pytest.mark.parametrize("columns", [80, 120])
def test_the_help_shows_sections_and_permitted_values(columns: int) -> None:
    shown = CliRunner().invoke(main, ["run", "--help"], terminal_width=columns).output
    titles = [
        "Options of MediaPipe Pose:",
        "Further options of Pose:",
        "Options of the inputs:",
        "Options of the command:",
    ]
    positions = [shown.index(title) for title in titles]
    assert positions == sorted(positions)
    assert positions[0] < shown.index("--min-tracking-confidence [0..1]") < positions[1]
    assert positions[1] < shown.index("--num-poses [1..1000|all]") < positions[2]
    assert positions[2] < shown.index("--start [SECONDS|H:MM:SS]") < positions[3]
    assert positions[3] < shown.index("--output FOLDER")
    for words in (
        "--model-complexity [lite|full|heavy|0|1|2]",
        "--select [prominent|largest|centre|first|X,Y]",
        "--search [frame|tiles|auto]",
    ):
        assert words in shown
    assert max(map(len, shown.splitlines())) <= columns
