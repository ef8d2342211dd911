"""Everyone in a picture: tiles → candidates → people who look the same twice → nobody twice.

The detector sees bodies that are at least 100 of its input's 224 pixels high: so it searches the
whole picture, then tiles of it. It also sees bodies in hands, lions and rockets. Those the landmark
model tells apart: asked again, from where its first answer leads, it answers otherwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.stages.region import radii_px, region_around
from vitruvian.tracking.similarity import Body
from vitruvian.types import Landmarks, Region, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vitruvian.types import Detections, Float32, Float64, Image

Search: TypeAlias = Literal["frame", "tiles", "auto"]
SEARCHES: tuple[Search, ...] = get_args(Search)

# Chosen on four photographs of COCO, each also turned, mirrored and padded. A fifth more or less of
# any but the tiles' sides finds nearly the same people.
_TILE_SIDES = (0.8, 0.6, 0.45)  # parts of the picture's shorter side, each 3/4 of the one before
_TILE_OVERLAP = 0.25
_MIN_TILE_PX = 160  # the detector's 224 show little more of a smaller one
_SMALL_BODY = 0.5  # part of a tile's side: beside bodies so small, others are missed
_SAME_CANDIDATE = 0.2  # parts of the circle's radius
_MIN_SCORE = 0.5  # min_pose_presence_confidence of MediaPipe's PoseLandmarker
_MIN_CONFIDENCE = 0.33

_NOBODY = Landmarks.empty(masks=None)


class Searcher:
    """Finds everyone in a picture.

    Args:
        detector: picture and regions → people in each.
        landmarker: picture and regions → landmarks.
        search: "frame" searches the picture as a whole. "tiles" also finds people down to a fifth
            of its shorter side, in some 30 tiles. "auto" goes on with tiles of half the side while
            anyone found so far is small in the last ones.
    """

    def __init__(
        self,
        detector: Callable[[Image, Sequence[Region]], list[Detections]],
        landmarker: Callable[[Image, Sequence[Region]], Landmarks],
        search: Search = "auto",
    ) -> None:
        self._detector = detector
        self._landmarker = landmarker
        self._search = search

    def tiles(self, image_size: tuple[int, int]) -> list[Region]:
        """Where the detector looks: at the whole picture, then at tiles of it, ever smaller."""
        tiles = [WHOLE_IMAGE]
        if self._search != "frame":
            for part in _TILE_SIDES:
                tiles += tiles_of(image_size, part * min(image_size))
            if len(tiles) == 1 and min(image_size) >= _MIN_TILE_PX:
                tiles += tiles_of(image_size, _MIN_TILE_PX)
        return tiles

    def __call__(
        self,
        image: Image,
        tiles: Sequence[Region] | None = None,
        guesses: Sequence[Float64] = (),
        known: Landmarks = _NOBODY,
    ) -> Landmarks:
        """The people in an RGB picture (H, W, 3), the most certain first; nobody has no masks.

        Args:
            image: the picture.
            tiles: what to search of it; everything by default.
            guesses: alignment points, (2, 2) in pixels, of people who may be there.
            known: people who need not be found.
        """
        size = (image.shape[1], image.shape[0])
        candidates = [_Candidate(guess, 1.0) for guess in guesses]
        candidates += self._detect(image, self.tiles(size) if tiles is None else tiles)
        if tiles is None and self._search == "auto":
            candidates = self._search_deeper(image, candidates)

        places = [_Candidate(points, 1.0) for points in known.alignments_px(size)]
        distinct = _distinct(sorted(candidates, key=lambda c: -c.score), places)
        looks = (self._look_twice(image, candidate) for candidate in distinct)
        people = [look for look in looks if look and look.confidence > _MIN_CONFIDENCE]
        bodies = [Body.of(known[index : index + 1], size) for index in range(len(known))]
        found: list[Landmarks] = []
        for person in sorted(people, key=lambda person: -person.confidence):
            if not any(person.body.is_same_as(b) or person.body.lies_on(b) for b in bodies):
                bodies.append(person.body)
                found.append(person.landmarks)
        return joined(found) if found else _NOBODY

    def _search_deeper(self, image: Image, found: list[_Candidate]) -> list[_Candidate]:
        size = (image.shape[1], image.shape[0])
        side_px = _TILE_SIDES[-1] * min(size)
        while any(2 * candidate.radius_px < _SMALL_BODY * side_px for candidate in found):
            side_px /= 2
            if side_px < _MIN_TILE_PX:
                break
            found = [*found, *self._detect(image, tiles_of(size, side_px))]
        return found

    def _detect(self, image: Image, tiles: Sequence[Region]) -> Iterator[_Candidate]:
        size = np.array((image.shape[1], image.shape[0]))
        for tile, seen in zip(tiles, self._detector(image, tiles), strict=True):
            tile_size = np.array((tile.width, tile.height))
            corner = np.array((tile.center_x, tile.center_y)) - tile_size / 2
            for keypoints, score in zip(seen.keypoints, seen.scores, strict=True):
                yield _Candidate((corner + keypoints[:2] * tile_size) * size, float(score))

    def _look_twice(self, image: Image, candidate: _Candidate) -> _Look | None:
        """What the landmark model sees there, if it says twice that this is a person."""
        size = (image.shape[1], image.shape[0])
        first = self._look(image, (candidate.points / size).astype(np.float32))
        second = first and self._look(image, first.landmarks.auxiliary[0])
        if first is None or second is None:
            return None
        # Four doubts that know little of each other: each catches inventions that the others pass.
        confidence = (
            candidate.score
            * min(first.score, second.score)
            * first.body.similarity(second.body)
            * second.visible_part
        )
        return replace(second, confidence=confidence)

    def _look(self, image: Image, alignment: Float32) -> _Look | None:
        size = (image.shape[1], image.shape[0])
        region = region_around(alignment, size)
        if region is None:
            return None
        landmarks = self._landmarker(image, [region])
        look = _Look(landmarks, Body.of(landmarks, size))
        return look if look.score > _MIN_SCORE else None


def tiles_of(image_size: tuple[int, int], side_px: float) -> list[Region]:
    """Overlapping squares that cover a picture; none if they were too small to show more."""
    if side_px < _MIN_TILE_PX:
        return []
    width, height = image_size
    size = (side_px / width, side_px / height)
    return [
        Region(*map(np.float32, (x, y, *size, 0)))
        for y in _centers(size[1])
        for x in _centers(size[0])
    ]


def _distinct(candidates: Iterable[_Candidate], known: Iterable[_Candidate]) -> list[_Candidate]:
    """The first of each place, but for places that are known."""
    places, distinct = [*known], []
    for candidate in candidates:
        if not any(candidate.is_same_as(other) for other in places):
            places.append(candidate)
            distinct.append(candidate)
    return distinct


def _centers(side: float) -> Float64:
    """Of the tiles along an axis, which is 1 long. A tile longer than that stands out alike."""
    steps = math.ceil(max(1 / side - 1, 0) / (1 - _TILE_OVERLAP))
    return np.linspace(side / 2, 1 - side / 2, steps + 1) if steps else np.array([0.5])


@dataclass(frozen=True, eq=False)
class _Candidate:
    """What the detector says: alignment points (2, 2) in pixels, and their score."""

    points: Float64
    score: float

    @property
    def radius_px(self) -> float:
        return float(radii_px(self.points))

    def is_same_as(self, other: _Candidate) -> bool:
        """Whether the landmark model would see the same from there."""
        apart_px = np.linalg.norm(self.points - other.points, axis=1).max()
        return bool(apart_px < _SAME_CANDIDATE * max(self.radius_px, other.radius_px))


@dataclass(frozen=True, eq=False)
class _Look:
    """What the landmark model says of one place (N = 1)."""

    landmarks: Landmarks
    body: Body
    confidence: float = 0.0

    @property
    def score(self) -> float:
        return float(self.landmarks.scores[0])

    @property
    def visible_part(self) -> float:
        """Mean visibility of the landmarks in the picture: one who is cut off is whole there."""
        places = self.landmarks.landmarks[0, :, :2]
        inside = ((places >= 0) & (places <= 1)).all(axis=1)
        return float(self.landmarks.visibility[0, inside].mean()) if inside.any() else 0.0
