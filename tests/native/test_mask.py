"""Holds native/mask.c to its specification in numpy, with and without vector instructions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.native import in_c, in_numpy, needs_library, same_bits
from vitruvian.stages.mask import activated, crop_from_image, paste
from vitruvian.stages.mask_smoothing import blend
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21, TASKS_1_2_2
from vitruvian.stages.rounding import correct_exp, glibc_expf
from vitruvian.types import ImageSize, Region

if TYPE_CHECKING:
    from vitruvian.stages.rounding import Exponential
    from vitruvian.types import Bounds

pytestmark = needs_library

SIZES = (ImageSize(320, 180), ImageSize(65, 3), ImageSize(1, 1))
both_instructions = pytest.mark.parametrize("vectors", [False, True])


def noise(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Return values in [0, 1], some of them so small that their float32 has fewer digits."""
    values = rng.random(shape) ** rng.choice((1, 60, 400), shape)
    return values.astype(np.float32)


def region(rng: np.random.Generator) -> Region:
    """Return a region, often partly or wholly outside of the image, as small as a pixel."""
    center, size = rng.uniform(-0.5, 1.5, 2), rng.uniform(1e-3, 2, 2) ** 2
    return Region(*map(np.float32, (*center, *size, rng.uniform(-np.pi, np.pi))))


def in_image(mask: np.ndarray, matrix: np.ndarray, bounds: Bounds, size: ImageSize) -> np.ndarray:
    pasted = np.full(size[::-1], -1, np.float32)  # what is not written stays
    paste(mask, matrix, bounds, pasted)
    return pasted


@both_instructions
@pytest.mark.parametrize("exponential", [correct_exp, glibc_expf])
def test_any_logits_are_activated_as_in_numpy(vectors: bool, exponential: Exponential) -> None:
    rng = np.random.default_rng(0)
    bits = rng.integers(0, 2**32, 200_000, dtype=np.uint32).view(np.float32)
    extreme = np.array((np.nan, np.inf, -np.inf, 0, -0.0, 88.72, 88.73, -104, 1e30), np.float32)
    moderate = rng.normal(0, 30, 200_003).astype(np.float32)
    logits = np.concatenate((bits, extreme, moderate))
    with in_numpy(), np.errstate(all="ignore"):
        expected = activated(logits, exponential)
    with in_c(vectors=vectors):
        assert same_bits(activated(logits, exponential), expected)


@both_instructions
@pytest.mark.parametrize("size", SIZES)
def test_masks_are_pasted_as_in_numpy(vectors: bool, size: ImageSize) -> None:
    rng = np.random.default_rng(1)
    for index in range(80):
        mask, where = noise(rng, 256, 256), region(rng)
        reference = (SOLUTIONS_0_10_21, TASKS_1_2_2)[index % 2]
        matrix = crop_from_image(where, size, 256, reference)
        with in_numpy():
            expected = in_image(mask, matrix, where.bounds(size), size)
        with in_c(vectors=vectors):
            assert same_bits(in_image(mask, matrix, where.bounds(size), size), expected)


@both_instructions
@pytest.mark.parametrize("coefficient", [np.nan, np.inf, -np.inf, 1e30, -1e30])
def test_any_matrix_is_used_as_in_numpy(vectors: bool, coefficient: float) -> None:
    rng = np.random.default_rng(2)
    mask, size = noise(rng, 256, 256), SIZES[0]
    everything = (slice(0, size.height), slice(0, size.width))
    for position in range(6):
        matrix = np.array(((1, 0, 0), (0, 1, 0)), np.float32)
        matrix.reshape(-1)[position] = coefficient
        with in_numpy(), np.errstate(all="ignore"):
            expected = in_image(mask, matrix, everything, size)
        with in_c(vectors=vectors):
            assert same_bits(in_image(mask, matrix, everything, size), expected)


@both_instructions
def test_masks_are_blended_as_in_numpy(vectors: bool) -> None:
    rng = np.random.default_rng(3)
    for width in (1, 7, 8, 9, 100):
        mask, previous = noise(rng, 50, width), noise(rng, 50, width)
        mask.reshape(-1)[::17], previous.reshape(-1)[::13] = np.nan, np.nan
        bounds = (slice(3, 48), slice(width // 8, width - width // 7))
        found, expected = mask.copy(), mask.copy()
        with in_numpy():
            blend(expected, previous, bounds)
        with in_c(vectors=vectors):
            blend(found, previous, bounds)
        assert same_bits(found, expected)
