"""Examples of people and of what is none: what the landmark model sees in annotated photographs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.people.ceiling import best_similarities
from benchmarks.people.count import FOUND, RESEMBLES
from benchmarks.people.systems import searcher
from benchmarks.people.truth import keypoints_px, lies_in, similarities
from vitruvian.networks import Networks
from vitruvian.options import PoseOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.people.truth import Photograph
    from vitruvian.options import Model
    from vitruvian.tracking.observation import Observation
    from vitruvian.tracking.similarity import Body
    from vitruvian.types import Float64

LOW_SCORE = 0.3  # of the detector: so there are more examples of what is no person


@dataclass(frozen=True)
class Seen:
    """What the landmark model sees in a photograph.

    Attributes:
        photograph: the photograph.
        group: the name of the folder of the photograph.
        observations: of the candidates that a search takes.
        features: (N, 5) of the examples.
        is_person: (N,) 1 or 0.
        ceiling: the best OKS of each person to be found, if the model is told where they are.
    """

    photograph: Photograph
    group: str
    observations: list[Observation]
    features: Float64
    is_person: Float64
    ceiling: list[float]


def seen_by(model: Model, photographs: Sequence[Photograph]) -> list[Seen]:
    """Return what the landmark model of a name sees in each photograph."""
    options = PoseOptions(model_complexity=model, engine="litert")
    networks = Networks(options)
    search = searcher(networks, min_confidence=LOW_SCORE)
    seen = []
    for photograph in photographs:
        candidates = search.candidates(photograph.image)
        features, is_person = examples(
            search.observations(photograph.image, candidates), photograph
        )
        taken = [one for one in candidates if one.score >= options.min_detection_confidence]
        seen.append(
            Seen(
                photograph=photograph,
                group=photograph.path.parent.name,
                observations=search.observations(photograph.image, taken),
                features=features,
                is_person=is_person,
                ceiling=best_similarities(networks.landmark, photograph),
            )
        )
    return seen


def examples(
    observations: Sequence[Observation], photograph: Photograph
) -> tuple[Float64, Float64]:
    """Return the features of all examples in a photograph, (N, 5), and (N,) 1 for each person."""
    bodies: list[Body] = []
    features, labels = [], []
    for one in sorted(observations, key=lambda one: -one.confidence):
        label = _label(one, photograph)
        if label is not None and not is_duplicate(one.body, bodies):
            bodies.append(one.body)
            features.append(one.evidence.features)
            labels.append(label)
    return np.reshape(features, (-1, 5)), np.array(labels, np.float64)


def is_duplicate(body: Body, others: Sequence[Body]) -> bool:
    """Return whether a body is another one, or a part of it."""
    return any(body.is_same_person_as(other) or body.is_part_of(other) for other in others)


def _label(observation: Observation, photograph: Photograph) -> float | None:
    """Return whether an observation is a person, or None if that is not known."""
    pose_px = keypoints_px(observation.landmarks, photograph.image)
    labelled = tuple(person for person in photograph.others if person.labelled.any())
    best = max(similarities(pose_px, (*photograph.wanted, *labelled))[0], default=0.0)
    if best >= FOUND:
        return 1.0
    in_box = any(lies_in(pose_px[0], other.box_px) for other in photograph.others)
    return None if best >= RESEMBLES or in_box else 0.0
