from __future__ import annotations

import numpy as np
import pytest

from tests.support.postures import posture, turned, with_knees_at
from vitruvian.analysis.angles_2d import ANGLES_2D, angles_2d
from vitruvian.analysis.facing import Facing
from vitruvian.skeleton import PoseLandmark

NUMBERS = np.arange(33)
SCATTERED_PX = np.stack(
    ((37 * NUMBERS**2 + 11 * NUMBERS) % 500, (53 * NUMBERS**2 + 29 * NUMBERS) % 500), axis=-1
)
# Those of the points above by `fixed_angles` of Pose2Sim 0.10.49, with x as it is, for someone who
# faces to the right, and with -x for the left. Neck and hip are midpoints, and so is the head, of
# the ears. The left wrist has the points of the right one (docs/angles.md).
SPORTS2D = {
    "right_ankle_dorsiflexion": (-53.42, -126.58),
    "left_ankle_dorsiflexion": (176.56, 3.44),
    "right_knee_flexion": (118.95, -118.95),
    "left_knee_flexion": (88.58, -88.58),
    "right_hip_flexion": (-86.18, 86.18),
    "left_hip_flexion": (178.1, -178.1),
    "right_shoulder_flexion": (-12.59, 12.59),
    "left_shoulder_flexion": (-137.67, 137.67),
    "right_elbow_flexion": (28.37, -28.37),
    "left_elbow_flexion": (3.43, -3.43),
    "right_wrist_flexion": (108.14, -108.14),
    "left_wrist_flexion": (172.92, -172.92),
    "right_foot": (-49.76, -130.24),
    "left_foot": (114.86, 65.14),
    "right_shank": (-86.35, -93.65),
    "left_shank": (-151.7, -28.3),
    "right_thigh": (32.6, 147.4),
    "left_thigh": (-63.12, -116.88),
    "pelvis": (4.57, -4.57),
    "trunk": (-61.22, -118.78),
    "shoulders": (-34.41, 34.41),
    "head": (45.0, 135.0),
    "right_arm": (106.19, 73.81),
    "left_arm": (-18.9, -161.1),
    "right_forearm": (134.56, 45.44),
    "left_forearm": (-15.46, -164.54),
    "right_hand": (-117.3, -62.7),
    "left_hand": (157.46, 22.54),
}


def angles_of(
    points_px: np.ndarray, facing: Facing, points_m: np.ndarray | None = None
) -> dict[str, float]:
    """Return the angles of one person, without the ends of their names, and `…_in_plane`."""
    world_m = posture() if points_m is None else points_m
    found = angles_2d(points_px[np.newaxis], world_m[np.newaxis], np.ones((1, 33)), [facing])
    return {name.removesuffix("_2d_deg"): float(values[0]) for name, values in found.items()}


def seen(points_m: np.ndarray) -> np.ndarray:
    """Return where the landmarks of someone far away are in the image."""
    return points_m[:, :2] * 200 + (320, 240)


@pytest.mark.parametrize(("facing", "column"), [(Facing.RIGHT, 0), (Facing.LEFT, 1)])
def test_angles_are_those_of_sports2d(facing: Facing, column: int) -> None:
    found = angles_of(SCATTERED_PX, facing)
    assert {*SPORTS2D} == {*ANGLES_2D}
    expected = {name: values[column] for name, values in SPORTS2D.items()}
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=0.006)


@pytest.mark.parametrize(("yaw_deg", "facing"), [(90, Facing.RIGHT), (-90, Facing.LEFT)])
def test_a_bend_has_one_sign_in_a_view_from_either_side(yaw_deg: float, facing: Facing) -> None:
    found = angles_of(seen(turned(with_knees_at(40), yaw_deg)), facing)
    expected = {"left_knee_flexion": 40, "right_knee_flexion": 40, "left_hip_flexion": 0}
    expected |= {"trunk": 90, "left_thigh": -90, "right_shank": -130, "left_foot": -40}
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("yaw_deg", "facing"), [(0, Facing.FRONT), (180, Facing.BACK)])
def test_arms_that_are_raised_to_both_sides_have_equal_signs(
    yaw_deg: float, facing: Facing
) -> None:
    raised = posture(left_elbow=(0.5, -0.5, 0), right_elbow=(-0.5, -0.5, 0))
    found = angles_of(seen(turned(raised, yaw_deg)), facing)
    assert found["left_shoulder_flexion"] == pytest.approx(90)
    assert found["right_shoulder_flexion"] == pytest.approx(90)


def test_what_points_to_the_camera_is_not_in_the_plane() -> None:
    bent = with_knees_at(90)
    from_front = angles_of(seen(bent), Facing.FRONT, bent)
    assert from_front["left_knee_flexion_in_plane"] == pytest.approx(0, abs=1e-6)
    assert from_front["left_thigh_in_plane"] == pytest.approx(1)
    assert from_front["left_foot_in_plane"] == pytest.approx(1)
    aside = turned(bent, 90)
    assert angles_of(seen(aside), Facing.RIGHT, aside)["left_knee_flexion_in_plane"] == 1
    half = turned(bent, 60)
    in_plane = angles_of(seen(half), Facing.RIGHT, half)["left_knee_flexion_in_plane"]
    assert in_plane == pytest.approx(np.sin(np.radians(60)))


def test_angles_are_in_their_intervals() -> None:
    random = np.random.default_rng(0)
    points_px, points_m = random.normal(0, 100, (200, 33, 2)), random.normal(0, 1, (200, 33, 3))
    facing = [Facing(number % 4) for number in range(200)]
    found = angles_2d(points_px, points_m, np.ones((200, 33)), facing)
    for name, values in found.items():
        least, greatest = (0, 1) if name.endswith("_in_plane") else (-180, 180)
        if name in {"pelvis_2d_deg", "shoulders_2d_deg"}:
            least, greatest = -90, 90
        assert least <= values.min()
        assert values.max() <= greatest


def test_what_is_hidden_or_has_no_length_is_nan() -> None:
    visibility = np.ones((1, 33))
    visibility[0, PoseLandmark.LEFT_EAR] = 0.2
    points_m = turned(posture(left_ankle=(0.1, 0.4, 0)), 90)
    found = angles_2d(seen(points_m)[np.newaxis], points_m[np.newaxis], visibility, [Facing.RIGHT])
    missing = {name for name, values in found.items() if np.isnan(values[0])}
    across = {"pelvis", "shoulders"}  # which point to the camera
    names = {"head", "left_shank", "left_knee_flexion", "left_ankle_dorsiflexion"}
    expected = {f"{name}_{end}" for name in names for end in ("2d_deg", "in_plane")}
    assert missing - {f"{name}_2d_deg" for name in across} == expected
