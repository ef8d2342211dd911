"""Where the hips are relative to the camera: the translation that puts the world landmarks there.

The world landmarks have the axes of the image, so the rotation is known. With the focal length f, a
landmark at (X, Y, Z) from the hips, and at (u, v) from the centre of the image, gives two equations
for the hips (x, y, z), which are linear:

    f (X + x) = u (Z + z)        f (Y + y) = v (Z + z)

Their least-squares solution has a closed form: z is found from the differences to the weighted
means, and x and y from the means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vitruvian.types import Float64

# Three unknowns need two landmarks, and five say how well they agree.
_LEAST_WEIGHT = 5.0
# Landmarks that are nearer to each other than the noise of a pixel say nothing of the distance.
_LEAST_EXTENT_PX = 2.0
# The errors of neighbours, such as those of a face, are nearly the same: 33 landmarks are worth
# about as many as a body has limbs, head and trunk counted.
_LANDMARKS_OF_ONE_ERROR = 3.0


@dataclass(frozen=True)
class Fit:
    """The hips in the camera's space: x right, y down, z away from the camera; R rows.

    Rows in which too few landmarks are seen, or lie behind the camera, are NaN.

    Attributes:
        positions_m: (R, 3).
        std_m: (R, 3) the standard deviations that the residuals of the landmarks give.
    """

    positions_m: Float64
    std_m: Float64
    _mean_px: Float64
    _mean_px_m: Float64
    _focal_lengths_px: Float64

    def at_distances(self, distances_m: Float64) -> Float64:
        """Return the positions that fit best at other distances, (R, 3)."""
        return _positions_m(distances_m, self._mean_px, self._mean_px_m, self._focal_lengths_px)


def focal_lengths_px(widths_px: Float64, fov_deg: float) -> Float64:
    """Return the focal lengths of images with this horizontal field of view, (R,)."""
    focal_lengths: Float64 = widths_px / 2 / np.tan(np.radians(fov_deg) / 2)
    return focal_lengths


def fit(points_px: Float64, world_m: Float64, weights: Float64, focal_px: Float64) -> Fit:
    """Return where the hips are, by weighted linear least squares.

    Args:
        points_px: (R, 33, 2) from the centre of the image.
        world_m: (R, 33, 3) from the hips, along the image axes.
        weights: (R, 33) in [0, 1].
        focal_px: (R,) focal lengths.
    """
    total = weights.sum(axis=1)
    shares = weights / np.where(total > 0, total, 1.0)[:, np.newaxis]
    # The equations are f (x, y) - points_px z = px_m.
    px_m = points_px * world_m[..., 2:] - focal_px[:, np.newaxis, np.newaxis] * world_m[..., :2]
    mean_px, mean_px_m = (np.einsum("rk,rkd->rd", shares, each) for each in (points_px, px_m))
    from_mean_px = points_px - mean_px[:, np.newaxis]
    from_mean_px_m = px_m - mean_px_m[:, np.newaxis]
    extents = np.einsum("rk,rkd,rkd->r", shares, from_mean_px, from_mean_px)
    products = np.einsum("rk,rkd,rkd->r", shares, from_mean_px, from_mean_px_m)
    is_enough = (total >= _LEAST_WEIGHT) & (extents >= _LEAST_EXTENT_PX**2)
    distances_m = np.full(len(total), np.nan)
    np.divide(-products, extents, out=distances_m, where=is_enough)
    distances_m[~(distances_m > 0)] = np.nan
    residuals_px_m = from_mean_px_m + from_mean_px * distances_m[:, np.newaxis, np.newaxis]
    of_residuals = np.einsum("rk,rkd,rkd->r", shares, residuals_px_m, residuals_px_m)
    independent = np.maximum(2 * total / _LANDMARKS_OF_ONE_ERROR - 3, 1.0)
    variances = of_residuals / independent
    variances_z = variances / np.where(np.isnan(distances_m), np.nan, extents)
    variances_xy = (variances[:, np.newaxis] + mean_px**2 * variances_z[:, np.newaxis]) / (
        focal_px[:, np.newaxis] ** 2
    )
    return Fit(
        _positions_m(distances_m, mean_px, mean_px_m, focal_px),
        np.sqrt(np.column_stack((variances_xy, variances_z))),
        mean_px,
        mean_px_m,
        focal_px,
    )


def joined(parts: Iterable[Fit]) -> Fit:
    """Return the rows of several parts, which follow each other."""
    columns = zip(*(vars(part).values() for part in parts), strict=True)
    return Fit(*(np.concatenate(values) for values in columns))


def _positions_m(
    distances_m: Float64, mean_px: Float64, mean_px_m: Float64, focal_px: Float64
) -> Float64:
    across_m = (mean_px_m + mean_px * distances_m[:, np.newaxis]) / focal_px[:, np.newaxis]
    return np.column_stack((across_m, distances_m))
