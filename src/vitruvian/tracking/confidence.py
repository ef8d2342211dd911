"""How certain it is that landmarks are those of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vitruvian.types import Landmarks


def mean_visibility(person: Landmarks) -> float:
    """Return the mean visibility of the landmarks inside of the image, for one person (N = 1).

    So a person who is cut off by the image's edge loses nothing.
    """
    points = person.landmarks[0, :, :2]
    inside = ((points >= 0) & (points <= 1)).all(axis=1)
    return float(person.visibility[0, inside].mean()) if inside.any() else 0.0
