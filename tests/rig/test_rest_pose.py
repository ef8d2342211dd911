"""Bones of constant length, equal on both sides."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.dancers import OFFSETS_M, T_POSE_M
from vitruvian.rig.body import Body
from vitruvian.rig.joints import INDEX, NAMES
from vitruvian.rig.kinematics import joints_at_rest_m
from vitruvian.rig.rest_pose import rest_offsets_m
from vitruvian.skeleton import PoseLandmark


def joints(offsets_m: np.ndarray) -> dict[str, np.ndarray]:
    return dict(zip(NAMES, joints_at_rest_m(offsets_m), strict=True))


def body(*frames_m: np.ndarray) -> Body:
    return Body(np.array(frames_m), np.ones((len(frames_m), 33)), np.arange(len(frames_m)))


def test_joints_at_rest_are_where_the_landmarks_of_a_t_pose_are() -> None:
    found = joints(OFFSETS_M)
    for joint, name in (
        ("UpLeg", "HIP"), ("Leg", "KNEE"), ("Foot", "ANKLE"), ("Toe_End", "FOOT_INDEX"),
        ("Arm", "SHOULDER"), ("ForeArm", "ELBOW"), ("Hand", "WRIST"),
    ):  # fmt: skip
        for side in ("Left", "Right"):
            known_m = T_POSE_M[PoseLandmark[f"{side.upper()}_{name}"]] + (0, 0.9, 0)
            np.testing.assert_allclose(found[side + joint], known_m, atol=1e-9)
    np.testing.assert_allclose(found["Neck"], (0, 1.4, 0), atol=1e-9)
    assert found["Head"][1] < 1.6 < found["HeadTop_End"][1]
    assert found["HeadTop_End"][1] == pytest.approx(1.6 / 0.936)


def test_the_person_stands_on_the_floor_and_faces_the_front() -> None:
    found = joints(OFFSETS_M)
    assert found["LeftToe_End"][1] == pytest.approx(0)
    assert found["LeftToeBase"][2] > 0.05
    assert found["LeftArm"][0] > 0 > found["RightArm"][0]


def test_both_sides_have_the_mean_of_their_lengths() -> None:
    longer_m = T_POSE_M.copy()
    longer_m[PoseLandmark.LEFT_KNEE : PoseLandmark.LEFT_KNEE + 1, 1] -= 0.04
    found = rest_offsets_m(body(longer_m))
    assert found[INDEX["LeftLeg"], 1] == pytest.approx(-0.44)
    np.testing.assert_allclose(found[INDEX["RightLeg"]], found[INDEX["LeftLeg"]])


def test_a_length_is_the_median_of_the_frames_in_which_it_is_visible() -> None:
    guessed_m = T_POSE_M.copy()
    guessed_m[PoseLandmark.LEFT_ELBOW] += (0.5, 0, 0)
    guessed_m[PoseLandmark.RIGHT_ELBOW] -= (0.5, 0, 0)
    visibility = np.ones((5, 33))
    visibility[:3, [PoseLandmark.LEFT_ELBOW, PoseLandmark.RIGHT_ELBOW]] = 0.2
    frames_m = np.array([guessed_m] * 3 + [T_POSE_M] * 2)
    found = rest_offsets_m(Body(frames_m, visibility, np.arange(len(frames_m))))
    assert found[INDEX["LeftForeArm"], 0] == pytest.approx(0.28)


def test_a_person_who_is_never_whole_has_the_lengths_that_the_model_guesses() -> None:
    found = rest_offsets_m(Body(T_POSE_M[np.newaxis], np.zeros((1, 33)), np.arange(1)))
    np.testing.assert_allclose(found, OFFSETS_M)


def test_landmarks_that_are_all_equal_are_bones_without_length() -> None:
    np.testing.assert_array_equal(rest_offsets_m(body(np.ones((33, 3)))), np.zeros_like(OFFSETS_M))
