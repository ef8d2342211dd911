"""The annotated people of all images beside the people whom a system found for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.evaluation.assignment import assign, similarities

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.evaluation.annotations import Annotations, TruePerson
    from vitruvian.evaluation.system_results import SystemResults
    from vitruvian.prediction import PredictedPerson
    from vitruvian.types import Float64


@dataclass(frozen=True, eq=False)
class Matches:
    """The P annotated people who count, and who was found for each.

    Attributes:
        image_count: of the annotations, also those without people.
        images: (P,) the number of each person's image.
        truth: the annotated people.
        found: who was found for each, or None.
        similarities: (P,) object keypoint similarity; 0 if nobody was found.
        labelled: (P, 17) bool: the keypoint is labelled.
        errors_px: (P, 17) distance of each found keypoint from the labelled one; NaN if the
            keypoint is not labelled or not found.
    """

    image_count: int
    images: NDArray[np.intp]
    truth: tuple[TruePerson, ...]
    found: tuple[PredictedPerson | None, ...]
    similarities: Float64
    labelled: NDArray[np.bool_]
    errors_px: Float64

    @property
    def is_found(self) -> NDArray[np.bool_]:
        """Whether somebody was found for each person, (P,)."""
        return np.array([person is not None for person in self.found], bool)


def match_people(annotations: Annotations, results: SystemResults) -> Matches:
    """Assign the people found in each image to the annotated ones, by `assignment.assign`."""
    images: list[int] = []
    truth: list[TruePerson] = []
    found: list[PredictedPerson | None] = []
    oks: list[float] = []
    for number, (image, people) in enumerate(zip(annotations.images, results.people, strict=True)):
        counted = [person for person in image.people if person.counts]
        assigned = assign(counted, people)
        values = similarities(counted, people) if counted and people else np.zeros((0, 0))
        for i, j in enumerate(assigned):
            images.append(number)
            truth.append(counted[i])
            found.append(people[j] if j >= 0 else None)
            oks.append(float(values[i, j]) if j >= 0 else 0.0)
    true_px = np.array([person.keypoints_px for person in truth]).reshape(-1, 17, 2)
    nowhere = np.full((17, 2), np.nan)
    found_px = np.array([nowhere if p is None else p.keypoints for p in found]).reshape(-1, 17, 2)
    return Matches(
        len(annotations.images),
        np.array(images, np.intp),
        tuple(truth),
        tuple(found),
        np.array(oks),
        ~np.isnan(true_px[..., 0]),
        np.linalg.norm(true_px - found_px, axis=2),
    )
