"""Solids, light, lens and patterns of the drawn images, without OpenGL."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from benchmarks.drawn.picture.lens import Lens
from benchmarks.drawn.picture.light import Light, dome_directions
from benchmarks.drawn.picture.materials import plain
from benchmarks.drawn.picture.shapes import ball, box, leaves, rectangle
from benchmarks.drawn.picture.textures import CLOTHS, FLOORS, PAVINGS, WALLS, clouds, painting
from benchmarks.drawn.picture.things import IN_FRONT, IN_GYM, INDOORS, OUTDOORS

if TYPE_CHECKING:
    from benchmarks.drawn.picture.mesh import Mesh

GREY = plain((0.5, 0.5, 0.5))
SHARP = Lens(0.0, 3.0, (0.0, 0.0), 1.0, 0.0, 90)
RED, BLUE = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)


def faces_outwards(mesh: Mesh, middle_m: tuple[float, float, float]) -> bool:
    first, second, third = (mesh.positions_m[mesh.triangles[:, corner]] for corner in range(3))
    normals = np.cross(second - first, third - first)
    outwards = (first + second + third) / 3 - middle_m
    return bool(((normals * outwards).sum(axis=1) >= -1e-12).all())


@pytest.mark.parametrize(
    ("mesh", "middle_m"),
    [
        (box((1.0, 0.0, 2.0), (0.4, 0.6, 0.2), GREY, 0.3), (1.0, 0.3, 2.0)),
        (ball((1.0, 0.0, 2.0), 0.3, GREY), (1.0, 0.3, 2.0)),
    ],
)
def test_solids_stand_on_the_floor_and_face_outwards(
    mesh: Mesh, middle_m: tuple[float, float, float]
) -> None:
    assert mesh.positions_m[:, 1].min() == pytest.approx(0)
    assert faces_outwards(mesh, middle_m)
    used = np.unique(mesh.triangles)
    assert np.linalg.norm(mesh.normals[used], axis=1) == pytest.approx(1)


def test_a_rectangle_is_seen_from_the_side_of_its_normal() -> None:
    wall = rectangle((0.0, 0.0, 0.0), (2.0, 0.0, 0.0), (0.0, 3.0, 0.0), GREY, 2.0)
    assert wall.normals.tolist() == [[0, 0, 1]] * 4
    assert wall.on_surface.max(axis=0).tolist() == [1.0, 1.5, 0.0]


def test_leaves_grow_upwards_from_their_foot() -> None:
    size_m = (0.4, 0.8, 0.1)
    plant = leaves((0.0, 0.2, 0.0), size_m, 9, GREY, np.random.default_rng(0))
    assert plant.positions_m[:, 1].min() >= 0.2 - 1e-9
    assert 0.5 < plant.positions_m[:, 1].max() < 1.01


@pytest.mark.parametrize("thing", dict.fromkeys((*INDOORS, *IN_GYM, *OUTDOORS, *IN_FRONT)))
def test_things_stand_where_they_are_put(thing: object) -> None:
    meshes = thing(np.random.default_rng(0), 1.0, -2.0)
    points_m = np.concatenate([mesh.positions_m for mesh in meshes])
    assert points_m[:, 1].min() == pytest.approx(0, abs=1e-9)
    assert np.abs(points_m[:, [0, 2]].mean(axis=0) - (1.0, -2.0)).max() < 0.5


@pytest.mark.parametrize("pattern", dict.fromkeys((*WALLS, *FLOORS, *PAVINGS, *CLOTHS, painting)))
def test_a_pattern_is_the_same_for_a_seed_and_has_its_two_colours(pattern: object) -> None:
    first, again = (pattern(np.random.default_rng(3), RED, BLUE) for _ in range(2))
    assert first.shape == (512, 512, 3)
    assert first.dtype == np.uint8
    assert (first == again).all()
    assert first[..., 0].max() > first[..., 1].max() or pattern is painting


def test_clouds_continue_at_their_edges() -> None:
    noise = clouds(np.random.default_rng(1), 2.0)
    steps = np.abs(np.diff(noise, axis=0)).max()
    assert np.abs(noise[0] - noise[-1]).max() <= 1.5 * steps


def test_the_lamp_is_where_the_light_comes_from() -> None:
    white = (1.0, 1.0, 1.0)
    light = Light((0.0, 2.0, 0.0), white, 0.1, white, white)
    directions = light.key_directions(8)
    assert np.linalg.norm(directions, axis=1) == pytest.approx(1)
    assert directions[:, 1].min() > np.cos(0.11)
    assert len(np.unique(directions.round(6), axis=0)) == 8


def test_the_dome_shines_from_above() -> None:
    directions = dome_directions(8)
    assert np.linalg.norm(directions, axis=1) == pytest.approx(1)
    assert directions[:, 1].min() > 0


def test_what_is_in_focus_stays_in_place() -> None:
    rays = Lens(0.02, 3.0, (0.0, 0.0), 1.0, 0.0, 90).rays(8, 800.0)
    for depth_m, is_sharp in ((3.0, True), (6.0, False)):
        seen = (rays @ (0.0, 0.0, depth_m, 1.0))[:, :2] / depth_m * 800
        assert (np.abs(seen) < 1).all() == is_sharp


def test_a_shaken_camera_moves_the_image_by_the_length_of_the_shake() -> None:
    rays = Lens(0.0, 3.0, (12.0, 0.0), 1.0, 0.0, 90).rays(9, 800.0)
    x_px = (rays @ (0.0, 0.0, 3.0, 1.0))[:, 0] / 3 * 800
    assert np.ptp(x_px) == pytest.approx(12 * 8 / 9, abs=1)


def test_more_light_makes_a_brighter_image_and_noise_a_grainier_one() -> None:
    rng = np.random.default_rng(0)
    grey = np.full((64, 64, 3), 0.2, np.float32)
    dark, bright = (SHARP.develop(scale * grey, rng) for scale in (0.5, 2.0))
    assert dark.mean() < bright.mean()
    grainy = Lens(0.0, 3.0, (0.0, 0.0), 1.0, 8.0, 90).develop(grey, rng)
    assert 5 < grainy[16:48, 16:48].std() < 12


def test_an_image_is_written_as_jpeg() -> None:
    pixels = np.full((32, 48, 3), 128, np.uint8)
    with Image.open(io.BytesIO(SHARP.jpeg(pixels))) as image:
        assert (image.format, image.size) == ("JPEG", (48, 32))
