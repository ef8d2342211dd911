"""The count of people found and of people invented, over any number of images."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.people.truth import lies_in, similarities

if TYPE_CHECKING:
    from benchmarks.people.truth import Photograph
    from vitruvian.types import Float64

FOUND, FOUND_WELL, RESEMBLES = 0.5, 0.75, 0.3  # of the object keypoint similarity


@dataclass
class Count:
    """The people found in any number of images.

    Attributes:
        similarities: for each person to be found, the OKS of the matched result, or 0.
        invented: for each image, the number of results that are nobody.
        seconds: the time of all images together.
    """

    similarities: list[float] = field(default_factory=list)
    invented: list[int] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, poses_px: Float64, photograph: Photograph, seconds: float = 0.0) -> list[float]:
        """Add the poses found in one image, (N, 17, 2), and return the OKS of its people."""
        matched, is_matched = match(poses_px, photograph)
        self.similarities += matched
        self.invented.append(
            sum(
                not any(lies_in(pose, other.box_px) for other in photograph.others)
                for pose in poses_px[~is_matched]
            )
        )
        self.seconds += seconds
        return matched

    def row(self) -> str:
        """Return the cells of a row: found, found well, invented, milliseconds per image."""
        values = np.array(self.similarities)
        found, well = ((values >= least).sum() for least in (FOUND, FOUND_WELL))
        ms = f"{1e3 * self.seconds / len(self.invented):.0f}" if self.seconds else "–"
        return f"{found}/{len(values)} | {well}/{len(values)} | {sum(self.invented)} | {ms}"


def match(poses_px: Float64, photograph: Photograph) -> tuple[list[float], np.ndarray]:
    """Match poses and people one to one, the most similar first.

    Returns:
        The OKS for each person to be found, or 0, and (N,) whether each pose resembles its person.
    """
    table = similarities(poses_px, photograph.wanted)
    matched = [0.0] * len(photograph.wanted)
    is_matched = np.zeros(len(poses_px), bool)
    while table.size and table.max() > 0:
        pose, person = np.unravel_index(table.argmax(), table.shape)
        matched[person] = float(table[pose, person])
        is_matched[pose] = matched[person] >= RESEMBLES
        table[pose], table[:, person] = 0, 0
    return matched, is_matched
