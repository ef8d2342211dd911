"""How certain it is that landmarks are those of a person."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vitruvian.types import Landmarks

# Fitted by `python -m benchmarks.people.fit` with Full to 98 examples, as docs/several-people.md
# says: the weights of the logarithms of the four measures of `Evidence`, and the constant.
WEIGHTS = (2.29, 0.5, 2.58, 0.1)
BIAS = 2.99
# Above it, the left-out photographs of that fit have 79 of 117 people, and 4 that are invented.
MIN_CONFIDENCE = 0.7
_SMALLEST = 1e-3  # keeps the logarithms finite


@dataclass(frozen=True)
class Evidence:
    """Four measures in [0, 1] of whether there is a person.

    Each rejects false people that the others accept.

    Attributes:
        detection: the detector's score.
        landmarks: the lower one of the landmark model's two scores.
        agreement: the similarity of the landmark model's two answers.
        visibility: the mean visibility of the second answer.
    """

    detection: float
    landmarks: float
    agreement: float
    visibility: float

    @property
    def logarithms(self) -> tuple[float, ...]:
        """The logarithms of the measures, on which the confidence depends."""
        return tuple(math.log(max(measure, _SMALLEST)) for measure in astuple(self))

    @property
    def confidence(self) -> float:
        """The probability of a person in [0, 1], by logistic regression."""
        terms = zip(WEIGHTS, self.logarithms, strict=True)
        return 1 / (1 + math.exp(-BIAS - sum(weight * value for weight, value in terms)))


def mean_visibility(person: Landmarks) -> float:
    """Return the mean visibility of the landmarks inside of the image, for one person (N = 1).

    So a person who is cut off by the image's edge loses nothing.
    """
    points = person.landmarks[0, :, :2]
    inside = ((points >= 0) & (points <= 1)).all(axis=1)
    return float(person.visibility[0, inside].mean()) if inside.any() else 0.0
