from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.results import landmarks
from vitruvian.stages.smoothing import PoseFilter
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from vitruvian.types import Landmarks

IMAGE_SIZE = ImageSize(100, 50)


def person(x: float, visibility: float = 1.0) -> Landmarks:
    """Return a person whose coordinates are all `x`."""
    return landmarks(
        landmarks=np.full((1, 33, 3), x, np.float32),
        auxiliary=np.full((1, 2, 3), x, np.float32),
        world_landmarks=np.full((1, 33, 3), x, np.float32),
        visibility=np.full((1, 33), visibility, np.float32),
        presence=np.full((1, 33), visibility, np.float32),
    )


def test_a_pose_filter_smooths_everything_except_presence() -> None:
    filters = PoseFilter(smooth_landmarks=True)
    filters(person(0), 0.0, IMAGE_SIZE, np.float32(100))
    after = filters(person(1, visibility=0.0), 1 / 30, IMAGE_SIZE, np.float32(100))
    for name in ("landmarks", "auxiliary", "world_landmarks"):
        assert (getattr(after, name) > 0).all()
        assert (getattr(after, name) < 1).all()
    assert after.visibility == pytest.approx(0.9)
    assert (after.presence == 0).all()


def test_without_smoothing_only_the_auxiliary_landmarks_are_smoothed() -> None:
    filters = PoseFilter(smooth_landmarks=False)
    filters(person(0), 0.0, IMAGE_SIZE, np.float32(100))
    after = filters(person(1, visibility=0.0), 1 / 30, IMAGE_SIZE, np.float32(100))
    assert (after.auxiliary < 1).all()
    assert (after.landmarks == 1).all()
    assert (after.world_landmarks == 1).all()
    assert (after.visibility == 0).all()


def test_landmarks_that_are_not_smoothed_are_rounded_in_pixels() -> None:
    found = person(0)
    found.landmarks[...] = np.linspace(0, 1, 99, dtype=np.float32).reshape(1, 33, 3)
    after = PoseFilter(smooth_landmarks=False)(found, 0.0, IMAGE_SIZE, np.float32(100))
    size_px = np.array((100, 50, 100), np.float32)
    assert np.array_equal(after.landmarks, found.landmarks * size_px / size_px)
    assert not np.array_equal(after.landmarks, found.landmarks)


def test_the_filters_of_visibility_and_world_landmarks_outlive_a_lost_person() -> None:
    """In the reference, these two filters have no input that reports an empty frame."""
    filters = PoseFilter(smooth_landmarks=True)
    filters(person(0, visibility=0.0), 0.0, IMAGE_SIZE, np.float32(100))
    filters.lose_person()
    after = filters(person(1, visibility=1.0), 1 / 30, IMAGE_SIZE, np.float32(100))
    assert (after.landmarks == 1).all()
    assert (after.auxiliary == 1).all()
    assert (after.world_landmarks < 1).all()
    assert after.visibility == pytest.approx(0.1)


def test_a_body_without_size_gives_finite_landmarks() -> None:
    filters = PoseFilter(smooth_landmarks=True)
    filters(person(0), 0.0, IMAGE_SIZE, np.float32(0.0))
    assert np.isfinite(filters(person(1), 1 / 30, IMAGE_SIZE, np.float32(0.0)).landmarks).all()


def test_a_greater_strength_smooths_more_but_never_the_auxiliary_landmarks() -> None:
    moved, auxiliary = [], []
    for strength in (0.5, 1.0, 2.0):
        filters = PoseFilter(True, strength)
        filters(person(0), 0.0, IMAGE_SIZE, np.float32(100))
        after = filters(person(0.1), 1 / 30, IMAGE_SIZE, np.float32(100))
        moved.append((float(after.landmarks.max()), float(after.world_landmarks.max())))
        auxiliary.append(float(after.auxiliary.max()))
    assert moved == sorted(moved, reverse=True)
    assert len(set(moved)) == 3
    assert len(set(auxiliary)) == 1
