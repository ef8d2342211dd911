"""The body of a person follows the joints."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.dancers import OFFSETS_M
from vitruvian.rig.figure import figure
from vitruvian.rig.joints import ENDS, INDEX, NAMES
from vitruvian.rig.kinematics import joints_at_rest_m


def test_every_joint_moves_a_part_of_the_body_that_is_near() -> None:
    mesh, joints, weights = figure(OFFSETS_M)
    places_m = joints_at_rest_m(OFFSETS_M)
    for name in {*NAMES} - ENDS:
        part_m = mesh.positions[((joints == INDEX[name]) & (weights > 0)).any(axis=1)]
        assert np.linalg.norm(part_m - places_m[INDEX[name]], axis=1).min() < 0.15, name


def test_weights_are_those_of_different_joints() -> None:
    """Khronos' validator warns of a joint without weight that is not 0."""
    _, joints, weights = figure(OFFSETS_M)
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    assert (joints[weights == 0] == 0).all()
    for row, weight in zip(joints, weights, strict=True):
        used = row[weight > 0].tolist()
        assert len({*used}) == len(used)


def test_a_body_is_as_symmetric_as_its_bones() -> None:
    left_m, right_m = (
        mesh.positions[joints[:, 0] == INDEX[name]]
        for name in ("LeftForeArm", "RightForeArm")
        for mesh, joints, _ in [figure(OFFSETS_M)]
    )
    np.testing.assert_allclose(left_m.mean(axis=0) * (-1, 1, 1), right_m.mean(axis=0), atol=1e-9)


def test_the_nose_points_to_the_front() -> None:
    mesh, joints, _ = figure(OFFSETS_M)
    head_m = mesh.positions[joints[:, 0] == INDEX["Head"]]
    assert head_m[head_m[:, 2].argmax(), 0] == pytest.approx(0, abs=0.02)
    assert head_m[:, 2].max() > -1.2 * head_m[:, 2].min()


def test_bones_without_length_have_a_body() -> None:
    mesh, _, weights = figure(np.zeros_like(OFFSETS_M))
    assert np.isfinite(mesh.positions).all()
    assert np.isfinite(weights).all()
