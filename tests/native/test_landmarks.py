"""Holds native/landmarks.c to its specification in numpy."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.native import in_c, in_numpy, needs_library, same_bits
from vitruvian.stages.decoding import decode
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21, TASKS_1_2_2, Reference
from vitruvian.types import ImageSize, Landmarks, Region

pytestmark = needs_library

SIZES = (ImageSize(1280, 720), ImageSize(33, 32766), ImageSize(1, 1))
Outputs = list[np.ndarray]


def region(rng: np.random.Generator) -> Region:
    """Return a region that is nearly square or not at all, and often outside of the image."""
    center, size = rng.uniform(-1, 2, 2), rng.uniform(1e-3, 3, 2)
    return Region(*map(np.float32, (*center, *size, rng.uniform(-np.pi, np.pi))))


def outputs(rng: np.random.Generator, heatmap_scale: float = 6.0) -> Outputs:
    """Return outputs of a network, with points inside of the crop and outside."""
    values = rng.normal(0, 4, (39, 5))
    values[:, :2] = rng.uniform(-40, 300, (39, 2))
    heatmaps = rng.normal(-2, heatmap_scale, (64, 64, 39))
    world_values = rng.normal(0, 1, 117)
    arrays = (values.ravel(), rng.random(1), heatmaps, world_values)
    return [array.astype(np.float32) for array in arrays]


def assert_same(given: Outputs, where: Region, size: ImageSize, reference: Reference) -> Landmarks:
    with in_numpy(), np.errstate(all="ignore"):
        expected = decode(given, where, size, reference)
    for vectors in (False, True):
        with in_c(vectors=vectors):
            found = decode(given, where, size, reference)
        for name in ("landmarks", "auxiliary", "world_landmarks", "visibility", "presence"):
            assert same_bits(getattr(found, name), getattr(expected, name)), (name, vectors)
        assert same_bits(found.scores, expected.scores)
    return found


@pytest.mark.parametrize("reference", [SOLUTIONS_0_10_21, TASKS_1_2_2])
@pytest.mark.parametrize("size", SIZES)
def test_random_outputs_are_decoded_as_in_numpy(reference: Reference, size: ImageSize) -> None:
    rng = np.random.default_rng(0)
    for _ in range(60):
        assert_same(outputs(rng), region(rng), size, reference)


def test_weak_heatmaps_move_nothing_in_either() -> None:
    rng = np.random.default_rng(1)
    for scale in (0.0, 0.5, 1.0):  # below the least confidence, and around it
        assert_same(outputs(rng, scale), region(rng), SIZES[0], SOLUTIONS_0_10_21)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e30, -1e30])
def test_outputs_that_are_no_numbers_are_decoded_as_in_numpy(bad: float) -> None:
    rng = np.random.default_rng(2)
    for output in range(4):
        given = outputs(rng)
        flat = given[output].reshape(-1)
        flat[rng.integers(0, flat.size, max(1, flat.size // 20))] = bad
        assert_same(given, region(rng), SIZES[0], SOLUTIONS_0_10_21)
