"""What the loops of one person and of several have in common: frames in order, results."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.errors import TimestampError
from vitruvian.types import Landmarks, PoseResult

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Image


class Loop(ABC):
    """Takes frame after frame, and says who is there.

    The options are those of `vitruvian.Pose`.

    Attributes:
        timestamp_s: of the last frame; minus infinity before the first.
    """

    def __init__(
        self,
        *,
        static_image_mode: bool,
        smooth_landmarks: bool,
        enable_segmentation: bool,
        smooth_segmentation: bool,
        min_tracking_confidence: float,
    ) -> None:
        self._is_video = not static_image_mode
        self._smooth_landmarks = smooth_landmarks
        self._enable_segmentation = enable_segmentation
        self._smooth_segmentation = smooth_segmentation
        self._min_confidence = min_tracking_confidence
        self.reset()

    def reset(self) -> None:
        """Forget everybody, and the time."""
        self._forget()
        self._id = 0
        self._image_size = (0, 0)
        self.timestamp_s = -math.inf
        self._index = -1

    @abstractmethod
    def __call__(self, image: Image, timestamp_s: float) -> PoseResult:
        """The people in an RGB picture (H, W, 3).

        Raises:
            TimestampError: `timestamp_s` is not greater than in the call before.
        """

    @abstractmethod
    def _forget(self) -> None:
        """Forget everybody."""

    def _begin_frame(self, image: Image, timestamp_s: float) -> None:
        if self._is_video and not timestamp_s > self.timestamp_s:
            raise TimestampError(
                f"The frame at {timestamp_s} s is not later than the one before, at "
                f"{self.timestamp_s} s: give each frame a greater timestamp, or call reset() "
                "before another video."
            )
        image_size = (image.shape[1], image.shape[0])
        if image_size != self._image_size:  # another camera, another scene
            self._forget()
        self._image_size, self.timestamp_s = image_size, timestamp_s
        self._index += 1

    def _nobody(self) -> PoseResult:
        width, height = self._image_size
        masks = np.zeros((0, height, width), np.float32) if self._enable_segmentation else None
        return self._result(Landmarks.empty(masks=masks), np.zeros(0, np.int64))

    def _result(self, people: Landmarks, ids: NDArray[np.int64]) -> PoseResult:
        return PoseResult(
            pose_landmarks=people.landmarks,
            pose_world_landmarks=people.world_landmarks,
            visibility=people.visibility,
            presence=people.presence,
            scores=people.scores,
            ids=ids,
            segmentation_masks=people.masks,
            image_size=self._image_size,
            index=self._index,
            timestamp_s=self.timestamp_s,
        )
