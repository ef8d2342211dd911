"""Holds native/filters.c to its specification in numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.native import in_numpy, needs_library, same_bits
from tests.support.results import landmarks
from vitruvian.stages.smoothing import PoseFilter
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from vitruvian.types import Landmarks

pytestmark = needs_library

FRAMES = 40


def walk(rng: np.random.Generator, scale: float) -> list[Landmarks]:
    """Return a person who moves at random."""
    shapes = {"landmarks": (33, 3), "auxiliary": (2, 3), "world_landmarks": (33, 3)}
    paths = {
        name: np.cumsum(rng.normal(0, scale, (FRAMES, 1, *shape)), axis=0).astype(np.float32)
        for name, shape in shapes.items()
    }
    visibility = rng.random((FRAMES, 1, 33), np.float32)
    return [
        landmarks(visibility=visibility[frame], **{name: paths[name][frame] for name in shapes})
        for frame in range(FRAMES)
    ]


def smoothed(
    people: list[Landmarks], times_s: np.ndarray, size: ImageSize, *, smooths: bool, strength: float
) -> list[Landmarks]:
    """Return the smoothed landmarks of a person who is lost three times."""
    filters = PoseFilter(smooths, strength)
    results = []
    for frame, (person, time_s) in enumerate(zip(people, times_s.tolist(), strict=True)):
        if frame in {7, 8, 30}:
            filters.lose_person()
        results.append(filters(person, time_s, size, np.float32(300 / (1 + frame % 5))))
    return results


@pytest.mark.parametrize("scale", [1e-4, 0.01, 1e3, 1e30])
@pytest.mark.parametrize(("smooths", "strength"), [(True, 1.0), (True, 0.3), (False, 1.0)])
def test_a_person_is_smoothed_as_in_numpy(scale: float, smooths: bool, strength: float) -> None:
    rng = np.random.default_rng(0)
    for size in (ImageSize(1280, 720), ImageSize(1, 3)):
        # Frames at equal times are a nanosecond apart, others years.
        intervals_s = rng.choice((0.0, 1e-12, 1e-9, 1 / 30, 0.5, 1e9, 1e300), FRAMES)
        people, times_s = walk(rng, scale), np.cumsum(intervals_s)
        found = smoothed(people, times_s, size, smooths=smooths, strength=strength)
        with in_numpy(), np.errstate(all="ignore"):
            expected = smoothed(people, times_s, size, smooths=smooths, strength=strength)
        for one, other in zip(found, expected, strict=True):
            for name in ("landmarks", "auxiliary", "world_landmarks", "visibility", "presence"):
                assert same_bits(getattr(one, name), getattr(other, name)), name


def test_the_results_of_earlier_frames_do_not_change() -> None:
    people = walk(np.random.default_rng(1), 0.01)
    filters = PoseFilter(smooth_landmarks=True)
    first = filters(people[0], 0.0, ImageSize(640, 480), np.float32(100))
    copy = first.landmarks.copy()
    filters(people[1], 0.1, ImageSize(640, 480), np.float32(100))
    assert np.array_equal(first.landmarks, copy)
