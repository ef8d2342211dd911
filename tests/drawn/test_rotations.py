"""Rotations of bones, checked against SciPy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from benchmarks.drawn.motion.rotations import (
    about,
    from_rotation_vector,
    lean,
    lean_angles,
    part,
    rotation_vector,
    shortest_arc,
)

VECTORS = np.random.default_rng(1).normal(size=(20, 3))
UP = np.array((0.0, 1.0, 0.0))


@pytest.mark.parametrize("vector", VECTORS)
def test_rotation_vectors_are_those_of_scipy(vector: np.ndarray) -> None:
    expected = Rotation.from_rotvec(vector)
    assert from_rotation_vector(vector) == pytest.approx(expected.as_matrix(), abs=1e-12)
    assert rotation_vector(expected.as_matrix()) == pytest.approx(expected.as_rotvec(), abs=1e-9)


def test_half_a_turn_has_a_rotation_vector() -> None:
    vector = rotation_vector(about((1.0, 2.0, -2.0), np.pi))
    assert np.abs(vector) == pytest.approx(np.pi * np.array((1, 2, 2)) / 3, abs=1e-6)


@pytest.mark.parametrize("vector", VECTORS)
def test_the_shortest_arc_takes_one_direction_to_the_other(vector: np.ndarray) -> None:
    turned = shortest_arc(UP, vector) @ UP
    assert turned == pytest.approx(vector / np.linalg.norm(vector), abs=1e-12)


def test_the_shortest_arc_to_the_opposite_is_half_a_turn() -> None:
    assert shortest_arc(UP, -UP) @ UP == pytest.approx(-UP, abs=1e-12)


def test_leaning_is_read_back() -> None:
    rotation = lean(left_turn=40, forward=-25, right=70)
    assert lean_angles(rotation) == pytest.approx((40, -25, 70))


def test_leaning_goes_where_it_says() -> None:
    assert (lean(forward=30) @ UP)[2] > 0.4
    assert (lean(right=30) @ UP)[0] < -0.4
    assert (lean(left_turn=30) @ [0, 0, 1])[0] > 0.4


def test_half_of_a_rotation_twice_is_the_rotation() -> None:
    rotation = about((1.0, 0.3, -0.2), 2.0)
    half = part(rotation, 0.5)
    assert half @ half == pytest.approx(rotation, abs=1e-12)
