"""Means over the points of images, for any resampling of the images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.types import Float64


@dataclass(frozen=True, eq=False)
class ImageMeans:
    """J means, such as one of each joint, as the sums and counts of the images.

    Attributes:
        sums: (I, J) of the values in each image.
        counts: (I, J) how many values these are.
    """

    sums: Float64
    counts: Float64

    @classmethod
    def of(
        cls, values: NDArray[Any], counted: NDArray[np.bool_], images: NDArray[np.intp], count: int
    ) -> ImageMeans:
        """Sum up the values of people.

        Args:
            values: (P, J); those that do not count may be NaN.
            counted: (P, J) bool: the value counts.
            images: (P,) the number of each person's image.
            count: of images.
        """
        sums, counts = np.zeros((2, count, values.shape[1]))
        np.add.at(sums, images, np.where(counted, values, 0))
        np.add.at(counts, images, counted)
        return cls(sums, counts)

    def pooled(self) -> ImageMeans:
        """Return the one mean of all values."""
        return ImageMeans(
            self.sums.sum(axis=1, keepdims=True), self.counts.sum(axis=1, keepdims=True)
        )

    def of_each_image(self) -> Float64:
        """Return the mean of all values of each image, (I,); NaN of nothing."""
        return _quotients(self.sums.sum(axis=1), self.counts.sum(axis=1))


def resampled(
    means: Sequence[ImageMeans], images: NDArray[np.intp], weights: Float64
) -> list[Float64]:
    """Return the means of each, (J, B); NaN of nothing.

    Args:
        means: any number of them, as one product of matrices is much faster than one for each.
        images: (N,) the numbers of the images that count.
        weights: (B, N) how often each of them is in each resampling.
    """
    sums = np.concatenate([mean.sums[images] for mean in means], axis=1)
    counts = np.concatenate([mean.counts[images] for mean in means], axis=1)
    ends = np.cumsum([mean.sums.shape[1] for mean in means])[:-1]
    return np.split(_quotients(weights @ sums, weights @ counts).T, ends)


def _quotients(sums: Float64, counts: Float64) -> Float64:
    quotients = np.full_like(sums, np.nan)
    np.divide(sums, counts, out=quotients, where=counts > 0)
    return quotients
