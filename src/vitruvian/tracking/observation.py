"""The second look: the landmark model's two answers about one candidate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.stages.region import region_around
from vitruvian.tracking.confidence import mean_visibility
from vitruvian.tracking.similarity import Body
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.tracking.candidates import Candidate
    from vitruvian.tracking.confidence import Evidence
    from vitruvian.tracking.protocol import Landmark
    from vitruvian.types import Float32, Float64, Image, Landmarks

MIN_SCORE = 0.5  # min_pose_presence_confidence of MediaPipe's PoseLandmarker


@dataclass(frozen=True, eq=False)
class Observation:
    """What the landmark model says about a candidate.

    Attributes:
        landmarks: its second answer (N = 1).
        body: the pose of that answer.
        evidence: for this being a person.
    """

    landmarks: Landmarks
    body: Body
    evidence: Evidence

    @property
    def confidence(self) -> float:
        """The probability that this is a person, in [0, 1]."""
        return self.evidence.confidence

    def points_px(self, image_size: ImageSize) -> Float64:
        """Return the alignment points, (2, 2), in pixels."""
        points_px: Float64 = self.landmarks.alignment_points_px(image_size)[0]
        return points_px


class Observer:
    """Applies the landmark model to a candidate, and again to the region of the first answer.

    Args:
        landmark: image and regions → landmarks.
        reference: the version of MediaPipe whose numbers are reproduced.
        min_score: the landmark model's score above which an answer is a person.
    """

    def __init__(
        self, landmark: Landmark, *, reference: Reference, min_score: float = MIN_SCORE
    ) -> None:
        self._landmark = landmark
        self._reference = reference
        self._min_score = min_score

    def __call__(self, image: Image, candidate: Candidate) -> Observation | None:
        """Return what the landmark model says, or None if either answer is no person."""
        size = ImageSize.of(image)
        first = self._look(image, (candidate.points_px / size).astype(np.float32))
        second = None if first is None else self._look(image, first.auxiliary[0])
        if first is None or second is None:
            return None
        body = Body.of(second, size)
        evidence = replace(
            candidate.evidence,
            landmarks=float(min(first.scores[0], second.scores[0])),
            agreement=Body.of(first, size).oks(body),
            visibility=mean_visibility(second),
        )
        return Observation(second, body, evidence)

    def _look(self, image: Image, alignment_points: Float32) -> Landmarks | None:
        region = region_around(alignment_points, ImageSize.of(image), self._reference)
        if region is None:
            return None
        (landmarks,) = self._landmark(image, [region])
        return landmarks if landmarks.scores[0] > self._min_score else None
