"""The most prominent person in an image, as MediaPipe finds one: detector → region → landmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.stages.region import region_around
from vitruvian.types import ImageSize, Landmarks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.types import Detections, Image, Region


class ProminentPerson:
    """Finds the person with the best score of the detector.

    Args:
        detector: image → the people in it, the best score first.
        landmarker: image and regions → landmarks.
        min_confidence: the score of the landmark model that a person must exceed.
        reference: the version of MediaPipe whose numbers are reproduced.
    """

    def __init__(
        self,
        detector: Callable[[Image], list[Detections]],
        landmarker: Callable[[Image, Sequence[Region]], Landmarks],
        *,
        min_confidence: float,
        reference: Reference,
    ) -> None:
        self._detector = detector
        self._landmarker = landmarker
        self._min_confidence = min_confidence
        self._reference = reference

    def region(self, image: Image) -> Region | None:
        """Return the region of the person in an RGB image (H, W, 3); None if there is none."""
        (detections,) = self._detector(image)
        if not len(detections):
            return None
        return region_around(detections.keypoints[0, :2], ImageSize.of(image), self._reference)

    def landmarks(self, image: Image, region: Region) -> Landmarks | None:
        """Return the landmarks (N = 1) of the person in a region; None if there is none."""
        landmarks = self._landmarker(image, [region])
        return landmarks if landmarks.scores[0] > self._min_confidence else None

    def __call__(self, image: Image) -> Landmarks:
        """Return the landmarks of the person in an RGB image (H, W, 3), N = 0 or 1."""
        region = self.region(image)
        landmarks = None if region is None else self.landmarks(image, region)
        return Landmarks.empty(masks=None) if landmarks is None else landmarks
