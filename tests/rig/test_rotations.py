"""Rotations from directions, as quaternions and as Euler angles."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from vitruvian.rig.rotations import (
    angles_rad,
    axes,
    directions,
    euler_zxy_deg,
    quaternions,
    swings,
    turns,
)

X, Y, Z = np.eye(3)
RANDOM = np.random.default_rng(0)
ROTATIONS = Rotation.random(200, random_state=0).as_matrix()


def unit(count: int) -> np.ndarray:
    return directions(RANDOM.normal(size=(count, 3)), X)


def assert_rotations(found: np.ndarray) -> None:
    np.testing.assert_allclose(
        found @ np.swapaxes(found, -1, -2), np.broadcast_to(np.eye(3), found.shape), atol=1e-12
    )
    np.testing.assert_allclose(np.linalg.det(found), 1)


def test_vectors_without_length_have_the_direction_that_is_given() -> None:
    found = directions(np.array([[0, 0, 0], [0, 3e-9, 0], [0, 0, 2]]), X)
    np.testing.assert_array_equal(found, [X, X, Z])


def test_axes_are_those_of_the_first_and_the_second_vector() -> None:
    first, second = unit(50), 3 * unit(50)
    found = axes(first, second)
    assert_rotations(found)
    np.testing.assert_allclose(found[..., 0], first)
    assert ((found[..., 1] * second).sum(-1) > 0).all()
    np.testing.assert_allclose((found[..., 2] * second).sum(-1), 0, atol=1e-12)


@pytest.mark.parametrize("second", [X, -2 * X, 0 * X])
def test_axes_exist_where_the_second_vector_says_nothing(second: np.ndarray) -> None:
    found = axes(X, second)
    assert_rotations(found)
    np.testing.assert_array_equal(found[:, 0], X)


def test_a_swing_is_the_shortest_rotation() -> None:
    ends = unit(50)
    found = swings(Y, ends)
    assert_rotations(found)
    np.testing.assert_allclose(found @ Y, ends, atol=1e-12)
    np.testing.assert_allclose(angles_rad(found), np.arccos(ends[:, 1]), atol=1e-6)


def test_a_swing_to_the_opposite_direction_is_half_a_turn() -> None:
    found = swings(Y, np.array([-Y, Y]))
    assert_rotations(found)
    np.testing.assert_allclose(found @ Y, [-Y, Y], atol=1e-12)


def test_turns_are_those_of_scipy() -> None:
    axis, angles = unit(1)[0], np.linspace(-7, 7, 30)
    expected = Rotation.from_rotvec(np.outer(angles, axis)).as_matrix()
    np.testing.assert_allclose(turns(axis, angles), expected, atol=1e-12)


def test_quaternions_are_those_of_scipy() -> None:
    known = Rotation.from_matrix(ROTATIONS).as_quat()
    found = quaternions(ROTATIONS)
    signs = np.sign((known * found).sum(axis=-1, keepdims=True))
    np.testing.assert_allclose(found, signs * known, atol=1e-12)


def test_quaternions_of_half_turns_lose_no_digits() -> None:
    half = turns(directions(np.array([1.0, 2.0, -3.0]), X), np.array([np.pi, np.pi - 1e-9]))
    np.testing.assert_allclose(np.linalg.norm(quaternions(half), axis=-1), 1)
    np.testing.assert_allclose(Rotation.from_quat(quaternions(half)).as_matrix(), half, atol=1e-12)


def test_quaternions_continue_each_other() -> None:
    found = quaternions(
        np.stack([turns(Y, np.linspace(0, 20, 100)), turns(X, np.linspace(9, 0, 100))], axis=1)
    )
    assert ((found[1:] * found[:-1]).sum(axis=-1) > 0.9).all()


def test_euler_angles_are_those_of_scipy() -> None:
    found = euler_zxy_deg(ROTATIONS)
    back = Rotation.from_euler("ZXY", found, degrees=True).as_matrix()
    np.testing.assert_allclose(back, ROTATIONS, atol=1e-9)


@pytest.mark.parametrize("axis", [X, Y, Z, (X + 0.1 * Y) / np.hypot(1, 0.1)])
def test_euler_angles_continue_each_other_over_several_turns(axis: np.ndarray) -> None:
    rotations = turns(axis, np.linspace(0, 15, 400))
    found = euler_zxy_deg(rotations)
    back = Rotation.from_euler("ZXY", found, degrees=True).as_matrix()
    np.testing.assert_allclose(back, rotations, atol=1e-9)
    assert np.abs(np.diff(found, axis=0)).max() < 25


def test_a_kick_to_the_horizontal_and_over_it_is_one_angle() -> None:
    angles = np.linspace(0, np.radians(140), 30)
    found = euler_zxy_deg(turns(X, angles))
    np.testing.assert_allclose(found, np.outer(np.rad2deg(angles), (0, 1, 0)), atol=1e-5)
