"""Clothes and hair, and the surfaces that they are cut from."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from scipy.spatial import cKDTree

from benchmarks.drawn.body import Outfit, Part, normals
from benchmarks.drawn.body.clothes import BOTTOMS, SHOES, TOPS
from benchmarks.drawn.body.cut import cut
from benchmarks.drawn.body.hair import STYLES
from benchmarks.drawn.body.surface import grown, joined
from benchmarks.drawn.body.tube import tube
from tests.drawn.bodies import MAN, NAKED, WOMAN, body


def square() -> Part:
    corners_m = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], float)
    return Part(corners_m, np.array([[0, 1, 2], [0, 2, 3]], np.int32), sparse.csr_array(np.eye(4)))


def area_m2(part: Part) -> float:
    a, b, c = np.moveaxis(part.rest_m[part.triangles], 1, 0)
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


@pytest.mark.parametrize("share", [0.001, 0.3, 0.5, 0.9])
def test_a_cut_has_a_straight_edge_where_its_field_is_zero(share) -> None:
    rest = square()
    left = cut(rest, share - rest.rest_m[:, 0])

    assert area_m2(left) == pytest.approx(share)
    assert left.rest_m[:, 0].max() == pytest.approx(share)
    np.testing.assert_allclose(left.weights.sum(axis=1), 1)
    assert (normals(left.rest_m, left.triangles)[:, 2] > 0.99).all()


def test_vertices_at_a_cut_follow_the_bones_of_both_ends() -> None:
    left = cut(square(), 0.25 - square().rest_m[:, 0])
    edge = left.weights.toarray()[np.isclose(left.rest_m[:, 0], 0.25) & (left.rest_m[:, 1] == 0)]

    np.testing.assert_allclose(edge, [[0.75, 0.25, 0, 0]])


def test_a_cut_through_nothing_leaves_nothing_or_all() -> None:
    assert len(cut(square(), np.full(4, -1.0)).triangles) == 0
    assert area_m2(cut(square(), np.full(4, 1.0))) == pytest.approx(1)


def test_a_part_grows_along_its_normals() -> None:
    assert (grown(square(), 0.1).rest_m[:, 2] == 0.1).all()


def test_joined_parts_keep_their_triangles() -> None:
    assert area_m2(joined([square(), square()])) == pytest.approx(2)


def test_a_tube_has_its_radius_around_its_path() -> None:
    path_m = np.column_stack([np.zeros(5), np.linspace(1, 0, 5), np.zeros(5)])
    vertices_m, triangles, station = tube(path_m, np.full(5, 0.1))

    np.testing.assert_allclose(np.linalg.norm(vertices_m - path_m[station], axis=1), 0.1)
    outwards = vertices_m - path_m[station]
    assert (np.sum(normals(vertices_m, triangles) * outwards, axis=1) > 0).all()


@pytest.mark.parametrize("name", TOPS)
def test_a_top_is_worn_outside_of_the_skin(name) -> None:
    assert_outside_of_the_skin(Outfit(name, None, None), "top")


@pytest.mark.parametrize("name", BOTTOMS)
def test_a_bottom_is_worn_outside_of_the_skin(name) -> None:
    assert_outside_of_the_skin(Outfit(None, name, None), "bottom")


@pytest.mark.parametrize("name", SHOES)
def test_shoes_are_worn_outside_of_the_skin_and_on_the_floor(name) -> None:
    assert_outside_of_the_skin(Outfit(None, None, name), "shoes")
    up_m = body(MAN, Outfit(None, None, name)).parts["shoes"].rest_m[:, 1]
    assert up_m.min() == 0
    assert up_m.max() < 0.3


def assert_outside_of_the_skin(outfit: Outfit, name: str) -> None:
    """Assert that nearly all of a garment is over the skin next to it.

    Where the skin is folded, as between the toes, the next vertex says little.
    """
    for shape in (WOMAN, MAN):
        skin, garment = body(shape).parts["skin"], body(shape, outfit).parts[name]
        _, nearest = cKDTree(skin.rest_m).query(garment.rest_m)
        outwards = normals(skin.rest_m, skin.triangles)[nearest]
        over_m = np.sum((garment.rest_m - skin.rest_m[nearest]) * outwards, axis=1)
        assert np.mean(over_m > 0) > 0.95


def test_skin_is_left_out_under_clothes_and_nowhere_else() -> None:
    naked, dressed = body(), body(WOMAN, Outfit("t_shirt", "leggings", "trainers"))
    seen_m = dressed.parts["skin"].rest_m[dressed.parts["skin"].triangles].mean(1)

    assert len(dressed.parts["skin"].rest_m) == len(naked.parts["skin"].rest_m)
    assert len(dressed.parts["skin"].triangles) < len(naked.parts["skin"].triangles)
    for joint, covered in (("spine02", True), ("lowerleg01.L", True), ("wrist.L", False)):
        near = np.linalg.norm(seen_m - naked.rig.head_m(joint), axis=1) < 0.1
        assert near.any() != covered
    # The head stays whole.
    head_m = naked.rig.head_m("head")[1]
    faces_m = naked.parts["skin"].rest_m[naked.parts["skin"].triangles].mean(1)
    assert np.sum(seen_m[:, 1] > head_m) == np.sum(faces_m[:, 1] > head_m)


@pytest.mark.parametrize("style", STYLES)
def test_hair_covers_the_crown_and_leaves_the_face_free(style) -> None:
    made = body(WOMAN, NAKED, style)
    hair_m = made.parts["hair"].rest_m
    eye_m = made.parts["left_eye"].rest_m

    before_face = (hair_m[:, 2] > eye_m[:, 2].mean()) & (np.abs(hair_m[:, 0]) < eye_m[:, 0].max())
    assert (hair_m[before_face, 1] > eye_m[:, 1].max()).all()
    assert hair_m[:, 1].max() > made.height_m or style == "receding"
