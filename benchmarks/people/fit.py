"""Fit the weights of the confidence, and print what they find in photographs that are left out.

    python -m benchmarks.people.fit [--model NAME] [--folds 8] (ANNOTATIONS FOLDER)...

Logistic regression on the logarithms of the four measures in `vitruvian.tracking.confidence`, with
a small penalty of the weights' squares. The examples are what the landmark model sees in all
candidates, also those with a low score of the detector. An observation is a person if its OKS with
an annotated person is at least 0.5. It is none if it resembles nobody, and lies in no box of a
person with few labelled keypoints. Others, and duplicates of a better observation, are not used.

The photographs are divided into folds. For each fold, the weights are fitted to the others, and the
table counts what they find in it. Give images in which everyone is annotated.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

from benchmarks.people.count import FOUND, RESEMBLES, Count
from benchmarks.people.systems import searcher
from benchmarks.people.truth import keypoints_px, lies_in, read_photographs, similarities
from vitruvian.assembly import Networks
from vitruvian.options import MODELS, PoseOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.people.truth import Photograph
    from vitruvian.options import Model
    from vitruvian.tracking.observation import Observation
    from vitruvian.tracking.similarity import Body
    from vitruvian.types import Float64

LOW_SCORE = 0.3  # of the detector: so there are more examples of what is no person
PENALTY = 1.0  # of the squares of the weights, which are a few units large
THRESHOLDS = (0.5, 0.7, 0.8, 0.85, 0.88, 0.9, 0.92)
_STEPS = 30  # Newton's method has converged long before


@dataclass(frozen=True)
class Seen:
    """What the landmark model sees in a photograph.

    Attributes:
        photograph: the photograph.
        observations: of all candidates.
        measures: (N, 4) logarithms of the measures of those observations that are examples.
        is_person: (N,) 1 or 0.
    """

    photograph: Photograph
    observations: list[Observation]
    measures: Float64
    is_person: Float64

    @classmethod
    def of(cls, photograph: Photograph, observations: list[Observation]) -> Seen:
        """Return the examples of a photograph."""
        examples: list[Observation] = []
        labels = []
        for one in sorted(observations, key=lambda one: -one.confidence):
            is_duplicate = any(
                one.body.is_same_person_as(other.body) or one.body.is_part_of(other.body)
                for other in examples
            )
            label = _label(one, photograph)
            if label is not None and not is_duplicate:
                examples.append(one)
                labels.append(label)
        measures = [one.evidence.logarithms for one in examples]
        return cls(
            photograph, observations, np.reshape(measures, (-1, 4)), np.array(labels, np.float64)
        )


def _label(observation: Observation, photograph: Photograph) -> float | None:
    """Return whether an observation is a person, or None if that is not known."""
    pose_px = keypoints_px(observation.landmarks, photograph.image)
    labelled = tuple(person for person in photograph.others if person.labelled.any())
    best = max(similarities(pose_px, (*photograph.wanted, *labelled))[0], default=0.0)
    if best >= FOUND:
        return 1.0
    in_box = any(lies_in(pose_px[0], other.box_px) for other in photograph.others)
    return None if best >= RESEMBLES or in_box else 0.0


def fitted(seen: Sequence[Seen]) -> Float64:
    """Return the four weights and the constant, (5,), by Newton's method."""
    measures = np.concatenate([one.measures for one in seen])
    is_person = np.concatenate([one.is_person for one in seen])
    inputs = np.column_stack((measures, np.ones(len(measures))))
    penalty = np.diag((PENALTY,) * 4 + (0.0,))
    weights = np.zeros(5)
    for _ in range(_STEPS):
        probability = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (probability - is_person) + penalty @ weights
        curvature = (inputs.T * probability * (1 - probability)) @ inputs + penalty
        weights -= np.linalg.solve(curvature, gradient)
    return weights


def found_by(seen: Seen, weights: Float64, threshold: float) -> Float64:
    """Return the poses, (N, 17, 2) in pixels, that weights and a threshold find."""
    bodies: list[Body] = []
    poses_px = []
    confidences = [
        1 / (1 + np.exp(-weights @ (*one.evidence.logarithms, 1))) for one in seen.observations
    ]
    for number in np.argsort(confidences)[::-1]:
        body = seen.observations[number].body
        if confidences[number] <= threshold:
            break
        if not any(body.is_same_person_as(other) or body.is_part_of(other) for other in bodies):
            bodies.append(body)
            landmarks = seen.observations[number].landmarks
            poses_px.append(keypoints_px(landmarks, seen.photograph.image)[0])
    return np.reshape(poses_px, (-1, 17, 2))


def observations_of(model: Model, photographs: Sequence[Photograph]) -> list[Seen]:
    """Return what the landmark model sees in all candidates."""
    networks = Networks(PoseOptions(model_complexity=model, engine="litert"))
    search = searcher(networks, min_confidence=LOW_SCORE)
    return [
        Seen.of(one, search.observations(one.image, search.candidates(one.image)))
        for one in photographs
    ]


@click.command(help=__doc__)
@click.argument("truth", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--model", type=click.Choice(MODELS), default="full", show_default=True)
@click.option("--folds", type=click.IntRange(2), default=8, show_default=True)
def main(truth: tuple[Path, ...], model: Model, folds: int) -> None:
    """Print the weights and the table."""
    if len(truth) % 2:
        raise click.UsageError("TRUTH is pairs: give a folder after each file of annotations.")
    pairs = zip(truth[::2], truth[1::2], strict=True)
    photographs = [one for pair in pairs for one in read_photographs(*pair)]
    seen = observations_of(model, photographs)
    examples = np.concatenate([one.is_person for one in seen])
    print(f"{len(examples)} examples, of which {int(examples.sum())} are people")
    print("weights and constant, of all images:", *fitted(seen).round(2))
    by_fold = [
        fitted([other for number, other in enumerate(seen) if number % folds != fold])
        for fold in range(folds)
    ]
    print("\n| confidence | found | found well | invented | ms |\n|---|---|---|---|---|")
    for threshold in THRESHOLDS:
        count = Count()
        for number, one in enumerate(seen):
            count.add(found_by(one, by_fold[number % folds], threshold), one.photograph)
        print(f"| {threshold} | {count.row()} |")


if __name__ == "__main__":
    main()
