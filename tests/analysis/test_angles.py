from __future__ import annotations

import numpy as np
import pytest

from tests.support.postures import posture, turned, with_knees_at
from vitruvian.analysis.angles import ANGLES_3D, angles_3d
from vitruvian.skeleton import LANDMARK_NAMES, PoseLandmark

VISIBLE = np.ones((1, 33))
SINE, COSINE = np.sin(np.radians(30)), np.cos(np.radians(30))


def angles_of(points_m: np.ndarray) -> dict[str, float]:
    """Return the angles of one person, without the ends of their names."""
    found = angles_3d(points_m[np.newaxis], VISIBLE)
    return {name.removesuffix("_3d_deg"): float(angle[0]) for name, angle in found.items()}


def test_someone_who_stands_has_angles_of_zero() -> None:
    found = angles_of(posture())
    assert [f"{name}_3d_deg" for name in found] == [*ANGLES_3D]
    assert found == pytest.approx(dict.fromkeys(found, 0), abs=1e-6)


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        ({"left_ankle": (0.1, 0.4, 0.4)}, {"left_knee_flexion": 90}),
        ({"left_knee": (0.1, 0, -0.4)}, {"left_hip_flexion": 90, "left_hip_abduction": 0}),
        ({"right_knee": (-0.1, 0.4 * COSINE, 0.4 * SINE)}, {"right_hip_flexion": -30}),
        ({"left_knee": (0.1 + SINE, COSINE, 0)}, {"left_hip_abduction": 30, "left_hip_flexion": 0}),
        ({"right_knee": (-0.1 - SINE, COSINE, 0)}, {"right_hip_abduction": 30}),
        ({"right_knee": (-0.1 + SINE, COSINE, 0)}, {"right_hip_abduction": -30}),
        ({"left_knee": (0.1, -0.4, 0)}, {"left_hip_flexion": 180}),
        ({"left_elbow": (0.5, -0.5, 0)}, {"left_shoulder_elevation": 90}),
        ({"left_elbow": (0.2, -0.5, -0.3)}, {"left_shoulder_elevation": 90}),
        ({"right_elbow": (-0.2, -0.8, 0)}, {"right_shoulder_elevation": 180}),
        ({"right_wrist": (-0.2, -0.2, -0.3)}, {"right_elbow_flexion": 90}),
        (
            {"left_index": (0.22, 0.05, -0.1), "left_pinky": (0.18, 0.05, -0.1)},
            {"left_wrist_flexion": 90, "right_wrist_flexion": 0},
        ),
        (
            {"right_index": (-0.22, 0.05, 0.1), "right_pinky": (-0.18, 0.05, 0.1)},
            {"right_wrist_flexion": -90},
        ),
        ({"left_foot_index": (0.1, 0.85 - SINE, 0.05 - COSINE)}, {"left_ankle_dorsiflexion": 30}),
        ({"right_foot_index": (-0.1, 1.05, 0.05)}, {"right_ankle_dorsiflexion": -90}),
        (
            {"left_shoulder": (0.2, 0, -0.5), "right_shoulder": (-0.2, 0, -0.5)},
            {"trunk_lean": 90, "left_hip_flexion": 90},
        ),
    ],
)
def test_a_limb_that_is_moved_has_the_angle_and_the_sign_of_the_definition(
    moved: dict[str, tuple[float, float, float]], expected: dict[str, float]
) -> None:
    found = angles_of(posture(**moved))
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=1e-6)


def test_angles_do_not_depend_on_where_the_camera_stands() -> None:
    random = np.random.default_rng(0)
    points_m = posture() + random.normal(0, 0.1, (33, 3))
    for yaw_deg in (90, 200):
        assert angles_of(turned(points_m, yaw_deg)) == pytest.approx(angles_of(points_m))


def test_angles_are_above_minus_180_and_at_most_180() -> None:
    points_m = np.random.default_rng(0).normal(0, 1, (500, 33, 3))
    folded = posture(left_knee=(0.1, -0.4, 0.0), right_knee=(-0.1, -0.4, -0.0))
    found = angles_3d(np.concatenate((points_m, [folded])), np.ones((501, 33)))
    for angle_deg in found.values():
        assert (angle_deg > -180).all()
        assert (angle_deg <= 180).all()


def test_an_angle_that_needs_a_hidden_landmark_is_nan_and_no_other_is() -> None:
    visibility = VISIBLE.copy()
    visibility[0, PoseLandmark.LEFT_ANKLE] = 0.49
    found = angles_3d(with_knees_at(30)[np.newaxis], visibility)
    missing = {name for name, angle_deg in found.items() if np.isnan(angle_deg).any()}
    assert missing == {"left_knee_flexion_3d_deg", "left_ankle_dorsiflexion_3d_deg"}
    found = angles_3d(with_knees_at(30)[np.newaxis], visibility, min_visibility=0.4)
    assert not np.isnan([*found.values()]).any()


def test_the_angle_of_a_limb_without_a_length_is_nan() -> None:
    assert np.isnan([*angles_of(np.zeros((33, 3))).values()]).all()
    ankle = posture()[LANDMARK_NAMES.index("left_ankle")]
    found = angles_of(posture(left_knee=tuple(ankle)))
    assert np.isnan(found["left_knee_flexion"])
    assert found["right_knee_flexion"] == pytest.approx(0, abs=1e-6)


def test_nobody_has_no_angles() -> None:
    found = angles_3d(np.zeros((0, 33, 3)), np.zeros((0, 33)))
    assert {len(angle_deg) for angle_deg in found.values()} == {0}
