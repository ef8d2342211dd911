"""Which arrays a recording has, and which values they may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from vitruvian.errors import RecordingError
from vitruvian.skeleton import LANDMARK_NAMES
from vitruvian.types import MAX_SIDE_PX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_LANDMARKS = len(LANDMARK_NAMES)
# Far beyond any landmark, time or id; squares of such numbers are finite, also as float32.
_MAX_NUMBER = 1e15


class ArrayKind(NamedTuple):
    """The type of an array, and the shape of one of its items."""

    dtype: type[np.generic]
    shape: tuple[int, ...] = ()


# The arrays of a recording, in the order in which files have them.
ARRAYS_OF_FRAMES = {
    "frames": ArrayKind(np.int64),
    "timestamps_s": ArrayKind(np.float64),
    "image_sizes_px": ArrayKind(np.int32, (2,)),
    "people_counts": ArrayKind(np.int32),
}
ARRAYS_OF_PEOPLE = {
    "ids": ArrayKind(np.int64),
    "scores": ArrayKind(np.float32),
    "is_filled": ArrayKind(np.bool_),
    "pose_landmarks": ArrayKind(np.float32, (_LANDMARKS, 3)),
    "pose_world_landmarks": ArrayKind(np.float32, (_LANDMARKS, 3)),
    "visibility": ArrayKind(np.float32, (_LANDMARKS,)),
    "presence": ArrayKind(np.float32, (_LANDMARKS,)),
}
ARRAYS = ARRAYS_OF_FRAMES | ARRAYS_OF_PEOPLE
_MAX_LIKELIHOOD = 1.001  # the mean of ones that smoothing computes may be rounded up


def check(arrays: Mapping[str, NDArray[Any]], images: int) -> None:
    """Check the arrays of a recording.

    Args:
        arrays: by their names in `ARRAYS`.
        images: the number of photographs that the header names; 0 for a video.

    Raises:
        RecordingError: They do not fit each other, or have values that no result has. The message
            lacks the file's name.
    """
    _check_shapes(arrays)
    for name, kind in ARRAYS.items():
        if kind.dtype != np.bool_ and not (np.abs(arrays[name]) <= _MAX_NUMBER).all():
            raise RecordingError(f"has NaN or a number that is too large in {name}: correct it")
    frames, counts, ids = arrays["frames"], arrays["people_counts"], arrays["ids"]
    _require("people_counts", counts >= 0)
    _require("frames", frames >= 0, np.diff(frames) > 0, frames < (images or np.inf))
    _require("timestamps_s", np.diff(arrays["timestamps_s"]) >= 0)
    sizes_px = arrays["image_sizes_px"]
    _require("image_sizes_px", sizes_px > 0, sizes_px <= MAX_SIDE_PX)
    is_same_frame = np.diff(np.repeat(np.arange(len(frames)), counts)) == 0
    _require("ids", ids > 0, np.diff(ids)[is_same_frame] > 0)
    for name in ("scores", "visibility", "presence"):
        _require(name, arrays[name] >= 0, arrays[name] <= _MAX_LIKELIHOOD)


def _check_shapes(arrays: Mapping[str, NDArray[Any]]) -> None:
    lengths = dict.fromkeys(ARRAYS_OF_FRAMES, len(arrays["frames"]))
    people = int(arrays["people_counts"].sum(dtype=np.int64))
    lengths |= dict.fromkeys(ARRAYS_OF_PEOPLE, people)
    for name, kind in ARRAYS.items():
        array, shape = arrays[name], (lengths[name], *kind.shape)
        if array.dtype != kind.dtype or array.shape != shape:
            raise RecordingError(
                f"has {array.dtype} {array.shape} as {name}, and not {np.dtype(kind.dtype)} "
                f"{shape}: write it again"
            )


def _require(name: str, *conditions: NDArray[np.bool_]) -> None:
    if not all(condition.all() for condition in conditions):
        raise RecordingError(f"has {name} that no run writes: write it again")
