"""The most prominent person in an image, as MediaPipe finds one: detector → region → landmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.stages.region import region_around
from vitruvian.tracking.protocol import FoundPerson
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.tracking.protocol import Detect, Landmark
    from vitruvian.types import Float32, Image, Landmarks, Region


class BestDetection(NamedTuple):
    """The detection with the best score in the whole image.

    Attributes:
        alignment_points: (2, 2) x, y in normalized coordinates.
        score: in [0, 1].
    """

    alignment_points: Float32
    score: float


class ProminentPerson:
    """Finds the person with the best score of the detector.

    Args:
        detect: image and regions → the people in each region, the best score first.
        landmark: image and regions → landmarks.
        min_confidence: the score of the landmark model that a person must exceed.
        reference: the version of MediaPipe whose numbers are reproduced.
    """

    def __init__(
        self, detect: Detect, landmark: Landmark, *, min_confidence: float, reference: Reference
    ) -> None:
        self._detect = detect
        self._landmark = landmark
        self._min_confidence = min_confidence
        self._reference = reference

    def find(self, image: Image, timestamp_s: float) -> FoundPerson | None:  # noqa: ARG002
        """Return the person in an RGB image (H, W, 3), or None. The timestamp has no effect."""
        detection = self.detect(image)
        return None if detection is None else self.look(image, detection.alignment_points)

    def detect(self, image: Image) -> BestDetection | None:
        """Return the best detection in an RGB image (H, W, 3), or None if there is none."""
        (detections,) = self._detect(image, [WHOLE_IMAGE])
        if not len(detections):
            return None
        return BestDetection(detections.keypoints[0, :2], float(detections.scores[0]))

    def look(self, image: Image, alignment_points: Float32) -> FoundPerson | None:
        """Return the person at two alignment points, (2, 2 or more) normalized; None if none."""
        region = region_around(alignment_points, ImageSize.of(image), self._reference)
        if region is None:
            return None
        landmarks = self.landmarks(image, region)
        return None if landmarks is None else FoundPerson(region, landmarks)

    def landmarks(self, image: Image, region: Region) -> Landmarks | None:
        """Return the landmarks (N = 1) of the person in a region; None if there is none."""
        (landmarks,) = self._landmark(image, [region])
        return landmarks if landmarks.scores[0] > self._min_confidence else None

    def reset(self) -> None:
        """Do nothing, because nothing is kept from image to image."""
