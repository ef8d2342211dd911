"""Which of the people found are tracked: a sufficient score, and the preferred ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.stages.region import body_radius_px
from vitruvian.types import ImageSize, Landmarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.options import Select
    from vitruvian.tracking.search import Searcher
    from vitruvian.types import Float64, Image, Region

_CENTRE = (0.5, 0.5)


def preferred(people: Landmarks, select: Select, image_size: ImageSize) -> NDArray[np.intp]:
    """Return the positions of the people, (N,), the preferred ones first.

    Args:
        people: the best score first.
        select: "prominent" and "first" keep the order; "largest" sorts by the circle around the
            body; "centre", or a point (x, y) in normalized coordinates, sorts by the distance of
            the hips' midpoint.
        image_size: size of the image in pixels.
    """
    if select in {"prominent", "first"}:
        return np.arange(len(people))
    points_px = people.alignment_points_px(image_size)
    if select == "largest":
        return np.argsort(-body_radius_px(points_px), kind="stable")
    target_px = np.array(_CENTRE if select == "centre" else select) * image_size
    return np.argsort(np.linalg.norm(points_px[:, 0] - target_px, axis=1), kind="stable")


class PeopleFinder:
    """Finds the people in an image whose score is sufficient, the preferred ones first.

    Args:
        searcher: image → people.
        num_poses: the greatest number of people in a still image; None for all.
        select: which people are preferred.
        min_confidence: the score of the landmark model that a person must exceed.

    Attributes:
        searcher: as given.
        num_poses: as given.
        select: as given.
        min_confidence: as given.
    """

    def __init__(
        self,
        searcher: Searcher,
        *,
        num_poses: int | None,
        select: Select,
        min_confidence: float,
    ) -> None:
        self.searcher = searcher
        self.num_poses = num_poses
        self.select = select
        self.min_confidence = min_confidence

    def __call__(self, image: Image) -> Landmarks:
        """Return at most `num_poses` people of an RGB image (H, W, 3)."""
        return self.search(image)[: self.num_poses]

    def search(
        self,
        image: Image,
        tiles: Sequence[Region] | None = None,
        expected_px: Sequence[Float64] = (),
        known: Landmarks | None = None,
    ) -> Landmarks:
        """Return all people found. The arguments are those of `Searcher`."""
        known = Landmarks.empty(masks=None) if known is None else known
        people = self.searcher(image, tiles, expected_px, known)
        order = preferred(people, self.select, ImageSize.of(image))
        return people[order[people.scores[order] > self.min_confidence]]
