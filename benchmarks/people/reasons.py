"""Why a person was not found: the step of the search at which the last trace of them is lost."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.people.count import FOUND, RESEMBLES
from benchmarks.people.truth import keypoints_px, similarities
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.tracking.confidence import MIN_CONFIDENCE
from vitruvian.tracking.observation import Observer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.people.truth import Photograph
    from vitruvian.tracking.candidates import Candidate
    from vitruvian.tracking.observation import Observation
    from vitruvian.tracking.protocol import Landmark
    from vitruvian.tracking.search import Searcher
    from vitruvian.types import Float64


class Reason(StrEnum):
    """Where a person was lost."""

    NO_CANDIDATE = "no candidate"
    UNDER_HALF = "found, but under 0.5"
    SECOND_LOOK = "refused by the second look"
    MERGED = "candidate merged with another's"
    CONFIDENCE = "refused by confidence"
    DUPLICATE = "taken for somebody else's duplicate"


def reasons(
    searcher: Searcher, landmark: Landmark, photograph: Photograph, found: Sequence[float]
) -> list[Reason | None]:
    """Return why each person was not found, or None for those who were.

    Args:
        searcher: whose steps are repeated.
        landmark: the landmark model of the searcher.
        photograph: the image and its people.
        found: the OKS of the result matched to each person.
    """
    image = photograph.image
    candidates = searcher.candidates(image)
    kept = searcher.observations(image, candidates)
    # Every candidate as it would be seen on its own, without the others.
    observer = Observer(landmark, reference=SOLUTIONS_0_10_21, min_score=0.0)
    seen = [one for one in (observer(image, candidate) for candidate in candidates) if one]
    alone = seen_alone(searcher, photograph, candidates)
    return [
        None if similarity >= FOUND else _reason(photograph, number, similarity, seen, alone, kept)
        for number, similarity in enumerate(found)
    ]


def seen_alone(
    searcher: Searcher, photograph: Photograph, candidates: Iterable[Candidate]
) -> list[Observation]:
    """Return what the searcher sees in each candidate if there is no other."""
    return [
        observation
        for candidate in candidates
        for observation in searcher.observations(photograph.image, [candidate])
    ]


def _reason(
    photograph: Photograph,
    number: int,
    similarity: float,
    seen: Sequence[Observation],
    alone: Sequence[Observation],
    kept: Sequence[Observation],
) -> Reason:
    if not _of_person(seen, photograph, number):
        return Reason.UNDER_HALF if similarity >= RESEMBLES else Reason.NO_CANDIDATE
    if not _of_person(alone, photograph, number):
        return Reason.SECOND_LOOK
    of_person = _of_person(kept, photograph, number)
    if not of_person:
        return Reason.MERGED
    if all(observation.confidence <= MIN_CONFIDENCE for observation in of_person):
        return Reason.CONFIDENCE
    return Reason.DUPLICATE


def _of_person(
    observations: Sequence[Observation], photograph: Photograph, number: int
) -> list[Observation]:
    """Return the observations in which a person is found."""
    return [
        observation
        for observation in observations
        if _similarities(observation, photograph)[number] >= FOUND
    ]


def _similarities(observation: Observation, photograph: Photograph) -> Float64:
    poses_px = keypoints_px(observation.landmarks, photograph.image)
    return np.asarray(similarities(poses_px, photograph.wanted)[0])
