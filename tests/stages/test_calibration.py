"""Calibrated visibility."""

from __future__ import annotations

import numpy as np
import pytest

import vitruvian
from tests.support.sample import frames
from vitruvian.options import MODELS
from vitruvian.stages.calibration import GROUPS, LINES, Calibration, Line


def test_each_landmark_belongs_to_one_group() -> None:
    assert sorted(n for group in GROUPS.values() for n in group) == list(range(33))


def test_each_model_has_a_line_for_each_group_and_none_falls() -> None:
    assert set(LINES) == set(MODELS)
    for lines in LINES.values():
        assert set(lines) == set(GROUPS)
        assert all(line.slope >= 0 for line in lines.values())


def test_a_slope_of_one_without_an_offset_changes_nothing() -> None:
    same = Calibration(dict.fromkeys(GROUPS, Line(1, 0)))
    visibility = np.linspace(0.001, 0.999, 66, dtype=np.float32).reshape(2, 33)
    assert same(visibility) == pytest.approx(visibility, abs=1e-6)


def test_a_line_moves_the_logits_of_its_group_only() -> None:
    lines = dict.fromkeys(GROUPS, Line(1, 0)) | {"legs": Line(0.5, -1)}
    calibrated = Calibration(lines)(np.full((1, 33), 0.8, np.float32))[0]
    logit = 0.5 * np.log(0.8 / 0.2) - 1
    legs = list(GROUPS["legs"])
    assert calibrated[legs] == pytest.approx(1 / (1 + np.exp(-logit)))
    assert np.delete(calibrated, legs) == pytest.approx(0.8)


@pytest.mark.parametrize("certain", [0.0, 1.0])
def test_certainty_stays_in_bounds(certain: float) -> None:
    calibrated = Calibration(LINES["lite"])(np.full((1, 33), certain, np.float32))
    assert ((calibrated > 0) & (calibrated < 1)).all()


def test_nobody_has_no_visibility() -> None:
    assert Calibration(LINES["lite"])(np.zeros((0, 33), np.float32)).shape == (0, 33)


def test_the_option_changes_visibility_and_nothing_else() -> None:
    options = {"static_image_mode": True, "model_complexity": "lite"}
    with (
        vitruvian.Pose(**options) as plain,
        vitruvian.Pose(**options, calibrate_visibility=True) as calibrated,
    ):
        before, after = plain.process(frames()[0]), calibrated.process(frames()[0])
    assert np.array_equal(after.pose_landmarks, before.pose_landmarks)
    assert np.array_equal(after.presence, before.presence)
    assert np.array_equal(after.visibility, Calibration(LINES["lite"])(before.visibility))
