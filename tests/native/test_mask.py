"""Holds native/mask.c to its specification in numpy, with and without vector instructions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.both_paths import in_numpy, needs_core, same_bits, vectors
from vitruvian.stages.mask import activated, crop_from_image, paste
from vitruvian.stages.mask_smoothing import blend
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21, TASKS_1_2_2
from vitruvian.stages.rounding import correct_exp, glibc_expf
from vitruvian.types import ImageSize, Region

if TYPE_CHECKING:
    from vitruvian.stages.rounding import Exponential

pytestmark = needs_core

SIZES = (ImageSize(320, 180), ImageSize(65, 3), ImageSize(1, 1))
both_instructions = pytest.mark.parametrize("with_vectors", [False, True])


def noise(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Return values in [0, 1], some of them so small that their float32 has fewer digits."""
    values = rng.random(shape) ** rng.choice((1, 60, 400), shape)
    return values.astype(np.float32)


def region(rng: np.random.Generator) -> Region:
    """Return a region, often partly or wholly outside of the image, as small as a pixel."""
    center, size = rng.uniform(-0.5, 1.5, 2), rng.uniform(1e-3, 2, 2) ** 2
    return Region(*map(np.float32, (*center, *size, rng.uniform(-np.pi, np.pi))))


@both_instructions
@pytest.mark.parametrize("exponential", [correct_exp, glibc_expf])
def test_any_logits_are_activated_as_in_numpy(with_vectors: bool, exponential: Exponential) -> None:
    rng = np.random.default_rng(0)
    bits = rng.integers(0, 2**32, 200_000, dtype=np.uint32).view(np.float32)
    extreme = np.array((np.nan, np.inf, -np.inf, 0, -0.0, 88.72, 88.73, -104, 1e30), np.float32)
    moderate = rng.normal(0, 30, 200_003).astype(np.float32)
    logits = np.concatenate((bits, extreme, moderate))
    expected = in_numpy(lambda: activated(logits, exponential))
    with vectors(with_vectors):
        assert same_bits(activated(logits, exponential), expected)


@both_instructions
@pytest.mark.parametrize("size", SIZES)
def test_masks_are_pasted_as_in_numpy(with_vectors: bool, size: ImageSize) -> None:
    rng = np.random.default_rng(1)
    for index in range(80):
        mask, where = noise(rng, 256, 256), region(rng)
        reference = (SOLUTIONS_0_10_21, TASKS_1_2_2)[index % 2]
        matrix = crop_from_image(where, size, 256, reference)

        def compute(
            mask: np.ndarray = mask, where: Region = where, matrix: np.ndarray = matrix
        ) -> np.ndarray:
            in_image = np.full(size[::-1], -1, np.float32)  # what is not written stays
            paste(mask, matrix, where.bounds(size), in_image)
            return in_image

        with vectors(with_vectors):
            assert same_bits(compute(), in_numpy(compute))


@both_instructions
@pytest.mark.parametrize("coefficient", [np.nan, np.inf, -np.inf, 1e30, -1e30])
def test_any_matrix_is_used_as_in_numpy(with_vectors: bool, coefficient: float) -> None:
    rng = np.random.default_rng(2)
    mask, size = noise(rng, 256, 256), SIZES[0]
    bounds = (slice(0, size.height), slice(0, size.width))
    for position in range(6):
        matrix = np.array(((1, 0, 0), (0, 1, 0)), np.float32)
        matrix.reshape(-1)[position] = coefficient

        def compute(matrix: np.ndarray = matrix) -> np.ndarray:
            in_image = np.empty(size[::-1], np.float32)
            paste(mask, matrix, bounds, in_image)
            return in_image

        with vectors(with_vectors):
            assert same_bits(compute(), in_numpy(compute))


@both_instructions
def test_masks_are_blended_as_in_numpy(with_vectors: bool) -> None:
    rng = np.random.default_rng(3)
    for width in (1, 7, 8, 9, 100):
        mask, previous = noise(rng, 50, width), noise(rng, 50, width)
        mask.reshape(-1)[::17], previous.reshape(-1)[::13] = np.nan, np.nan
        bounds = (slice(3, 48), slice(width // 8, width - width // 7))

        def compute(
            mask: np.ndarray = mask,
            previous: np.ndarray = previous,
            bounds: tuple[slice, slice] = bounds,
        ) -> np.ndarray:
            blended = mask.copy()
            blend(blended, previous, bounds)
            return blended

        with vectors(with_vectors):
            assert same_bits(compute(), in_numpy(compute))
