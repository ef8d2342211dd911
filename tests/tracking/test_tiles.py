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


def test_tiles_have_ever_smaller_sides_down_to_the_smallest_that_is_useful() -> None:
    sides_px = list(tile_sides_px(ImageSize(1920, 1080)))
    assert sides_px == pytest.approx([702, 386, 212, 117], abs=1)
    assert min(sides_px) >= MIN_TILE_PX


@pytest.mark.parametrize(("height", "sides_px"), [(79, []), (80, [80]), (100, [80])])
def test_an_image_that_is_as_large_as_the_smallest_tile_has_tiles(
    height: int, sides_px: list[float]
) -> None:
    assert list(tile_sides_px(ImageSize(500, height))) == sides_px


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
