"""Where the landmarks of a body are."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from benchmarks.drawn.body import rest_pose
from benchmarks.drawn.body.definitions import median_offsets, table
from benchmarks.drawn.body.landmarks import joint_bones, surface_points
from tests.drawn.bodies import SHAPES, bent, body
from vitruvian.skeleton import PoseLandmark

LEFT_RIGHT = [
    (landmark, PoseLandmark[landmark.name.replace("LEFT", "RIGHT")])
    for landmark in PoseLandmark
    if "LEFT" in landmark.name
]


def at_rest_m(shape) -> np.ndarray:
    made = body(shape)
    return made.posed(rest_pose(made.rig)).landmarks_m


def winding_numbers(points_m, vertices_m, triangles) -> np.ndarray:
    """Return how often a closed surface goes around each point: 1 inside, 0 outside."""
    a, b, c = np.moveaxis(vertices_m[triangles] - points_m[:, None, None], 2, 0)
    la, lb, lc = (np.linalg.norm(side, axis=-1) for side in (a, b, c))
    volume = np.einsum("ptk,ptk->pt", a, np.cross(b, c))
    ab, bc, ca = (np.einsum("ptk,ptk->pt", u, v) for u, v in ((a, b), (b, c), (c, a)))
    angles = 2 * np.arctan2(volume, la * lb * lc + ab * lc + bc * la + ca * lb)
    return angles.sum(1) / (4 * np.pi)


def test_each_landmark_is_defined_once() -> None:
    surface, _, _ = surface_points()
    assert sorted([*joint_bones(), *surface]) == list(PoseLandmark)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_landmarks_that_are_joints_lie_inside_the_body(shape) -> None:
    skin = body(shape).parts["skin"]
    joints_m = at_rest_m(shape)[list(joint_bones())]

    np.testing.assert_allclose(winding_numbers(joints_m, skin.rest_m, skin.triangles), 1, atol=0.05)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_other_landmarks_lie_on_the_body(shape) -> None:
    parts = body(shape).parts
    surface_m = np.concatenate([parts[name].rest_m for name in ("skin", "left_eye", "right_eye")])
    points_m = at_rest_m(shape)[surface_points()[0]]
    distances_m, _ = cKDTree(surface_m).query(points_m)

    assert distances_m.max() < 0.012


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_landmarks_on_the_left_mirror_those_on_the_right(shape) -> None:
    landmarks_m = at_rest_m(shape)
    left, right = (list(side) for side in zip(*LEFT_RIGHT, strict=True))

    np.testing.assert_allclose(landmarks_m[left], landmarks_m[right] * [-1, 1, 1], atol=1e-3)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_landmarks_are_in_the_order_of_a_body(shape) -> None:
    p, at_m = PoseLandmark, at_rest_m(shape)
    down_the_body = [p.LEFT_EYE, p.NOSE, p.MOUTH_LEFT, p.LEFT_SHOULDER, p.LEFT_HIP, p.LEFT_KNEE]
    outwards = [p.NOSE, p.LEFT_EYE_INNER, p.LEFT_EYE, p.LEFT_EYE_OUTER, p.LEFT_EAR]
    forwards = [p.LEFT_HEEL, p.LEFT_ANKLE, p.LEFT_FOOT_INDEX]

    assert (np.diff(at_m[down_the_body, 1]) < 0).all()
    assert (np.diff(at_m[outwards, 0]) > 0).all()
    assert (np.diff(at_m[forwards, 2]) > 0).all()


def test_landmarks_of_the_face_follow_the_head() -> None:
    made = body()
    pose = bent(made.rig, "head", 0.6, axis=1)
    turned_m, rest_m = made.posed(pose).landmarks_m, at_rest_m(made.shape)
    head = made.rig.index("head")

    expected_m = (rest_m[:9] - made.rig.heads_m[head]) @ pose.rotations[head].T + pose.heads_m[head]
    np.testing.assert_allclose(turned_m[:9], expected_m, atol=2e-3)


def test_a_definition_that_is_off_along_the_body_shows_in_its_median() -> None:
    rng = np.random.default_rng(0)
    truth_px = at_rest_m(body().shape)[:, :2] * [400, -400] + rng.normal(scale=30, size=(50, 1, 2))
    found_px = truth_px + rng.normal(scale=1, size=truth_px.shape)
    torso_px = np.linalg.norm(truth_px[0, 11:13].mean(0) - truth_px[0, 23:25].mean(0))
    knees = [PoseLandmark.LEFT_KNEE, PoseLandmark.RIGHT_KNEE]
    thighs_px = truth_px[:, knees] - truth_px[:, [PoseLandmark.LEFT_HIP, PoseLandmark.RIGHT_HIP]]
    found_px[:, knees] += (
        0.2 * torso_px * thighs_px / np.linalg.norm(thighs_px, axis=2, keepdims=True)
    )

    medians = median_offsets(truth_px, found_px, np.ones((50, 33), bool))
    along, across, distance = medians[PoseLandmark.LEFT_KNEE]
    assert along == pytest.approx(0.2, abs=0.01)
    assert across == pytest.approx(0, abs=0.01)
    assert distance == pytest.approx(0.2, abs=0.01)
    assert medians[PoseLandmark.LEFT_ELBOW][2] < 0.03
    assert "knee                     +0.2" in table(medians)


def test_a_landmark_that_nobody_shows_has_no_median() -> None:
    truth_px = np.ones((2, 33, 2))
    medians = median_offsets(truth_px, truth_px, np.zeros((2, 33), bool))

    assert np.isnan(medians[PoseLandmark.NOSE]).all()
