"""Tests of the options of `solutions.pose.Pose`."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import vitruvian
from vitruvian.mediapipe.solutions import pose as pose_module

if TYPE_CHECKING:
    from tests.mediapipe.solutions.fakes import FakePose


def test_the_options_are_mediapipes(native: type[FakePose]) -> None:
    signature = inspect.signature(pose_module.Pose)
    assert {name: option.default for name, option in signature.parameters.items()} == {
        "static_image_mode": False,
        "model_complexity": 1,
        "smooth_landmarks": True,
        "enable_segmentation": False,
        "smooth_segmentation": True,
        "min_detection_confidence": 0.5,
        "min_tracking_confidence": 0.5,
    }
    given = (True, 2, False, True, False, 0.25, 0.75)
    pose_module.Pose(*given)
    by_name = dict(zip(signature.parameters, given, strict=True))
    # The only engine and the only search with equal numbers.
    assert native.made[0].options == by_name | {"engine": "litert", "search": "frame"}


def test_numbers_that_mediapipe_accepts_as_flags_are_accepted(native: type[FakePose]) -> None:
    pose_module.Pose(1, np.int64(0), 1, np.True_, 1)
    pose_module.Pose(0, True)
    first, second = (made.options for made in native.made)
    assert [*first.values()][:5] == [True, 0, True, True, True]
    assert [*second.values()][:2] == [False, 1]
    assert all(type(made.options["model_complexity"]) is int for made in native.made)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("model_complexity", 3),
        ("model_complexity", -1),
        ("model_complexity", "full"),
        ("model_complexity", 1.0),
        ("model_complexity", None),
        ("static_image_mode", "yes"),
        ("smooth_landmarks", 0),
        ("smooth_landmarks", None),
        ("enable_segmentation", 1),
        ("smooth_segmentation", np.ones(2)),
        ("min_detection_confidence", 1.5),
        ("min_detection_confidence", "0.5"),
        ("min_tracking_confidence", float("nan")),
        ("min_tracking_confidence", None),
    ],
)
def test_an_invalid_option_raises_an_error_that_names_it(option: str, value: Any) -> None:
    with pytest.raises(vitruvian.OptionError, match=rf"^{option} is .*: give ") as raised:
        pose_module.Pose(**{option: value})
    assert isinstance(raised.value, (TypeError, ValueError))
    assert isinstance(raised.value, TypeError)
