"""How certain it is that landmarks are those of a person."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vitruvian.types import Landmarks

# The weights of `Evidence.features`, and the constant: `python -m benchmarks.people.fit` fits
# them to 437 examples of all three models. docs/several-people.md says which.
WEIGHTS = (2.85, 2.01, 1.66, 2.87, 0.68)
BIAS = 1.43
# The fit chooses 0.6 to 0.7, depending on which photographs are left out.
MIN_CONFIDENCE = 0.65
_SMALLEST = 1e-3  # keeps the logarithms finite


@dataclass(frozen=True)
class Evidence:
    """Five measures in [0, 1] of whether there is a person.

    Each rejects false people that the others accept. Those of the landmark model are 1 before it
    has answered: then the confidence is the highest one that is possible.

    Attributes:
        detection: the detector's score.
        uprightness: the cosine of the body's incline from upright; 0 if it lies or is upside down.
        landmarks: the lower one of the landmark model's two scores.
        agreement: the similarity of the landmark model's two answers.
        visibility: the mean visibility of the second answer.
    """

    detection: float
    uprightness: float
    landmarks: float = 1.0
    agreement: float = 1.0
    visibility: float = 1.0

    @property
    def features(self) -> tuple[float, ...]:
        """The uprightness, and the logarithms of the other measures."""
        return (
            _logarithm(self.detection),
            self.uprightness,
            _logarithm(self.landmarks),
            _logarithm(self.agreement),
            _logarithm(self.visibility),
        )

    @property
    def confidence(self) -> float:
        """The probability of a person in [0, 1], by logistic regression."""
        terms = zip(WEIGHTS, self.features, strict=True)
        return 1 / (1 + math.exp(-BIAS - sum(weight * value for weight, value in terms)))


def _logarithm(measure: float) -> float:
    return math.log(max(measure, _SMALLEST))


def mean_visibility(person: Landmarks) -> float:
    """Return the mean visibility of the landmarks inside of the image, for one person (N = 1).

    So a person who is cut off by the image's edge loses nothing.
    """
    points = person.landmarks[0, :, :2]
    inside = ((points >= 0) & (points <= 1)).all(axis=1)
    return float(person.visibility[0, inside].mean()) if inside.any() else 0.0
