"""A fake of the native `Pose`, and the inputs that several test files use."""

from __future__ import annotations

from typing import Any

import numpy as np

from vitruvian.result import PoseResult

IMAGE = np.full((4, 6, 3), 9, np.uint8)


class FakePose:
    """A fake of the native `Pose`, which finds one person in every image that is not black."""

    made: list[FakePose]

    def __init__(self, **options: Any) -> None:
        self.options = options
        self.times_s: list[float] = []
        self.resets = 0
        FakePose.made.append(self)

    def process(self, image: np.ndarray, timestamp_s: float) -> PoseResult:
        self.times_s.append(timestamp_s)
        size = (image.shape[1], image.shape[0])
        others = {"image_size": size, "index": 0, "timestamp_s": timestamp_s}
        if not image.any():
            return PoseResult.empty(segmentation_masks=None, **others)
        numbers = np.arange(99, dtype=np.float32).reshape(1, 33, 3)
        return PoseResult(
            pose_landmarks=numbers / 100,
            pose_world_landmarks=-numbers,
            visibility=np.linspace(0, 1, 33, dtype=np.float32)[np.newaxis],
            presence=np.zeros((1, 33), np.float32),
            scores=np.ones(1, np.float32),
            ids=np.ones(1, np.int64),
            segmentation_masks=np.ones((1, *image.shape[:2]), np.float32),
            **others,
        )

    def reset(self) -> None:
        self.resets += 1

    def close(self) -> None:
        pass
