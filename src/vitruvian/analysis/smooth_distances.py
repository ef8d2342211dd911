"""The distances of a person from the camera, smoothed over time.

The distance is by far the noisiest of the three coordinates, because a step towards the camera
changes the image less than a step to the side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.analysis import penalized_least_squares
from vitruvian.analysis.outliers import WINDOW_FRAMES, outliers

if TYPE_CHECKING:
    from vitruvian.analysis.hips_in_camera import Fit
    from vitruvian.types import Float64

# Bodies come nearer and go away more slowly than this.
_CUTOFF_HZ = 1.0
# A longer gap than one period of that frequency says nothing about the distance after it.
_LONGEST_STEP_S = 1.0
_LEAST_STD_M = 1e-6  # of landmarks that agree exactly


def smooth_distances_m(times_s: Float64, fit: Fit) -> Float64:
    """Return the distances from the camera without noise, (R,); NaN where `fit` has NaN.

    A row has less weight if its landmarks contradict each other.

    Args:
        times_s: (R,) the times of the rows.
        fit: where the hips are in each row.
    """
    distances_m = fit.positions_m[:, 2].copy()
    placed = np.flatnonzero(~np.isnan(distances_m))
    is_end = np.diff(times_s[placed]) > _LONGEST_STEP_S
    for rows in np.split(placed, np.flatnonzero(is_end) + 1):
        if len(rows) >= WINDOW_FRAMES:
            course = times_s[rows], distances_m[rows], fit.std_m[rows, 2]
            distances_m[rows] = _smooth_course_m(*course)
        elif len(rows):  # too few to tell noise from motion
            distances_m[rows] = distances_m[rows].mean()
    return distances_m


def _smooth_course_m(times_s: Float64, distances_m: Float64, std_m: Float64) -> Float64:
    """Return smooth distances, (R,), of at least 7 rows."""
    typical_m = max(float(np.median(std_m)), _LEAST_STD_M)
    weights = (typical_m / np.maximum(std_m, typical_m)) ** 2
    is_outlier = outliers(distances_m[:, np.newaxis, np.newaxis])[:, 0]
    if np.count_nonzero(~is_outlier) >= penalized_least_squares.ORDER:
        weights[is_outlier] = 0.0
    return penalized_least_squares.smoothed(times_s, distances_m, weights, _CUTOFF_HZ)
