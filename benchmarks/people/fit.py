"""Fit the weights of the confidence, and print what they find in photographs that are left out.

    python -m benchmarks.people.fit [--model NAME]... [--folds 10] (ANNOTATIONS FOLDER)...

Logistic regression on `Evidence.features`, with a small penalty of the weights' squares. One set of
weights is fitted to the examples of all models. The examples are what the landmark model sees in
all candidates, also those with a low score of the detector. An observation is a person if its OKS
with an annotated person is at least 0.5. It is none if it resembles nobody, and lies in no box of a
person with few labelled keypoints. Others, and duplicates of a better observation, are not used.

The photographs are divided into folds. For each fold, the weights are fitted to the others, and the
confidence from which an observation is a person is chosen on the others: the one with most people
found, less those invented. The table counts what both find in the fold. Give images in which
everyone is annotated.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

from benchmarks.people.count import FOUND, Count
from benchmarks.people.examples import is_duplicate, seen_by
from benchmarks.people.truth import keypoints_px, read_photographs
from vitruvian.options import MODELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.people.examples import Seen
    from vitruvian.options import Model
    from vitruvian.tracking.similarity import Body
    from vitruvian.types import Float64

PENALTY = 1.0  # of the squares of the weights, which are a few units large
THRESHOLDS = tuple(np.arange(0.5, 0.85, 0.05).round(2))
_STEPS = 30  # Newton's method has converged long before


def fitted(features: Float64, is_person: Float64) -> Float64:
    """Return the weights and the constant, by Newton's method.

    Args:
        features: (N, F) of N examples.
        is_person: (N,) 1 or 0.
    """
    inputs = np.column_stack((features, np.ones(len(features))))
    penalty = np.diag((PENALTY,) * features.shape[1] + (0.0,))
    weights = np.zeros(inputs.shape[1])
    for _ in range(_STEPS):
        probability = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (probability - is_person) + penalty @ weights
        curvature = (inputs.T * probability * (1 - probability)) @ inputs + penalty
        weights -= np.linalg.solve(curvature, gradient)
    return weights


def fitted_to(seen: Sequence[Seen]) -> Float64:
    """Return the weights and the constant, (6,), of all examples in some photographs."""
    return fitted(
        np.concatenate([one.features for one in seen]),
        np.concatenate([one.is_person for one in seen]),
    )


def found_by(seen: Seen, weights: Float64, threshold: float) -> Float64:
    """Return the poses, (N, 17, 2) in pixels, that weights and a threshold find."""
    bodies: list[Body] = []
    poses_px = []
    confidences = [
        1 / (1 + np.exp(-weights @ (*one.evidence.features, 1))) for one in seen.observations
    ]
    for number in np.argsort(confidences)[::-1]:
        body = seen.observations[number].body
        if confidences[number] <= threshold:
            break
        if not is_duplicate(body, bodies):
            bodies.append(body)
            landmarks = seen.observations[number].landmarks
            poses_px.append(keypoints_px(landmarks, seen.photograph.image)[0])
    return np.reshape(poses_px, (-1, 17, 2))


def best_threshold(seen: Sequence[Seen], weights: Float64) -> float:
    """Return the confidence with most people found, less those invented."""

    def gain(threshold: float) -> int:
        count = Count()
        for one in seen:
            count.add(found_by(one, weights, threshold), one.photograph)
        return sum(oks >= FOUND for oks in count.similarities) - sum(count.invented)

    return max(THRESHOLDS, key=gain)


def print_left_out(seen: dict[Model, list[Seen]], folds: int) -> None:
    """Print what is found in the photographs of each folder while they are left out of the fit."""
    rows = {(model, one.group): Count() for model, ones in seen.items() for one in ones}
    thresholds = []
    for fold in range(folds):
        others = [
            one for ones in seen.values() for index, one in enumerate(ones) if index % folds != fold
        ]
        weights = fitted_to(others)
        thresholds.append(best_threshold(others, weights))
        for model, ones in seen.items():
            for one in ones[fold::folds]:
                poses_px = found_by(one, weights, thresholds[-1])
                rows[model, one.group].add(poses_px, one.photograph)
    print("confidence from which an observation is a person, of each fold:", *thresholds)
    print("\n| folder | model | found at 0.5 | at 0.75 | invented | ms | ceiling |")
    print("|---" * 7 + "|")
    for (model, group), count in rows.items():
        ceiling = [oks for one in seen[model] if one.group == group for oks in one.ceiling]
        reached = sum(oks >= FOUND for oks in ceiling)
        print(f"| {group} | {model} | {count.row()} | {reached}/{len(ceiling)} |")


@click.command(help=__doc__)
@click.argument("truth", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--model", "models", multiple=True, type=click.Choice(MODELS), default=MODELS)
@click.option("--folds", type=click.IntRange(2), default=10, show_default=True)
def main(truth: tuple[Path, ...], models: tuple[Model, ...], folds: int) -> None:
    """Print the weights and the table."""
    if len(truth) % 2:
        raise click.UsageError("TRUTH is pairs: give a folder after each file of annotations.")
    pairs = zip(truth[::2], truth[1::2], strict=True)
    photographs = [one for pair in pairs for one in read_photographs(*pair)]
    seen = {model: seen_by(model, photographs) for model in models}
    everything = [one for ones in seen.values() for one in ones]
    people = sum(int(one.is_person.sum()) for one in everything)
    print(f"{sum(len(one.is_person) for one in everything)} examples, {people} of them people")
    weights = fitted_to(everything)
    print("weights and constant:", *weights.round(2))
    print("confidence from which an observation is a person:", best_threshold(everything, weights))
    print_left_out(seen, folds)


if __name__ == "__main__":
    main()
