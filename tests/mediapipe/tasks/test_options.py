"""Tests of the options of the Tasks API."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from vitruvian.mediapipe.tasks.python import BaseOptions, vision

from tests.support.tasks import GRAY, image, make
from vitruvian.errors import EngineError, OptionError
from vitruvian.mediapipe.tasks import containers
from vitruvian.mediapipe.tasks.errors import ArgumentTypeError, NumPosesError

RunningMode = vision.RunningMode


class Hostile:
    """An object that fails wherever it is used."""

    def __index__(self) -> int:
        raise ZeroDivisionError

    def __float__(self) -> float:
        raise ZeroDivisionError

    def __bool__(self) -> bool:
        raise ZeroDivisionError


INVALID_OPTIONS: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"num_poses": 0}, NumPosesError, "from 1"),
    ({"num_poses": -3}, RuntimeError, "from 1"),
    ({"num_poses": 1.5}, TypeError, "whole number"),
    ({"num_poses": None}, TypeError, "whole number"),
    ({"min_pose_detection_confidence": -0.1}, OptionError, r"range \[0.0, 1.0\]"),
    ({"min_pose_detection_confidence": "0.5"}, TypeError, "from 0 to 1"),
    ({"min_pose_presence_confidence": 1.1}, ValueError, r"range \[0.0, 1.0\]"),
    ({"min_pose_presence_confidence": float("nan")}, ValueError, r"range \[0.0, 1.0\]"),
    ({"min_tracking_confidence": 2}, OptionError, "`min_tracking_confidence`"),
    ({"min_tracking_confidence": None}, TypeError, "from 0 to 1"),
    ({"num_poses": [1]}, TypeError, "whole number"),
    ({"num_poses": Hostile()}, TypeError, "whole number"),
    ({"min_tracking_confidence": np.array([0.5, 0.5])}, TypeError, "from 0 to 1"),
    ({"min_tracking_confidence": Decimal("sNaN")}, TypeError, "from 0 to 1"),
    ({"min_tracking_confidence": Hostile()}, TypeError, "from 0 to 1"),
    ({"output_segmentation_masks": Hostile()}, TypeError, "a bool"),
    ({"search": np.array(["tiles", "auto"])}, TypeError, "tiles"),
    ({"search": "everywhere"}, OptionError, "tiles"),
    ({"running_mode": "VIDEO"}, AttributeError, "RunningMode"),
    ({"running_mode": RunningMode.LIVE_STREAM}, ValueError, "must be provided"),
    ({"running_mode": RunningMode.LIVE_STREAM, "result_callback": 5}, TypeError, "function"),
    ({"result_callback": print}, ValueError, "should not be provided"),
    ({"running_mode": RunningMode.VIDEO, "result_callback": print}, ValueError, "should not be"),
]


@pytest.mark.parametrize(("options", "kind", "words"), INVALID_OPTIONS)
def test_an_invalid_option_raises_an_error_that_names_it(
    base: BaseOptions, options: dict[str, Any], kind: type[Exception], words: str
) -> None:
    with pytest.raises(OptionError, match=words) as error:
        make(base, **options)
    assert isinstance(error.value, kind)


def test_an_invalid_base_option_raises_an_error_that_names_it() -> None:
    for base, words in (
        (None, "BaseOptions"),
        (BaseOptions(model_asset_path=Path("a.task")), "string"),  # type: ignore[arg-type]
        (BaseOptions(model_asset_buffer=bytearray(b"a")), "bytes"),  # type: ignore[arg-type]
        (BaseOptions("a.task", delegate=1), "Delegate"),  # type: ignore[arg-type]
    ):
        with pytest.raises(ArgumentTypeError, match=words):
            make(base)  # type: ignore[arg-type]
    for base in (BaseOptions(), BaseOptions("")):
        with pytest.raises(ValueError, match="model_asset_path"):
            make(base)
    with pytest.raises(EngineError, match="CPU"):
        make(BaseOptions("a.task", delegate=BaseOptions.Delegate.GPU))
    with pytest.raises(ArgumentTypeError, match="PoseLandmarkerOptions"):
        vision.PoseLandmarker.create_from_options(BaseOptions())  # type: ignore[arg-type]


def test_the_defaults_are_mediapipes(base: BaseOptions) -> None:
    options = vars(vision.PoseLandmarkerOptions(base))
    assert options.pop("search") is None  # the only option that MediaPipe does not have
    assert list(options.values()) == [base, RunningMode.IMAGE, 1, 0.5, 0.5, 0.5, False, None]
    assert list(options) == [
        "base_options",
        "running_mode",
        "num_poses",
        "min_pose_detection_confidence",
        "min_pose_presence_confidence",
        "min_tracking_confidence",
        "output_segmentation_masks",
        "result_callback",
    ]
    assert vars(BaseOptions()) == {
        "model_asset_path": None,
        "model_asset_buffer": None,
        "delegate": None,
    }
    assert vars(vision.ImageProcessingOptions()) == {
        "region_of_interest": None,
        "rotation_degrees": 0,
    }


def test_invalid_processing_options_raise_an_error(still: vision.PoseLandmarker) -> None:
    whole = containers.RectF(left=0, top=0, right=1, bottom=1)
    for options, words in (
        (vision.ImageProcessingOptions(rotation_degrees=45), "multiple of 90°"),
        (vision.ImageProcessingOptions(whole, 45), "multiple of 90°"),
        (vision.ImageProcessingOptions(whole), "doesn't support region-of-interest"),
        (vision.ImageProcessingOptions(rotation_degrees=90.0), "multiple of 90"),  # type: ignore[arg-type]
        ({"rotation_degrees": 90}, "ImageProcessingOptions"),
    ):
        with pytest.raises(OptionError, match=words):
            still.detect(image(GRAY), options)  # type: ignore[arg-type]
