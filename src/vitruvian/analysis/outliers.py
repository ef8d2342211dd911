"""Finds values that their neighbours contradict: the filter of Hampel (1974)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Float64

WINDOW_FRAMES = 7
_DEVIATIONS = 3.0
# The standard deviation of normally distributed values with a median absolute deviation of 1.
_DEVIATION_OF_MAD = 1.4826
# The median of exact or resting values is their own value. Deviations below this part of the
# largest motion in the window are noise of rounding.
_LEAST_DEVIATION = 1e-3


def outliers(positions: Float64) -> NDArray[np.bool_]:
    """Return which points are outliers, (F, K).

    A point is an outlier if one of its coordinates is further from the median of its window of 7
    frames than 3 standard deviations, which are estimated from the median absolute deviation. At
    both ends the window is cut. NaN is no outlier, and is no neighbour.

    Args:
        positions: (F, K, D) of K points in F frames, NaN where a point is missing.
    """
    half = WINDOW_FRAMES // 2
    padded = np.pad(positions, ((half, half), (0, 0), (0, 0)), constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW_FRAMES, axis=0)
    medians = _nan_median(windows)
    deviations = np.abs(windows - medians[..., np.newaxis])
    spread = _DEVIATION_OF_MAD * _nan_median(deviations)
    ranges = np.fmax.reduce(deviations, axis=-1, initial=0)
    limit = _DEVIATIONS * np.maximum(spread, _LEAST_DEVIATION * ranges)
    is_outlier: NDArray[np.bool_] = (np.abs(positions - medians) > limit).any(axis=2)
    return is_outlier


def _nan_median(values: Float64) -> Float64:
    """Return the median over the last axis without NaN; NaN if there is nothing else."""
    ordered = np.sort(values, axis=-1)  # NaN comes last
    count = np.count_nonzero(~np.isnan(values), axis=-1, keepdims=True)
    lower, upper = (np.maximum(count - 1, 0) // 2), count // 2
    upper = np.minimum(upper, np.maximum(count - 1, 0))
    middle = np.take_along_axis(ordered, lower, -1) + np.take_along_axis(ordered, upper, -1)
    median: Float64 = middle[..., 0] / 2
    return median
