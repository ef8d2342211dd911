"""Rounded bodies are closed, and their triangles face outwards."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from vitruvian.rig.mesh import Mesh, joined, rounded

X, Y, Z = np.eye(3)
ZERO = np.zeros(3)
ONE = np.ones(3)


def volume(mesh: Mesh) -> float:
    first, second, third = (mesh.positions[mesh.triangles[:, corner]] for corner in range(3))
    return float((np.cross(second - first, third - first) * first).sum() / 6)


def assert_closed(mesh: Mesh) -> None:
    edges = Counter()
    for a, b, c in mesh.triangles.tolist():
        edges.update([(a, b), (b, c), (c, a)])
    assert all(edges[b, a] == count == 1 for (a, b), count in edges.items())


def test_a_cone_without_length_is_an_ellipsoid() -> None:
    radii = np.array([1.0, 2.0, 3.0])
    found = rounded(ZERO, ZERO, radii, radii, X)
    assert_closed(found)
    assert volume(found) == pytest.approx(4 / 3 * np.pi * 6, rel=0.1)
    np.testing.assert_allclose(np.ptp(found.positions, axis=0).max(), 6)


def test_a_cone_reaches_beyond_its_ends_by_its_radii() -> None:
    found = rounded(Y, 5 * Y, 0.5 * ONE, 0.2 * ONE, Z)
    assert_closed(found)
    assert found.positions[:, 1].min() == pytest.approx(0.5)
    assert found.positions[:, 1].max() == pytest.approx(5.2)
    assert np.abs(found.positions[:, [0, 2]]).max() == pytest.approx(0.5)


@pytest.mark.parametrize("end", [4 * X, -4 * X, 4 * Y, -4 * Y])
def test_triangles_and_normals_face_outwards(end: np.ndarray) -> None:
    found = rounded(ZERO, end, ONE, ONE, Z)
    assert volume(found) == pytest.approx(4 * np.pi + 4 / 3 * np.pi, rel=0.1)
    nearest = np.clip(found.positions @ end / 16, 0, 1)[:, np.newaxis] * end
    assert ((found.positions - nearest) * found.normals).sum(axis=1).min() > 0.9


def test_a_body_without_size_has_normals_of_length_one() -> None:
    found = rounded(ONE, ONE, ZERO, ZERO, X)
    np.testing.assert_allclose(np.linalg.norm(found.normals, axis=1), 1)


def test_several_bodies_become_one_mesh() -> None:
    ball, stick = rounded(ZERO, ZERO, ONE, ONE, X), rounded(3 * X, 9 * X, ONE, ONE, Y)
    both = joined([ball, stick])
    assert volume(both) == pytest.approx(volume(ball) + volume(stick))
    assert_closed(both)
