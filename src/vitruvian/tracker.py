"""The loop of one person: region → landmarks → smoothing → next region. Holds all that is kept."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.errors import TimestampError
from vitruvian.person import Person
from vitruvian.types import Landmarks, PoseResult

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from vitruvian.types import Image, Region


class Tracker:
    """Finds a person, and follows it until it is lost: MediaPipe's own loop.

    Args:
        find: picture → where to look for the person; None if nobody is there.
        landmarker: picture and regions → landmarks.

    The options are those of `vitruvian.Pose`.

    Attributes:
        timestamp_s: of the last frame; minus infinity before the first.
    """

    def __init__(
        self,
        find: Callable[[Image], Region | None],
        landmarker: Callable[[Image, Sequence[Region]], Landmarks],
        *,
        static_image_mode: bool,
        smooth_landmarks: bool,
        enable_segmentation: bool,
        smooth_segmentation: bool,
        min_tracking_confidence: float,
    ) -> None:
        self._find = find
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
        self._id = 0
        self._image_size = (0, 0)
        self.timestamp_s = -math.inf
        self._index = -1

    def _forget(self) -> None:
        self._person = Person(self._smooth_landmarks, self._smooth_segmentation)

    def __call__(self, image: Image, timestamp_s: float) -> PoseResult:
        """The person in an RGB picture (H, W, 3).

        Raises:
            TimestampError: `timestamp_s` is not greater than in the call before.
        """
        self._begin_frame(image, timestamp_s)

        # Where to look: where the landmarks of the frame before led, else where a search says.
        is_new = self._person.region is None
        region = self._find(image) if is_new else self._person.region
        if region is None:
            return self._lost()

        # What is there. Where no person is left, the next frame is searched anew.
        landmarks = self._landmarker(image, [region])
        if not landmarks.scores[0] > self._min_confidence:
            return self._lost()

        # What moves smoothly says where to look next. A still picture says nothing of the next.
        if self._is_video:
            landmarks = self._person.follow(landmarks, region, timestamp_s, self._image_size)
            self._id += is_new
        return self._result(landmarks, np.array([max(self._id, 1)]))

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

    def _lost(self) -> PoseResult:
        self._person.lose()
        return self._nobody()

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
