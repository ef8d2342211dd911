"""Finds all people in an image: tiles → candidates → confirmed people → no duplicates.

The detector finds bodies that are at least 100 of its input's 224 pixels high, so it searches the
whole image and then tiles of it. It also finds bodies in hands, lions and rockets. The landmark
model rejects those: applied a second time, to the region of its own first answer, it answers
differently for anything but a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.arrays import joined
from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.tracking.box_candidates import candidates_in
from vitruvian.tracking.candidates import Candidate, CandidateFinder
from vitruvian.tracking.confidence import MIN_CONFIDENCE
from vitruvian.tracking.observation import Observer
from vitruvian.tracking.similarity import Body
from vitruvian.tracking.tiles import COMPLETE_SIDES, LARGE_SIDES, tile_sides_px, tiles_of
from vitruvian.types import ImageSize, Landmarks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vitruvian.options import Search
    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.tracking.observation import Observation
    from vitruvian.tracking.protocol import Detect, FindBoxes, Landmark
    from vitruvian.types import Float64, Image, Region

# A candidate is not looked at if its alignment points are as near to those of a known person, or of
# a candidate or body that was seen in this search: as a fraction of the circle's radius. The second
# is smaller, because the landmark model finds some people only from one of several nearby regions,
# and sees others better from one that does not have the best score.
_KNOWN, _SEEN = 0.2, 0.1
# Of a person who is expected somewhere, in place of the detector's score: that of an uncertain
# detection, so that the landmark model decides.
_EXPECTED_SCORE = 0.6

_NO_PEOPLE = Landmarks.empty(masks=None)


class Searcher:
    """Finds all people in an image.

    Args:
        detect: image and regions → the people in each region. For "auto" it also returns those with
            a lower score than `min_confidence`.
        landmark: image and regions → landmarks.
        search: "frame" searches the whole image. "tiles" also finds people as small as a fifth of
            the image's shorter side, in about 30 tiles. "auto" searches ever smaller tiles, but
            only where the detector hints at small people.
        min_confidence: the score of a detection that is looked at. Lower ones are only hints.
        reference: the version of MediaPipe whose numbers are reproduced.
        find_boxes: image → boxes around people, (N, 4) in pixels. They are further candidates
            whenever the whole image is searched.
    """

    def __init__(
        self,
        detect: Detect,
        landmark: Landmark,
        search: Search,
        *,
        min_confidence: float,
        reference: Reference,
        find_boxes: FindBoxes | None = None,
    ) -> None:
        self._candidates = CandidateFinder(detect)
        self._observe = Observer(landmark, reference=reference)
        self._search = search
        self._min_confidence = min_confidence
        self._find_boxes = find_boxes

    def tiles(self, image_size: ImageSize) -> list[Region]:
        """Return what a complete search covers: the whole image, then tiles of decreasing size."""
        if self._search == "frame":
            return [WHOLE_IMAGE]
        return [WHOLE_IMAGE, *(tile for group in self.tile_groups(image_size) for tile in group)]

    def tile_groups(self, image_size: ImageSize) -> Iterator[list[Region]]:
        """Yield the tiles in groups, the largest tiles first; no group is empty.

        All large tiles are one group: a person who is found in tiles of one size may be seen much
        better in those of the other.
        """
        sides_px = tile_sides_px(image_size, COMPLETE_SIDES)
        large_px, small_px = sides_px[: len(LARGE_SIDES)], sides_px[len(LARGE_SIDES) :]
        for group_px in (large_px, *([side_px] for side_px in small_px)):
            if group_px:
                yield [tile for side_px in group_px for tile in tiles_of(image_size, side_px)]

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
            tiles: the regions to search; everything by default.
            expected_px: alignment points, (2, 2) in pixels, of people who may be in the image.
            known: people who are already known, and are not returned.
        """
        size = ImageSize.of(image)
        candidates = [Candidate(one, _EXPECTED_SCORE, is_expected=True) for one in expected_px]
        candidates += self.candidates(image, tiles)
        # What cannot become certain, whatever the landmark model answers, need not be looked at.
        likely = [one for one in candidates if one.evidence.confidence > MIN_CONFIDENCE]
        seen = self.observations(image, likely, known.alignment_points_px(size))
        bodies = [Body.of(known[index : index + 1], size) for index in range(len(known))]
        people = [observation.landmarks for observation in distinct_people(seen, bodies)]
        return joined(people) if people else _NO_PEOPLE

    def candidates(self, image: Image, tiles: Sequence[Region] | None = None) -> list[Candidate]:
        """Return the candidates in some tiles, or everywhere, whose score is sufficient."""
        searches_all = tiles is None or any(tile is WHOLE_IMAGE for tile in tiles)
        if tiles is None and self._search == "auto":
            found = self._candidates.everywhere(image)
        else:
            tiles = self.tiles(ImageSize.of(image)) if tiles is None else tiles
            found = [*self._candidates.in_tiles(image, tiles)]
        found = [candidate for candidate in found if candidate.score >= self._min_confidence]
        if searches_all and self._find_boxes is not None:
            found += candidates_in(self._find_boxes(image))
        return found

    def observations(
        self, image: Image, candidates: Iterable[Candidate], known_px: Iterable[Float64] = ()
    ) -> list[Observation]:
        """Look at each candidate, the best score first, unless it was seen already.

        Args:
            image: (H, W, 3) uint8 RGB.
            candidates: to be looked at.
            known_px: alignment points, (2, 2) in pixels, of people who are known.
        """
        known_px = list(known_px)
        seen_px: list[Float64] = []
        observations = []
        for candidate in sorted(candidates, key=lambda candidate: -candidate.score):
            if any(candidate.is_near(other_px, _KNOWN) for other_px in known_px):
                continue
            if any(candidate.is_near(other_px, _SEEN) for other_px in seen_px):
                continue
            seen_px.append(candidate.points_px)
            if observation := self._observe(image, candidate):
                observations.append(observation)
                seen_px.append(observation.points_px(ImageSize.of(image)))
        return observations


def distinct_people(
    observations: Iterable[Observation], known: Iterable[Body] = ()
) -> list[Observation]:
    """Return the observations that are certain to be people, each person once, the best first.

    Args:
        observations: of any number of candidates.
        known: the bodies of people who are known, and are not returned.
    """
    bodies, distinct = [*known], []
    for observation in sorted(observations, key=lambda observation: -observation.confidence):
        body = observation.body
        if observation.confidence <= MIN_CONFIDENCE:
            break
        if not any(body.is_same_person_as(other) or body.is_part_of(other) for other in bodies):
            bodies.append(body)
            distinct.append(observation)
    return distinct
