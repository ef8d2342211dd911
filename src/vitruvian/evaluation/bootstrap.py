"""Intervals of confidence, by drawing images again and again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Float64

_LEVELS = (0.025, 0.975)  # of an interval of 95 %


@dataclass(frozen=True, eq=False)
class Sample:
    """Some images, and resamplings of them.

    Attributes:
        images: (N,) their numbers.
        weights: (B, N) float64: how often each of them is in each resampling.
    """

    images: NDArray[np.intp]
    weights: Float64

    @property
    def once(self) -> Float64:
        """The weights, (1, N), of the images themselves."""
        return np.ones((1, len(self.images)))


def resample(images: NDArray[np.intp], count: int, seed: int) -> Sample:
    """Draw samples of the size of the set of images, with replacement, `count` times.

    Args:
        images: (N,) the numbers of the images.
        count: of resamplings. A single image has none, because they would all be equal.
        seed: All systems that are compared have the same resamplings.
    """
    number = len(images)
    draws = count if number > 1 else 0
    weights = np.random.default_rng(seed).multinomial(number, np.full(number, 1 / number), draws)
    return Sample(images, weights.astype(np.float64))


def intervals(values: Float64) -> Float64:
    """Return the lower and the upper bound, (M, 2), of the values of M metrics, (M, B).

    Resamplings in which a metric has no value are left out. The bounds are NaN without any.
    """
    bounds = np.full((len(values), 2), np.nan)
    has_values = ~np.isnan(values).all(axis=1)
    if values.size and has_values.any():
        bounds[has_values] = np.nanquantile(values[has_values], _LEVELS, axis=1).T
    return bounds
