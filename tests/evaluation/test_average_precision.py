"""Average precision, compared with pycocotools, which is another evaluator than ours."""

from __future__ import annotations

import contextlib
import copy
import io
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from tests import tolerances
from tests.support.annotated import (
    annotations_of,
    coco_file,
    crowded,
    entry,
    found_person,
    image_entry,
    people_of,
    read_content,
    results_of,
    true_person,
)
from vitruvian.errors import MissingLibraryError
from vitruvian.evaluation.average_precision import AveragePrecision, Evaluator

if TYPE_CHECKING:
    from pathlib import Path

AP, AP50, AP75, AR = 0, 1, 2, 5  # of COCO's summary


def by_pycocotools(
    content: dict[str, Any], results: list[Any], images: list[int] | None = None
) -> list[float]:
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = copy.deepcopy(content)
        truth.createIndex()
        evaluator = COCOeval(truth, truth.loadRes(copy.deepcopy(results)), "keypoints")
        if images is not None:
            evaluator.params.imgIds = images
        evaluator.evaluate()
        evaluator.accumulate()
        evaluator.summarize()
    return [float(evaluator.stats[i]) for i in (AP, AP50, AP75, AR)]


@pytest.mark.parametrize("seed", range(6))
def test_crowded_images_have_the_precision_of_pycocotools(tmp_path: Path, seed: int) -> None:
    content, results = crowded(seed)
    annotations = read_content(tmp_path, content)
    evaluator = Evaluator(annotations, results_of(annotations, *people_of(results)))
    everything = np.arange(len(annotations.images))
    np.testing.assert_allclose(
        evaluator.average_precision(everything),
        by_pycocotools(content, results),
        atol=tolerances.OTHER_EVALUATOR,
    )
    for group in annotations.groups:
        images = annotations.in_group(group)
        ids = [annotations.images[i].id for i in images]
        np.testing.assert_allclose(
            evaluator.average_precision(images),
            by_pycocotools(content, results, ids),
            atol=tolerances.OTHER_EVALUATOR,
        )


def test_of_equally_certain_people_the_one_of_the_smaller_id_comes_first(tmp_path: Path) -> None:
    """The order of the file would give another precision."""
    images, people = [image_entry(20), image_entry(3)], [entry(1, 20), entry(2, 3)]
    content = coco_file(images=images, annotations=people)
    wrong = (np.array(people[0]["keypoints"]) + 200).tolist()
    results = [
        {"image_id": 20, "category_id": 1, "keypoints": people[0]["keypoints"], "score": 1.0},
        {"image_id": 3, "category_id": 1, "keypoints": wrong, "score": 1.0},
    ]
    annotations = read_content(tmp_path, content)
    evaluator = Evaluator(annotations, results_of(annotations, *people_of(results)))
    (expected, *_) = by_pycocotools(content, results)
    assert expected == pytest.approx(51 / 101 / 2)
    assert evaluator.average_precision(np.arange(2)).ap == pytest.approx(expected)


def test_annotations_may_count_from_0(tmp_path: Path) -> None:
    """COCO's evaluator takes an annotation with the id 0 for none."""
    content = coco_file(images=[image_entry(0)], annotations=[entry(0, 0)])
    annotations = read_content(tmp_path, content)
    found = found_person(true_person().keypoints_px, 0)
    assert Evaluator(annotations, results_of(annotations, found)).average_precision(
        np.arange(1)
    ) == (1, 1, 1, 1)


def test_nobody_found_is_zero_and_nobody_annotated_is_nothing() -> None:
    annotations = annotations_of((true_person(),), ())
    evaluator = Evaluator(annotations, results_of(annotations))
    assert evaluator.average_precision(np.array([0, 1])) == (0, 0, 0, 0)
    assert np.isnan(evaluator.average_precision(np.array([1]))).all()
    curves = evaluator.precision_recall()
    assert AveragePrecision.of(*curves.summary(np.ones((1, 2)))).ap == 0
    nobody = curves.within(np.array([1]))
    assert np.isnan(AveragePrecision.of(*nobody.summary(np.ones((1, 1))))).all()


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    annotations = annotations_of((true_person(),))
    found = found_person(true_person().keypoints_px)
    Evaluator(annotations, results_of(annotations, found)).precision_recall()
    assert capfd.readouterr() == ("", "")


def test_a_missing_library_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faster_coco_eval", None)
    annotations = annotations_of((true_person(),))
    with pytest.raises(MissingLibraryError, match=r"run pip install 'vitruvian\[evaluation\]'\.$"):
        Evaluator(annotations, results_of(annotations))
