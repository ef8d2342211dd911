"""Bodies, from a shape to a pose."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.drawn.body import Body, Outfit, rest_pose
from benchmarks.drawn.body.mesh import mesh
from benchmarks.drawn.body.skinning import skin_weights
from tests.drawn.bodies import MAN, NAKED, SHAPES, WOMAN, bent, body


def test_a_body_stands_on_the_floor_and_faces_forwards() -> None:
    woman = body()
    nose_m, *_ = woman.posed(rest_pose(woman.rig)).landmarks_m

    assert woman.parts["skin"].rest_m[:, 1].min() == pytest.approx(0, abs=1e-9)
    assert nose_m[2] > woman.rig.head_m("head")[2]
    assert woman.rig.head_m("wrist.L")[0] > 0 > woman.rig.head_m("wrist.R")[0]


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_joints_on_the_left_mirror_those_on_the_right(shape) -> None:
    rig = body(shape).rig
    for number, name in enumerate(rig.names):
        if name.endswith(".L"):
            mirrored_m = rig.heads_m[rig.index(name.replace(".L", ".R"))] * [-1, 1, 1]
            np.testing.assert_allclose(rig.heads_m[number], mirrored_m, atol=1e-3)


def test_skin_on_the_left_mirrors_the_skin_on_the_right() -> None:
    vertices_m = body().parts["skin"].rest_m
    skin = np.unique(mesh().triangles["skin"])
    mirror = np.searchsorted(skin, mesh().mirror[skin])

    np.testing.assert_allclose(vertices_m[mirror] * [-1, 1, 1], vertices_m, atol=1e-3)


def test_each_vertex_follows_bones_with_weights_that_sum_to_one() -> None:
    assert skin_weights().data.min() >= 0
    np.testing.assert_allclose(skin_weights().sum(axis=1), 1, atol=1e-12)
    for part in body(MAN, Outfit(), "ponytail").parts.values():
        np.testing.assert_allclose(part.weights.sum(axis=1), 1, atol=1e-12)


def test_parents_come_before_their_children() -> None:
    assert all(parent < number for number, parent in enumerate(body().rig.parents))


def test_the_rest_pose_leaves_the_body_as_it_is() -> None:
    woman = body(WOMAN, Outfit(), "long")
    posed = woman.posed(rest_pose(woman.rig))

    for name, part in woman.parts.items():
        np.testing.assert_allclose(posed.vertices_m[name], part.rest_m, atol=1e-12)


def test_a_bent_elbow_moves_the_hand_and_leaves_the_rest() -> None:
    woman = body()
    rest_m = woman.posed(rest_pose(woman.rig)).landmarks_m
    bent_m = woman.posed(bent(woman.rig, "lowerarm01.L", 1.0)).landmarks_m

    moved = np.flatnonzero(np.linalg.norm(bent_m - rest_m, axis=1) > 0.01)
    assert moved.tolist() == [15, 17, 19, 21]


def test_parts_that_a_triangle_names_exist() -> None:
    for part in body(MAN, Outfit("jumper", "skirt", "boots"), "bun").parts.values():
        assert part.triangles.min() == 0
        assert part.triangles.max() < len(part.rest_m)
        assert part.triangles.dtype == np.int32


def test_the_same_body_in_the_same_pose_has_the_same_bytes() -> None:
    first, second = (Body(MAN, Outfit(), "afro") for _ in range(2))
    one, other = (made.posed(bent(made.rig, "spine03", 0.5)) for made in (first, second))

    assert one.landmarks_m.tobytes() == other.landmarks_m.tobytes()
    for name, vertices_m in one.vertices_m.items():
        assert vertices_m.tobytes() == other.vertices_m[name].tobytes()


def test_a_naked_bald_body_has_only_skin_and_eyes() -> None:
    assert set(body(WOMAN, NAKED, None).parts) == {"skin", "left_eye", "right_eye"}
