"""Average precision of resampled images, all resamplings at a time.

COCO's evaluator takes tenths of a second for one set of images, and a bootstrap has a thousand. So
it matches people once, and only the curves of precision and recall are computed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Float64

RECALLS = np.linspace(0, 1, 101)  # at which COCO reads the curve
_MAX_COUNTS = 4_000_000  # in one array, so that memory does not grow with the number of people


@dataclass(frozen=True, eq=False)
class PrecisionRecall:
    """The people that a system found, the most certain first, and whether they are right.

    Attributes:
        images: (N,) the number of the image of each person found.
        is_right: (T, N) bool: matches a person who counts, at each threshold.
        is_ignored: (T, N) bool: matches a person who does not count.
        people: (I,) how many annotated people count in each image.
    """

    images: NDArray[np.intp]
    is_right: NDArray[np.bool_]
    is_ignored: NDArray[np.bool_]
    people: NDArray[np.intp]

    def within(self, images: NDArray[np.intp]) -> PrecisionRecall:
        """Return the people of some images, (N,) of their numbers, which count from 0 then."""
        new_numbers = np.full(len(self.people), -1)
        new_numbers[images] = np.arange(len(images))
        kept = new_numbers[self.images] >= 0
        return PrecisionRecall(
            new_numbers[self.images[kept]],
            self.is_right[:, kept],
            self.is_ignored[:, kept],
            self.people[images],
        )

    def summary(self, weights: Float64) -> tuple[Float64, Float64]:
        """Return average precision and recall at each threshold.

        Args:
            weights: (B, I) how often each image is in each resampling.

        Returns:
            (T, B) precision and (T, B) recall, in [0, 1]; NaN where nobody counts.
        """
        size = max(1, _MAX_COUNTS // max(1, len(self.images)))
        precisions, recalls = np.empty((2, len(self.is_right), len(weights)))
        for start in range(0, len(weights), size):
            part = slice(start, start + size)
            precisions[:, part], recalls[:, part] = self._summary(weights[part])
        return precisions, recalls

    def _summary(self, weights: Float64) -> tuple[Float64, Float64]:
        people = weights @ self.people
        reached = _recalls_reached(people)
        # float32 holds these counts exactly, and takes half the time.
        found = weights.T[self.images].astype(np.float32)
        counted = np.cumsum(found, axis=0)
        precisions, recalls = [], []
        for is_right, is_ignored in zip(self.is_right, self.is_ignored, strict=True):
            right = np.cumsum(found[is_right], axis=0)
            until = counted[is_right]
            if is_ignored.any():
                ignored = np.where(is_ignored[:, np.newaxis], found, 0)
                until -= np.cumsum(ignored, axis=0)[is_right]
            precisions.append(_average_precision(right, until, reached))
            recalls.append(right[-1] if len(right) else np.zeros(people.size))
        counts = np.where(people, people, np.nan)
        return np.where(people, precisions, np.nan), np.array(recalls) / counts


def _recalls_reached(people: Float64) -> NDArray[np.uint8]:
    """Return how many of `RECALLS` are reached by each number of people who are right.

    Args:
        people: (B,) how many annotated people count.

    Returns:
        (B, C) for 0 to C - 1 people.
    """
    counts = np.maximum(people, 1)[:, np.newaxis]
    needed = np.ceil(RECALLS * counts)
    # A recall is reached where COCO's quotient is not below it, which rounding may decide.
    needed -= (needed - 1) / counts >= RECALLS
    needed += needed / counts < RECALLS
    reached = np.zeros((len(people), int(needed.max()) + 1), np.uint8)
    np.add.at(reached, (np.arange(len(people))[:, np.newaxis], needed.astype(np.intp)), 1)
    return np.cumsum(reached, axis=1, dtype=np.uint8)


def _average_precision(
    right: NDArray[np.float32], until: NDArray[np.float32], reached: NDArray[np.uint8]
) -> Float64:
    """Return the mean precision over `RECALLS`, (B,). It is 0 at a recall that is not reached.

    Args:
        right: (K, B) how many people are right, up to each one who is.
        until: (K, B) how many count up to there, right or wrong.
        reached: (B, C) how many of `RECALLS` each number of people reaches.
    """
    # From a point of the curve on, the precision is greatest at a person who is right.
    best = np.maximum.accumulate((right / np.maximum(until, 1))[::-1], axis=0)[::-1]
    rows = np.arange(len(reached)) * reached.shape[1]
    recalls = np.diff(reached.ravel()[right.astype(np.intp) + rows], axis=0, prepend=np.uint8(0))
    means: Float64 = np.einsum("kb,kb->b", best, recalls, dtype=np.float64) / len(RECALLS)
    return means
