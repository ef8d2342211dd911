"""Every option of a `Pose`, once: its name, type, default, permitted values and help.

The command line makes its options from this table. The signature of `Pose`, the types of `track`
and `detect`, and the table in docs/options-and-outputs.md are tested equal to it.
"""
# ruff: noqa: RUF009 - `option` is `dataclasses.field`, which may be called there

from __future__ import annotations

import textwrap
from dataclasses import KW_ONLY, dataclass, fields
from typing import Any, Literal, TypedDict, get_args

from vitruvian.option_values import (
    Flag,
    NameOrPoint,
    Number,
    OneOf,
    PositionOrName,
    Values,
    WholeNumber,
    check_all,
    option,
)

Model = Literal["lite", "full", "heavy"]
SelectName = Literal["prominent", "largest", "centre", "first"]
Select = SelectName | tuple[float, float]
Search = Literal["frame", "tiles", "auto"]
EngineName = Literal["litert", "onnxruntime", "openvino"]
Device = Literal["cpu", "cuda", "tensorrt", "coreml", "directml"]
Precision = Literal["float32", "float16", "bfloat16"]

MODELS: tuple[Model, ...] = get_args(Model)  # `model_complexity` is the position
SELECT_NAMES: tuple[SelectName, ...] = get_args(SelectName)
SEARCHES: tuple[Search, ...] = get_args(Search)
ENGINES: tuple[EngineName, ...] = get_args(EngineName)
DEVICES: tuple[Device, ...] = get_args(Device)
PRECISIONS: tuple[Precision, ...] = get_args(Precision)

MAX_POSES = 1000


@dataclass(frozen=True)
class PoseOptions:
    """The options of a `Pose`. The first seven are those of `mp.solutions.pose.Pose`.

    Raises:
        OptionError: an option has the wrong type, or a value that is not permitted.
    """

    static_image_mode: bool = option(
        False,
        Flag(),
        "Each frame is an independent image: the detector runs on every frame, and nothing is "
        "smoothed or tracked. Otherwise, the frames are a video, and a person is tracked from "
        "frame to frame.",
    )
    model_complexity: int | Model = option(
        1,
        PositionOrName(MODELS),
        "The landmark model: 0 is lite, 1 full, 2 heavy. A heavier model is more accurate and "
        "slower. The detector is the same for all.",
    )
    smooth_landmarks: bool = option(True, Flag(), "Remove the jitter of landmarks (in video).")
    enable_segmentation: bool = option(
        False, Flag(), "Also compute a segmentation mask for each person."
    )
    smooth_segmentation: bool = option(
        True, Flag(), "Blend each mask with the one of the previous frame (in video)."
    )
    min_detection_confidence: float = option(0.5, Number(0, 1), "The minimum score of a detection.")
    min_tracking_confidence: float = option(
        0.5,
        Number(0, 1),
        "The score of the landmark model that a person must exceed; otherwise the person is lost.",
    )
    _: KW_ONLY
    num_poses: int | Literal["all"] | None = option(
        1,
        WholeNumber(1, MAX_POSES, none="all", none_means="for all"),
        "The maximum number of people. With more than one, each person is a track with an id.",
    )
    select: Select = option(
        "prominent",
        NameOrPoint(SELECT_NAMES),
        "Which people are tracked if there are more than `num_poses`: those with the best scores "
        "(prominent), the largest, those nearest to the centre or to a point, or the first ones "
        "found, who keep their places while they are occluded.",
    )
    search: Search | None = option(
        None,
        OneOf(SEARCHES, or_none=True),
        "Where the detector searches. By default: the whole frame, as MediaPipe does, and also "
        "overlapping tiles if no person in it is confirmed. With several people, the default is "
        "auto. "
        "frame: in the whole frame only, with MediaPipe's numbers. tiles: also in tiles, where "
        "small people are visible. auto: also in ever smaller tiles, where the detector hints at "
        "small people.",
    )
    search_interval_s: float = option(
        1.0,
        Number(0.01, 3600),
        "In video, the time in seconds in which every tile is searched once, some in each frame.",
    )
    smoothing_strength: float = option(
        1.0,
        Number(0.1, 10),
        "How strongly landmarks are smoothed (in video): cutoff frequencies are divided by it.",
    )
    calibrate_visibility: bool = option(
        False,
        Flag(),
        "Give the visibility of results the meaning of a frequency: of landmarks with 0.8, about "
        "eight in ten are visible. The models themselves are too certain.",
    )
    engine: EngineName | None = option(
        None,
        OneOf(ENGINES, or_none=True),
        "The runtime of the networks. By default, OpenVINO if it is installed and the processor is "
        "Intel's, ONNX Runtime for a device other than the CPU, else LiteRT. Only LiteRT gives "
        "MediaPipe's numbers to the last digit.",
    )
    device: Device = option(
        "cpu", OneOf(DEVICES), "Where the networks run. All but cpu need ONNX Runtime."
    )
    precision: Precision = option(
        "float32",
        OneOf(PRECISIONS),
        "The type of number that the networks multiply. Not every engine and device supports every "
        "type.",
    )
    threads: int | Literal["auto"] | None = option(
        None,
        WholeNumber(1, 256, none="auto", none_means="for as many as are useful"),
        "The number of threads of each network, on the CPU.",
    )
    frame_rate: float = option(
        30.0,
        Number(1e-3, 1e6),
        "Frames per second, for frames that are given without a timestamp.",
    )

    def __post_init__(self) -> None:
        check_all(self)

    @property
    def pose_limit(self) -> int | None:
        """`num_poses` as a number, or None for all."""
        return self.num_poses if isinstance(self.num_poses, int) else None

    @property
    def thread_limit(self) -> int | None:
        """`threads` as a number, or None for as many as are useful."""
        return self.threads if isinstance(self.threads, int) else None

    @property
    def model(self) -> Model:
        """The name of the landmark model."""
        if isinstance(self.model_complexity, int):
            return MODELS[self.model_complexity]
        return self.model_complexity


class PoseOptionsDict(TypedDict, total=False):
    """The same options as keyword arguments, for type checkers and editors."""

    static_image_mode: bool
    model_complexity: int | Model
    smooth_landmarks: bool
    enable_segmentation: bool
    smooth_segmentation: bool
    min_detection_confidence: float
    min_tracking_confidence: float
    num_poses: int | Literal["all"] | None
    select: Select
    search: Search | None
    search_interval_s: float
    smoothing_strength: float
    calibrate_visibility: bool
    engine: EngineName | None
    device: Device
    precision: Precision
    threads: int | Literal["auto"] | None
    frame_rate: float


def values_of(name: str) -> Values:
    """The values that the option of that name may have."""
    values: Values = PoseOptions.__dataclass_fields__[name].metadata["values"]
    return values


def check(name: str, value: object) -> Any:
    """Return the value of an option in its canonical form.

    Raises:
        OptionError: it has the wrong type, or is not permitted.
    """
    return values_of(name).check(name, value)


def described(indent: int) -> str:
    """Return a paragraph about each option, for a docstring."""
    first, rest = " " * indent, " " * (indent + 4)
    return "\n".join(
        textwrap.fill(
            f"{declared.name}: {declared.metadata['help']} Default: {declared.default!r}.",
            width=100,
            initial_indent=first,
            subsequent_indent=rest,
        )
        for declared in fields(PoseOptions)
    )
