"""Whether the coordinates of a system are pixels, or fractions of the image's width and height.

This is decided over all people of all files, as a single person may be anywhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.errors import EvaluationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.prediction import PredictedPerson

# Fractions may lie outside of the image by a part of a body. No image is two pixels wide.
_MAX_FRACTION = 2.0
# Half of the points of all people are not this far outside of their images.
_MAX_MEDIAN_FRACTION = 5.0


def in_pixels(people: list[PredictedPerson], place: str) -> list[PredictedPerson]:
    """Return the people if their coordinates can be pixels.

    Args:
        people: who a system found.
        place: the file, or the name of the system, for messages.

    Raises:
        EvaluationError: all coordinates are fractions.
    """
    if 0 < largest(people) <= _MAX_FRACTION:
        raise EvaluationError(
            f"{place} has coordinates from 0 to 1 only, where pixels are meant: multiply them by "
            "the width and the height of the image."
        )
    return people


def in_fractions(people: list[PredictedPerson], place: str) -> list[PredictedPerson]:
    """Return the people, whose coordinates are marked as normalized already.

    Raises:
        EvaluationError: the coordinates are pixels.
    """
    values = np.abs([person.keypoints for person in people]).ravel()
    values = values[~np.isnan(values)]
    if len(values) and np.median(values) > _MAX_MEDIAN_FRACTION:
        raise EvaluationError(
            f"{place} has coordinates in pixels, where normalized ones are meant: divide them by "
            "the width and the height of the image."
        )
    return people


def in_either(people: list[PredictedPerson], _place: str) -> list[PredictedPerson]:
    """Return the people, marked as normalized if all coordinates are fractions."""
    if largest(people) > _MAX_FRACTION:
        return people
    return [replace(person, is_normalized=True) for person in people]


def largest(people: Sequence[PredictedPerson]) -> float:
    """Return the largest coordinate of all keypoints, without its sign, or 0."""
    values = np.array([person.keypoints for person in people])
    return float(np.nan_to_num(np.abs(values)).max(initial=0.0))
