"""Landmarks and results whose arrays have the right shapes, for tests that set only a few."""

from __future__ import annotations

from typing import Any

import numpy as np

from vitruvian.result import PoseResult
from vitruvian.types import Landmarks


def result(people: int = 1, **changes: Any) -> PoseResult:
    """Return a result in which all landmarks are at the image's centre; arrays can be replaced."""
    arrays: dict[str, Any] = {
        "pose_landmarks": np.full((people, 33, 3), 0.5, np.float32),
        "pose_world_landmarks": np.zeros((people, 33, 3), np.float32),
        "visibility": np.ones((people, 33), np.float32),
        "presence": np.ones((people, 33), np.float32),
        "scores": np.ones(people, np.float32),
        "ids": np.arange(1, people + 1, dtype=np.int64),
        "segmentation_masks": None,
        "image_size": (640, 480),
        "index": 3,
        "timestamp_s": 0.1,
    }
    return PoseResult(**{**arrays, **changes})


def landmarks(people: int = 1, **changes: Any) -> Landmarks:
    """Return landmarks at 0 with a visibility, presence and score of 1; arrays can be replaced."""
    arrays: dict[str, Any] = {
        "landmarks": np.zeros((people, 33, 3), np.float32),
        "auxiliary": np.zeros((people, 2, 3), np.float32),
        "world_landmarks": np.zeros((people, 33, 3), np.float32),
        "visibility": np.ones((people, 33), np.float32),
        "presence": np.ones((people, 33), np.float32),
        "scores": np.ones(people, np.float32),
        "masks": None,
    }
    return Landmarks(**{**arrays, **changes})
