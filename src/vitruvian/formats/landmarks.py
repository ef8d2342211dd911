"""The person of a prediction from BlazePose's 33 landmarks, for all formats that have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.formats.points import predicted
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import ArrayLike, NDArray

    from vitruvian.formats.entries import Entry
    from vitruvian.prediction import PredictedPerson, VideoFrame


def person_of_landmarks(
    image: int | str | VideoFrame,
    points: NDArray[np.float64],
    visibility: NDArray[np.float64],
    **others: Any,
) -> PredictedPerson:
    """Return a person from (33, 2) normalized landmarks and (33,) visibility.

    The score is the mean visibility of COCO's 17 keypoints, or 1 if no visibility is given. So the
    average precision of a result is the same from each of its formats.

    Args:
        image: as in `PredictedPerson`.
        points: x, y.
        visibility: the confidences of the keypoints; NaN if not given.
        others: attributes of `PredictedPerson`.
    """
    score = 1.0 if np.isnan(visibility).all() else None
    return predicted(
        image,
        LANDMARK_NAMES,
        points,
        visibility,
        score,
        landmarks=points,
        is_normalized=True,
        **others,
    )


def as_float32(values: ArrayLike) -> NDArray[np.float64]:
    """Return the float32 numbers that our own files give in their shortest form."""
    return np.asarray(values, np.float32).astype(np.float64)


def landmark_values(entry: Entry, keys: tuple[str, ...], optional: str = "") -> NDArray[np.float64]:
    """Return the values of a list of 33 objects, (33, keys), NaN where `optional` is missing."""
    landmarks = list(entry)
    if len(landmarks) != len(LANDMARK_NAMES):
        raise entry.error(f"has {len(landmarks)} landmarks: give {len(LANDMARK_NAMES)}")
    return np.array(
        [
            [
                np.nan if key == optional and one.get(key) is None else one[key].number()
                for key in keys
            ]
            for one in landmarks
        ]
    )
