"""The loop: detector → region → landmarks → smoothing → next region. The only holder of state."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.errors import TimestampError
from vitruvian.region import object_size_px, region_around
from vitruvian.smoothing import PoseFilter, blend_masks
from vitruvian.types import PoseResult

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vitruvian.types import Detections, Float32, Image, Landmarks, Region


class Tracker:
    """Finds a person, and follows it until it is lost.

    Args:
        detector: picture → people.
        landmarker: picture and regions → landmarks.

    The options are those of `vitruvian.Pose`.

    Attributes:
        timestamp_s: of the last frame; minus infinity before the first.
    """

    def __init__(
        self,
        detector: Callable[[Image], Detections],
        landmarker: Callable[[Image, Sequence[Region]], Landmarks],
        *,
        static_image_mode: bool,
        smooth_landmarks: bool,
        enable_segmentation: bool,
        smooth_segmentation: bool,
        min_tracking_confidence: float,
    ) -> None:
        self._detector = detector
        self._landmarker = landmarker
        self._is_video = not static_image_mode
        self._smooth_landmarks = smooth_landmarks
        self._enable_segmentation = enable_segmentation
        self._smooth_segmentation = smooth_segmentation
        self._min_confidence = min_tracking_confidence
        self.reset()

    def reset(self) -> None:
        """Forget everybody, and the time."""
        self._forget()
        self._image_size = (0, 0)
        self.timestamp_s = -math.inf
        self._index = -1

    def _forget(self) -> None:
        self._region: Region | None = None
        self._filters = PoseFilter(self._smooth_landmarks)
        self._mask: Float32 | None = None

    def __call__(self, image: Image, timestamp_s: float) -> PoseResult:
        """The person in an RGB picture (H, W, 3).

        Raises:
            TimestampError: `timestamp_s` is not greater than in the call before.
        """
        self._begin_frame(image, timestamp_s)

        # Where to look: where the landmarks of the frame before led, else where the detector says.
        region = self._region or self._detect(image)
        if region is None:
            return self._nobody()

        # What is there. Where no person is left, the next frame is searched anew.
        landmarks = self._landmarker(image, [region])
        if not landmarks.scores[0] > self._min_confidence:
            return self._nobody()

        # What moves smoothly says where to look next. A still picture says nothing of the next.
        if self._is_video:
            landmarks = self._smooth(landmarks, region)
            self._region = region_around(landmarks.auxiliary[0], self._image_size)
        return self._somebody(landmarks)

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

    def _detect(self, image: Image) -> Region | None:
        detections = self._detector(image)
        if not len(detections):
            return None
        return region_around(detections.keypoints[0, :2], self._image_size)

    def _smooth(self, landmarks: Landmarks, region: Region) -> Landmarks:
        size_px = object_size_px(landmarks.auxiliary[0], self._image_size)
        landmarks = self._filters(landmarks, self.timestamp_s, self._image_size, size_px)
        if landmarks.masks is None or not self._smooth_segmentation:
            return landmarks
        (mask,) = landmarks.masks
        if self._mask is not None:
            where = region.bounds(self._image_size)  # elsewhere it is 0, of which it is sure
            mask[where] = blend_masks(mask[where], self._mask[where])
        self._mask = mask
        return landmarks

    def _somebody(self, landmarks: Landmarks) -> PoseResult:
        return PoseResult(
            pose_landmarks=landmarks.landmarks,
            pose_world_landmarks=landmarks.world_landmarks,
            visibility=landmarks.visibility,
            presence=landmarks.presence,
            scores=landmarks.scores,
            segmentation_masks=landmarks.masks,
            image_size=self._image_size,
            index=self._index,
            timestamp_s=self.timestamp_s,
        )

    def _nobody(self) -> PoseResult:
        self._region = None
        self._filters.lose()
        width, height = self._image_size
        masks = np.zeros((0, height, width), np.float32)
        return PoseResult.empty(
            segmentation_masks=masks if self._enable_segmentation else None,
            image_size=self._image_size,
            index=self._index,
            timestamp_s=self.timestamp_s,
        )
