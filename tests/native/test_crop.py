"""The crop in C: the same bits as in numpy. test_sanitizers.py runs these tests again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.native import in_c, in_numpy, needs_library
from vitruvian.errors import EngineError
from vitruvian.stages import crop, geometry
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21, TASKS_1_2_2
from vitruvian.types import ImageSize, Region

if TYPE_CHECKING:
    from vitruvian.stages.crop import Border
    from vitruvian.types import Float32, Float64, Image

pytestmark = needs_library

RNG = np.random.default_rng(0)
SIZES = ((120, 200), (1, 1), (1, 2), (2, 3), (1, 50), (50, 1), (5, 4), (64, 64))  # height, width
SIDES_PX = (256, 224, 65, 64, 7, 1)
SCALES = (
    crop.TO_UNIT,
    *(crop.PixelScale(np.float32(2 / 255), np.float32(-1), once) for once in (True, False)),
)
ODD_NUMBERS = (np.nan, np.inf, -np.inf, 0, 1e300, -1e300, 1e-300, 1e10)


def random_region() -> Region:
    """Return a region that may be partly or wholly outside of its image."""
    return Region(*RNG.uniform((-0.4, -0.4, 0.02, 0.02, -4), (1.4, 1.4, 2, 2, 4)).astype("f4"))


def random_matrix(kind: str, size: ImageSize, side_px: int) -> Float64:
    if kind == "any":
        return RNG.normal(size=(3, 3)) * RNG.choice((1, 10, 1e5)) * ((1,), (1,), (0.01,))
    reference = (SOLUTIONS_0_10_21, TASKS_1_2_2)[RNG.integers(2)]
    matrix = geometry.image_from_crop(random_region(), size, side_px, reference)
    if kind == "odd":
        matrix[tuple(RNG.integers(3, size=2))] = RNG.choice(ODD_NUMBERS)
    return matrix


def cut(
    image: Image, matrix: Float64, side_px: int, border: Border, scale: crop.PixelScale
) -> Float32:
    """Cut a crop into the middle of an array whose ends must not change."""
    floats = np.full(3 * side_px**2 + 16, 9, np.float32)
    crop.cut(image, matrix, floats[8:-8].reshape(side_px, side_px, 3), border=border, scale=scale)
    assert (floats[:8] == 9).all()
    assert (floats[-8:] == 9).all()
    return floats


@pytest.mark.parametrize("border", ["zero", "replicate"])
@pytest.mark.parametrize("kind", ["region", "any", "odd"])
def test_c_and_numpy_cut_the_same_bits(kind: str, border: Border) -> None:
    for trial in range(100):
        height, width = SIZES[trial % len(SIZES)]
        side_px, scale = SIDES_PX[RNG.integers(len(SIDES_PX))], SCALES[trial % len(SCALES)]
        image = RNG.integers(0, 256, (height, width, 3), np.uint8)
        matrix = random_matrix(kind, ImageSize(width, height), side_px)
        with in_numpy():
            expected = cut(image, matrix, side_px, border, scale)
        for vectors in (True, False):
            with in_c(vectors=vectors):
                found = cut(image, matrix, side_px, border, scale)
            assert found.tobytes() == expected.tobytes(), (trial, vectors, matrix)


@pytest.mark.parametrize("side_px", [64, 8, 5])
def test_crops_that_end_with_the_image_are_the_same(side_px: int) -> None:
    last = side_px - 1
    turns = ((1, 0, 0, 0, 1, 0), (-1, 0, last, 0, -1, last), (0, 1, 0, -1, 0, last))
    for extra_px in range(4):
        image = RNG.integers(0, 256, (side_px + extra_px, side_px + extra_px, 3), np.uint8)
        for turn in turns:
            for shift_px in range(extra_px + 1):
                matrix = np.array((*turn, 0, 0, 1), np.float64).reshape(3, 3)
                matrix[:2, 2] += shift_px
                with in_numpy():
                    expected = cut(image, matrix, side_px, "zero", crop.TO_UNIT)
                assert np.array_equal(cut(image, matrix, side_px, "zero", crop.TO_UNIT), expected)


@pytest.mark.parametrize("scale", SCALES, ids=("unit", "rounded once", "rounded twice"))
def test_c_and_numpy_scale_every_byte_the_same(scale: crop.PixelScale) -> None:
    image = np.arange(256, dtype=np.uint8).repeat(3).reshape(16, 16, 3)
    for vectors in (True, False):
        with in_c(vectors=vectors):
            found = cut(image, np.eye(3), 16, "replicate", scale)[8:-8]
        assert np.array_equal(found[::3], scale.values())


def test_an_image_whose_rows_are_not_contiguous_is_cut_the_same() -> None:
    large = RNG.integers(0, 256, (200, 300, 3), np.uint8)
    matrix = random_matrix("region", ImageSize(150, 100), 64)
    for view in (large[50:150, 20:170], large[::-2, :150], large[::2, ::-2], large[:100, :150]):
        expected = cut(view.copy(), matrix, 64, "replicate", crop.TO_UNIT)
        assert np.array_equal(cut(view, matrix, 64, "replicate", crop.TO_UNIT), expected)


def test_an_array_that_cannot_receive_a_crop_is_refused() -> None:
    image = np.zeros((9, 9, 3), np.uint8)
    for unfit in (
        np.zeros((8, 8, 3)),
        np.zeros((8, 9, 3), np.float32),
        np.zeros((8, 16, 3), np.float32)[:, ::2],
    ):
        with pytest.raises(EngineError, match="crop"):
            crop.cut(image, np.eye(3), unfit, border="zero", scale=crop.TO_UNIT)


def test_crops_of_many_threads_are_the_same_as_each_one_alone() -> None:
    image = RNG.integers(0, 256, (120, 200, 3), np.uint8)
    matrices = [random_matrix("region", ImageSize(200, 120), 256) for _ in range(60)]

    def cut_one(matrix: Float64) -> Float32:
        return cut(image, matrix, 256, "replicate", crop.TO_UNIT)

    alone = [cut_one(matrix) for matrix in matrices]
    with ThreadPoolExecutor(4) as pool:
        for together, expected in zip(pool.map(cut_one, matrices), alone, strict=True):
            assert np.array_equal(together, expected)
