"""The object keypoint similarity (OKS) of two poses, as COCO defines it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.skeleton import COCO_SIGMAS

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_VARIANCES = np.square(2 * np.array(COCO_SIGMAS))


def oks(
    keypoints_px: NDArray[np.floating],
    other_keypoints_px: NDArray[np.floating],
    area_px2: ArrayLike,
    weights: NDArray[Any],
) -> NDArray[np.float64]:
    """Return the object keypoint similarity: 1 for equal poses, towards 0 with distance.

    The formula is that of cocodataset.org, "Keypoint evaluation". The axes before the last ones are
    those of any number of pairs, which are broadcast.

    Args:
        keypoints_px: (..., 17, 2) COCO's keypoints.
        other_keypoints_px: (..., 17, 2) the keypoints to compare with.
        area_px2: (...) area of the person, above 0.
        weights: (..., 17) weight of each keypoint. If all are zero, the similarity is 0.
    """
    distances_px2 = np.square(keypoints_px - other_keypoints_px).sum(axis=-1)
    scales_px2 = 2 * np.asarray(area_px2)[..., np.newaxis] * _VARIANCES
    similarities = np.exp(-distances_px2 / scales_px2) * weights
    totals = np.broadcast_to(weights, similarities.shape).sum(axis=-1, dtype=np.float64)
    sums = similarities.sum(axis=-1)
    means: NDArray[np.float64] = np.zeros_like(sums)
    np.divide(sums, totals, out=means, where=totals > 0)
    return means
