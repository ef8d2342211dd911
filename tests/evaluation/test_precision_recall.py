"""The curves of resampled images, compared with COCO's evaluator on images that are there twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests import tolerances
from tests.support.annotated import crowded, people_of, read_content, results_of
from vitruvian.evaluation.average_precision import AveragePrecision, Evaluator

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.evaluation.annotations import Annotations
    from vitruvian.evaluation.system_results import SystemResults
    from vitruvian.types import Float64


def copied(
    annotations: Annotations, results: SystemResults, weights: Float64
) -> tuple[Annotations, SystemResults]:
    """Return images and results, each as often as its weight says."""
    numbers = np.repeat(np.arange(len(weights)), weights.astype(int)).tolist()
    images = tuple(replace(annotations.images[n], id=i) for i, n in enumerate(numbers))
    people = tuple(results.people[n] for n in numbers)
    return replace(annotations, images=images), replace(results, people=people)


@pytest.fixture
def scored(tmp_path: Path) -> tuple[Annotations, SystemResults]:
    content, found = crowded(11, images=25)
    # COCO puts equally certain people of copied images one after the other, image by image.
    for score, result in enumerate(found):
        result["score"] = score
    annotations = read_content(tmp_path, content)
    ordered = replace(annotations, images=tuple(sorted(annotations.images, key=lambda i: i.id)))
    return ordered, results_of(ordered, *people_of(found))


def test_resampled_images_have_the_precision_of_copied_ones(
    scored: tuple[Annotations, SystemResults],
) -> None:
    annotations, results = scored
    curves = Evaluator(annotations, results).precision_recall()
    count = len(annotations.images)
    draws = np.random.default_rng(1).multinomial(count, np.full(count, 1 / count), 8)
    weights = np.concatenate((np.ones((1, count)), draws))
    ours = np.array(AveragePrecision.of(*curves.summary(weights)))
    for column, weight in enumerate(weights):
        many, results_of_many = copied(annotations, results, weight)
        expected = Evaluator(many, results_of_many).average_precision(np.arange(len(many.images)))
        np.testing.assert_allclose(ours[:, column], expected, atol=tolerances.RESAMPLED_PRECISION)


def test_some_images_have_the_precision_that_weights_of_0_give(
    scored: tuple[Annotations, SystemResults],
) -> None:
    annotations, results = scored
    curves = Evaluator(annotations, results).precision_recall()
    some = np.array([1, 4, 5, 9, 20])
    weights = np.zeros((1, len(annotations.images)))
    weights[:, some] = [3, 1, 0, 2, 1]
    np.testing.assert_allclose(
        curves.within(some).summary(weights[:, some]), curves.summary(weights), rtol=1e-12
    )


def test_resamplings_are_computed_in_parts(
    scored: tuple[Annotations, SystemResults], monkeypatch: pytest.MonkeyPatch
) -> None:
    annotations, results = scored
    curves = Evaluator(annotations, results).precision_recall()
    weights = np.random.default_rng(2).integers(0, 3, (7, len(annotations.images))).astype(float)
    together = curves.summary(weights)
    monkeypatch.setattr("vitruvian.evaluation.precision_recall._MAX_COUNTS", 3 * len(curves.images))
    np.testing.assert_array_equal(curves.summary(weights), together)
