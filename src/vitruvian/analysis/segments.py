"""The segments of the body between two landmarks, or between points in the middle of two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Float64

_MIDPOINTS = {
    "hips": ("left_hip", "right_hip"),
    "neck": ("left_shoulder", "right_shoulder"),
    "head": ("left_ear", "right_ear"),
}
_OF_SIDE = {
    "foot": ("heel", "foot_index"),
    "shank": ("knee", "ankle"),
    "thigh": ("hip", "knee"),
    "arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "wrist"),
    "hand": ("wrist", "index"),
}
# The first and the last point of each segment.
_ENDS = {
    f"{side}_{name}": (f"{side}_{first}", f"{side}_{last}")
    for side in ("left", "right")
    for name, (first, last) in _OF_SIDE.items()
} | {
    "pelvis": ("right_hip", "left_hip"),
    "trunk": ("hips", "neck"),
    "shoulders": ("right_shoulder", "left_shoulder"),
    "head": ("neck", "head"),
}
SEGMENTS = tuple(_ENDS)


def _numbers_of(point: str) -> tuple[int, int]:
    """Return the two landmarks in whose middle a point is; of a landmark, twice the same."""
    first, last = _MIDPOINTS.get(point, (point, point))
    return LANDMARK_NAMES.index(first), LANDMARK_NAMES.index(last)


# (S, 2, 2): of each segment, for its first and its last point, the two landmarks.
_LANDMARKS = np.array([[_numbers_of(point) for point in ends] for ends in _ENDS.values()])


def segment_vectors(points: NDArray[Any]) -> Float64:
    """Return the vectors from the first to the last point of each segment, (N, S, D).

    Args:
        points: (N, 33, D) in any space.
    """
    ends = points[:, _LANDMARKS].astype(np.float64).mean(axis=3)
    vectors: Float64 = ends[:, :, 1] - ends[:, :, 0]
    return vectors


def visible_segments(visibility: NDArray[Any], min_visibility: float) -> NDArray[np.bool_]:
    """Return which segments have only landmarks with at least this visibility, (N, S)."""
    is_visible = (visibility >= min_visibility)[:, _LANDMARKS]
    return np.asarray(is_visible.all(axis=(2, 3)), np.bool_)


def lengths_m(
    points_m: NDArray[Any], visibility: NDArray[Any], *, min_visibility: float = 0.5
) -> dict[str, Float64]:
    """Return the length of each segment of N people as `…_length_m`, (N,), NaN where not visible.

    Args:
        points_m: (N, 33, 3) world landmarks.
        visibility: (N, 33) in [0, 1].
        min_visibility: a landmark with less is not visible.
    """
    lengths = np.linalg.norm(segment_vectors(points_m), axis=-1)
    seen = np.where(visible_segments(visibility, min_visibility), lengths, np.nan)
    return {f"{name}_length_m": seen[:, number] for number, name in enumerate(SEGMENTS)}
