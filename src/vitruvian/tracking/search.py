"""Finds all people in an image: tiles → candidates → confirmed people → no duplicates.

The detector finds bodies that are at least 100 of its input's 224 pixels high, so it searches the
whole image and then tiles of it. It also finds bodies in hands, lions and rockets. The landmark
model rejects those: applied a second time, to the region of its own first answer, it answers
differently for anything but a person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.arrays import joined
from vitruvian.stages.geometry import WHOLE_IMAGE, image_from_tile
from vitruvian.stages.region import body_radius_px, region_around
from vitruvian.tracking.confidence import mean_visibility
from vitruvian.tracking.similarity import Body
from vitruvian.tracking.tiles import MIN_TILE_PX, tiles_of
from vitruvian.types import ImageSize, Landmarks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vitruvian.options import Search
    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.tracking.protocol import Detect, Landmark
    from vitruvian.types import Float32, Float64, Image, Region

# These were chosen on four photographs of COCO, each also rotated, mirrored and padded. Each value
# except the sides of the tiles may change by a fifth, and nearly the same people are found.
_TILE_SIDES = (0.8, 0.6, 0.45)  # fractions of the image's shorter side, each 3/4 of the previous
_SMALL_BODY = 0.5  # fraction of a tile's side: near a smaller body, others may be missed
_SAME_CANDIDATE = 0.2  # distance of alignment points, as a fraction of the circle's radius
_MIN_SCORE = 0.5  # min_pose_presence_confidence of MediaPipe's PoseLandmarker
_MIN_CONFIDENCE = 0.33

_NO_PEOPLE = Landmarks.empty(masks=None)


class Searcher:
    """Finds all people in an image.

    Args:
        detect: image and regions → the people in each region.
        landmark: image and regions → landmarks.
        search: "frame" searches the whole image. "tiles" also finds people as small as a fifth of
            the image's shorter side, in about 30 tiles. "auto" also halves the side of the tiles
            as long as a body that was found is small in the last ones.
        reference: the version of MediaPipe whose numbers are reproduced.
    """

    def __init__(
        self,
        detect: Detect,
        landmark: Landmark,
        search: Search,
        *,
        reference: Reference,
    ) -> None:
        self._detect = detect
        self._landmark = landmark
        self._search = search
        self._reference = reference

    def tiles(self, image_size: ImageSize) -> list[Region]:
        """Return what the detector searches: the whole image, then tiles of decreasing size."""
        if self._search == "frame":
            return [WHOLE_IMAGE]
        return [WHOLE_IMAGE, *(tile for group in self.tiles_by_size(image_size) for tile in group)]

    def tiles_by_size(self, image_size: ImageSize) -> Iterator[list[Region]]:
        """Return the tiles in groups of one size, the largest tiles first; no group is empty."""
        shorter_px = min(image_size)
        sides_px = [side * shorter_px for side in _TILE_SIDES if side * shorter_px >= MIN_TILE_PX]
        if not sides_px and shorter_px >= MIN_TILE_PX:
            sides_px = [MIN_TILE_PX]
        return (tiles_of(image_size, side_px) for side_px in sides_px)

    def __call__(
        self,
        image: Image,
        tiles: Sequence[Region] | None = None,
        expected_px: Sequence[Float64] = (),
        known: Landmarks = _NO_PEOPLE,
    ) -> Landmarks:
        """Return the people in an image, the most certain first.

        If there are none, the result has no masks.

        Args:
            image: (H, W, 3) uint8 RGB.
            tiles: the regions to search; all by default.
            expected_px: alignment points, (2, 2) in pixels, of people who may be in the image.
            known: people who are already known, and are not returned.
        """
        size = ImageSize.of(image)
        candidates = [_Candidate(points_px, 1.0) for points_px in expected_px]
        candidates += self._candidates(image, self.tiles(size) if tiles is None else tiles)
        if tiles is None and self._search == "auto":
            candidates = self._search_smaller_tiles(image, candidates)

        positions = [_Candidate(points_px, 1.0) for points_px in known.alignment_points_px(size)]
        distinct = _distinct(sorted(candidates, key=lambda c: -c.score), positions)
        observations = (self._observe_twice(image, candidate) for candidate in distinct)
        people = [person for person in observations if person]
        bodies = [Body.of(known[index : index + 1], size) for index in range(len(known))]
        found: list[Landmarks] = []
        for person in sorted(people, key=lambda person: -person.confidence):
            body = person.body
            if not any(body.is_same_person_as(b) or body.is_part_of(b) for b in bodies):
                bodies.append(body)
                found.append(person.landmarks)
        return joined(found) if found else _NO_PEOPLE

    def _search_smaller_tiles(self, image: Image, found: list[_Candidate]) -> list[_Candidate]:
        size = ImageSize.of(image)
        side_px = _TILE_SIDES[-1] * min(size)
        while any(2 * candidate.radius_px < _SMALL_BODY * side_px for candidate in found):
            side_px /= 2
            if side_px < MIN_TILE_PX:
                break
            found = [*found, *self._candidates(image, tiles_of(size, side_px))]
        return found

    def _candidates(self, image: Image, tiles: Sequence[Region]) -> Iterator[_Candidate]:
        size = np.array(ImageSize.of(image))
        for tile, detections in zip(tiles, self._detect(image, tiles), strict=True):
            for keypoints, score in zip(detections.keypoints, detections.scores, strict=True):
                points_px = image_from_tile(keypoints[:2], tile) * size
                yield _Candidate(points_px, float(score))

    def _observe_twice(self, image: Image, candidate: _Candidate) -> _Observation | None:
        """Return the landmark model's second answer, or None if either answer is no person."""
        size = ImageSize.of(image)
        first = self._observe(image, (candidate.points_px / size).astype(np.float32))
        second = first and self._observe(image, first.landmarks.auxiliary[0])
        if first is None or second is None:
            return None
        # These four measures are nearly independent: each rejects false people that others accept.
        confidence = (
            candidate.score
            * min(first.score, second.score)
            * first.body.oks(second.body)
            * mean_visibility(second.landmarks)
        )
        return replace(second, confidence=confidence) if confidence > _MIN_CONFIDENCE else None

    def _observe(self, image: Image, alignment_points: Float32) -> _Observation | None:
        size = ImageSize.of(image)
        region = region_around(alignment_points, size, self._reference)
        if region is None:
            return None
        (landmarks,) = self._landmark(image, [region])
        observation = _Observation(landmarks, Body.of(landmarks, size))
        return observation if observation.score > _MIN_SCORE else None


def _distinct(candidates: Iterable[_Candidate], known: Iterable[_Candidate]) -> list[_Candidate]:
    """Return the first candidate at each position, without those at known positions."""
    positions, distinct = [*known], []
    for candidate in candidates:
        if not any(candidate.is_same_as(other) for other in positions):
            positions.append(candidate)
            distinct.append(candidate)
    return distinct


@dataclass(frozen=True, eq=False)
class _Candidate:
    """A possible person: alignment points, (2, 2) in pixels, and the detector's score."""

    points_px: Float64
    score: float

    @property
    def radius_px(self) -> float:
        return float(body_radius_px(self.points_px))

    def is_same_as(self, other: _Candidate) -> bool:
        """Return whether the landmark model would see the same person in both regions."""
        distance_px = np.linalg.norm(self.points_px - other.points_px, axis=1).max()
        return bool(distance_px < _SAME_CANDIDATE * max(self.radius_px, other.radius_px))


@dataclass(frozen=True, eq=False)
class _Observation:
    """The landmark model's answer for one region (N = 1)."""

    landmarks: Landmarks
    body: Body
    confidence: float = 0.0

    @property
    def score(self) -> float:
        return float(self.landmarks.scores[0])
