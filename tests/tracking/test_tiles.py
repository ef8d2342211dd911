from __future__ import annotations

import numpy as np
import pytest

from vitruvian.tracking.tiles import MIN_TILE_PX, tile_sides_px, tiles_of
from vitruvian.types import ImageSize


@pytest.mark.parametrize("size", [(640, 480), (480, 640), (500, 300), (200, 200), (300, 7000)])
@pytest.mark.parametrize("side_px", [160.0, 384.0])
def test_tiles_are_squares_that_cover_the_image(size: tuple[int, int], side_px: float) -> None:
    covered = np.zeros((size[1], size[0]), bool)
    for tile in tiles_of(ImageSize(*size), side_px):
        sides = np.array((tile.width, tile.height)) * size
        assert sides == pytest.approx(side_px)
        center = np.array((tile.center_x, tile.center_y)) * size
        left, top = np.floor(center - sides / 2 + 0.01).clip(0).astype(int)
        right, bottom = np.ceil(center + sides / 2 - 0.01).astype(int)
        covered[top:bottom, left:right] = True
    assert covered.all()


def test_tiles_overlap_by_a_quarter_or_more() -> None:
    lefts = sorted({float(tile.center_x * 1000) for tile in tiles_of(ImageSize(1000, 300), 300)})
    assert np.diff(lefts).max() <= 0.75 * 300


def test_the_sides_of_tiles_are_fractions_of_the_shorter_side_that_are_not_too_small() -> None:
    assert tile_sides_px(ImageSize(640, 200), (0.8, 0.6, 0.3)) == pytest.approx([160, 120])


@pytest.mark.parametrize(("height", "sides_px"), [(79, []), (80, [80]), (99, [80])])
def test_an_image_that_is_as_large_as_the_smallest_tile_has_tiles(
    height: int, sides_px: list[float]
) -> None:
    assert tile_sides_px(ImageSize(500, height), (0.8, 0.6)) == sides_px
    assert MIN_TILE_PX == 80


def test_tiles_go_from_left_to_right_and_row_by_row() -> None:
    centers = [(tile.center_y, tile.center_x) for tile in tiles_of(ImageSize(640, 480), 320)]
    assert len(centers) == 6
    assert centers == sorted(centers)


def test_a_tile_that_is_longer_than_the_image_extends_over_both_ends() -> None:
    tiles = tiles_of(ImageSize(1000, 200), 400)
    assert {float(tile.center_y) for tile in tiles} == {0.5}
    assert {float(tile.height) for tile in tiles} == {2.0}
    assert [tile.center_x for tile in tiles[:1]] == [np.float32(0.2)]


def test_tiles_are_float32_and_not_rotated() -> None:
    for tile in tiles_of(ImageSize(640, 480), 320):
        assert tile.angle_rad == 0
        assert {type(value) for value in vars(tile).values()} == {np.float32}
