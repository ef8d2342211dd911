"""Candidates: places in an image where the detector sees a body, to be looked at more closely."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.stages.geometry import WHOLE_IMAGE, image_from_tile
from vitruvian.stages.region import body_radius_px
from vitruvian.tracking.confidence import Evidence
from vitruvian.tracking.tiles import LARGE_SIDES, MIN_TILE_PX, tile_sides_px, tiles_of
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vitruvian.options import Search
    from vitruvian.tracking.protocol import Detect
    from vitruvian.types import Float64, Image, Region

# The detector's score of a hint. In tiles that are too large for them, small people mostly have at
# least this score; a lower one hints at many tiles in which nobody is found. The detector averages
# overlapping boxes down to the lowest score, so that one is part of the position of all.
_HINT_SCORE, _LOWEST_SCORE = 0.2, 0.1
# The sides of small tiles: the first as a fraction of the image's shorter side, and each further
# one as a fraction of the previous one.
_SMALL_SIDE, _NEXT_SIDE = 0.36, 0.555
# The diameter of a body's circle, in sides of a tile, above which the tile shows too little of the
# body: there, the detector joins the limbs of two people. A larger tile shows all of it.
_LARGEST_BODY = 1.8
# The diameter below which the landmark model, whose crops have 256 pixels, sees bodies in anything.
# COCO labels no keypoints of such small people.
_SMALLEST_BODY_PX = 60


def lowest_score(search: Search, min_confidence: float) -> float:
    """Return the score down to which a search needs detections: "auto" also needs hints."""
    return min(min_confidence, _LOWEST_SCORE) if search == "auto" else min_confidence


@dataclass(frozen=True, eq=False)
class Candidate:
    """A possible person.

    Attributes:
        points_px: (2, 2) alignment points in pixels.
        score: of the detector.
        is_expected: whether the person was already seen here.
    """

    points_px: Float64
    score: float
    is_expected: bool = False

    @property
    def radius_px(self) -> float:
        """The radius of the circle around the body."""
        return float(body_radius_px(self.points_px))

    @property
    def evidence(self) -> Evidence:
        """What speaks for a person before the landmark model has looked.

        Most of those who seem to lie, or to be upside down, are no people. But the incline of a
        person who is expected says nothing.
        """
        return Evidence(self.score, 1.0 if self.is_expected else self._uprightness)

    @property
    def _uprightness(self) -> float:
        (_, hips_y_px), (_, circle_y_px) = self.points_px
        height_px, radius_px = float(hips_y_px - circle_y_px), self.radius_px
        return height_px / radius_px if height_px > 0 else 0.0

    def is_near(self, points_px: Float64, distance: float) -> bool:
        """Return whether both alignment points are near those of another circle.

        Args:
            points_px: (2, 2) the other alignment points.
            distance: the greatest distance of two points, in radii of the larger circle.
        """
        distance_px = np.linalg.norm(self.points_px - points_px, axis=1).max()
        radius_px = max(self.radius_px, float(body_radius_px(points_px)))
        return bool(distance_px < distance * radius_px)


class CandidateFinder:
    """Finds candidates in tiles of an image.

    Args:
        detect: image and regions → the people in each region, also those with a low score.
    """

    def __init__(self, detect: Detect) -> None:
        self._detect = detect

    def in_tiles(self, image: Image, tiles: Sequence[Region]) -> Iterator[Candidate]:
        """Yield the candidates in each tile of an image whose size is plausible."""
        size = np.array(ImageSize.of(image))
        for tile, detections in zip(tiles, self._detect(image, tiles), strict=True):
            side_px = math.inf if tile is WHOLE_IMAGE else float(tile.height) * size[1]
            for keypoints, score in zip(detections.keypoints, detections.scores, strict=True):
                points_px = image_from_tile(keypoints[:2], tile) * size
                candidate = Candidate(points_px, float(score))
                if _SMALLEST_BODY_PX < 2 * candidate.radius_px < _LARGEST_BODY * side_px:
                    yield candidate

    def everywhere(self, image: Image) -> list[Candidate]:
        """Return the candidates of the whole image, of large tiles, and of ever smaller ones.

        A smaller tile is only searched if there is a hint of a small person in it: most tiles of
        photographs have none.
        """
        size = ImageSize.of(image)
        large_px = tile_sides_px(size, LARGE_SIDES)
        large = [tile for side_px in large_px for tile in tiles_of(size, side_px)]
        found = [*self.in_tiles(image, [WHOLE_IMAGE, *large])]
        side_px = _SMALL_SIDE * min(size)
        while side_px >= MIN_TILE_PX:
            tiles = [tile for tile in tiles_of(size, side_px) if _has_hint(tile, size, found)]
            found += self.in_tiles(image, tiles)
            side_px *= _NEXT_SIDE
        return found


def _has_hint(tile: Region, image_size: ImageSize, found: Iterable[Candidate]) -> bool:
    """Return whether there is a hint of a person who fits into a tile."""
    center_px = np.array((tile.center_x, tile.center_y)) * image_size
    side_px = float(tile.height) * image_size.height
    return any(
        candidate.score >= _HINT_SCORE
        and 2 * candidate.radius_px < side_px
        and (abs(candidate.points_px[0] - center_px) < side_px / 2).all()
        for candidate in found
    )
