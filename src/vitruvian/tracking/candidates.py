"""Candidates: places in an image where the detector sees a body, to be looked at more closely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.stages.geometry import WHOLE_IMAGE, image_from_tile
from vitruvian.stages.region import body_radius_px
from vitruvian.tracking.tiles import tile_sides_px, tiles_of
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vitruvian.options import Search
    from vitruvian.tracking.protocol import Detect
    from vitruvian.types import Float64, Image, Region

# The detector's score of a hint. In tiles that are too large for them, small people mostly have at
# least this score; a lower one hints at many tiles in which nobody is found.
_HINT_SCORE = 0.1


def lowest_score(search: Search, min_confidence: float) -> float:
    """Return the score down to which a search needs detections: "auto" also needs hints."""
    return min(min_confidence, _HINT_SCORE) if search == "auto" else min_confidence


@dataclass(frozen=True, eq=False)
class Candidate:
    """A possible person: alignment points, (2, 2) in pixels, and the detector's score."""

    points_px: Float64
    score: float

    @property
    def radius_px(self) -> float:
        """The radius of the circle around the body."""
        return float(body_radius_px(self.points_px))

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
        """Yield the candidates in each tile of an image."""
        size = np.array(ImageSize.of(image))
        for tile, detections in zip(tiles, self._detect(image, tiles), strict=True):
            for keypoints, score in zip(detections.keypoints, detections.scores, strict=True):
                yield Candidate(image_from_tile(keypoints[:2], tile) * size, float(score))

    def everywhere(self, image: Image) -> list[Candidate]:
        """Return the candidates of the whole image, and of ever smaller tiles.

        All of the largest tiles are searched. A smaller one is only searched if there is a hint of
        a small person in it: three of four tiles of photographs have none.
        """
        size = ImageSize.of(image)
        found = [*self.in_tiles(image, [WHOLE_IMAGE])]
        for number, side_px in enumerate(tile_sides_px(size)):
            tiles = tiles_of(size, side_px)
            if number > 0:
                tiles = [tile for tile in tiles if _has_hint(tile, size, found)]
            if not tiles:
                break
            found += self.in_tiles(image, tiles)
        return found


def _has_hint(tile: Region, image_size: ImageSize, found: Iterable[Candidate]) -> bool:
    """Return whether there is a candidate, with any score, who fits into a tile."""
    center_px = np.array((tile.center_x, tile.center_y)) * image_size
    side_px = float(tile.height) * image_size.height
    return any(
        2 * candidate.radius_px < side_px
        and (abs(candidate.points_px[0] - center_px) < side_px / 2).all()
        for candidate in found
    )
