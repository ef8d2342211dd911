"""The loop of one person: region → landmarks → smoothing → next region. Keeps the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.tracking.loop import Loop
from vitruvian.tracking.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vitruvian.types import Image, Landmarks, PoseResult, Region


class Tracker(Loop):
    """Finds a person, and follows it until it is lost: MediaPipe's own loop.

    Args:
        find: picture → where to look for the person; None if nobody is there.
        landmarker: picture and regions → landmarks.
        options: those of `Loop`.
    """

    def __init__(
        self,
        find: Callable[[Image], Region | None],
        landmarker: Callable[[Image, Sequence[Region]], Landmarks],
        **options: Any,
    ) -> None:
        self._find = find
        self._landmarker = landmarker
        super().__init__(**options)

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
        return self._result(landmarks, np.array([max(self._id, 1)], np.int64))

    def _lost(self) -> PoseResult:
        self._person.lose()
        return self._nobody()
