"""COCO's average precision of keypoints, computed by faster-coco-eval."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from vitruvian.errors import MissingLibraryError
from vitruvian.evaluation.precision_recall import PrecisionRecall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.evaluation.annotations import Annotations
    from vitruvian.evaluation.system_results import SystemResults
    from vitruvian.prediction import PredictedPerson
    from vitruvian.types import Float64

# Of cocodataset.org, "Keypoint evaluation".
OKS_THRESHOLDS = np.linspace(0.5, 0.95, 10)
MAX_PEOPLE_FOUND = 20  # in an image; less certain ones are left out
_ALL_AREAS_PX2 = [0, 1e5**2]
_PERSON = 1  # the only category


class AveragePrecision(NamedTuple):
    """COCO's summary, in [0, 1]; NaN if no annotated person counts.

    Each is a float, or an array (B,) of resamplings.

    Attributes:
        ap: average precision, the mean over `OKS_THRESHOLDS`.
        ap50: average precision at 0.5.
        ap75: average precision at 0.75.
        ar: average recall, the mean over `OKS_THRESHOLDS`.
    """

    ap: Any
    ap50: Any
    ap75: Any
    ar: Any

    @classmethod
    def of(cls, precisions: Float64, recalls: Float64) -> AveragePrecision:
        """Return the summary of the precision and the recall at each threshold, (T, ...)."""
        return cls(precisions.mean(axis=0), precisions[0], precisions[5], recalls.mean(axis=0))


def load_library() -> Any:
    """Return the module of faster-coco-eval.

    Raises:
        MissingLibraryError: it is not installed.
    """
    try:
        return import_module("faster_coco_eval")
    except ImportError as error:
        raise MissingLibraryError(
            f"Average precision needs faster-coco-eval ({error}): run "
            "pip install 'vitruvian[evaluation]'."
        ) from error


class Evaluator:
    """COCO's evaluator, for the results of one system.

    Raises:
        MissingLibraryError: faster-coco-eval is not installed.
    """

    def __init__(self, annotations: Annotations, results: SystemResults) -> None:
        library = load_library()
        self._annotations, self._found = annotations, results.people
        # Images are evaluated in the order of their ids, which decides who comes first of two
        # equally certain people. Numbers cannot be compared with texts.
        ids = [(isinstance(image.id, str), image.id) for image in annotations.images]
        self._order = sorted(range(len(ids)), key=ids.__getitem__)
        self._ids = np.argsort(self._order) + 1
        truth = library.COCO(_annotations_for_coco(annotations, self._ids))
        results_of_truth = truth.loadRes(_results_for_coco(results.people, self._ids))
        self._evaluator = library.COCOeval_faster(truth, results_of_truth, "keypoints")
        self._evaluator.params.catIds = [_PERSON]
        self._evaluator.params.areaRng = [_ALL_AREAS_PX2]
        self._evaluator.params.areaRngLbl = ["all"]
        self._evaluator.params.maxDets = [MAX_PEOPLE_FOUND]
        self._run(np.arange(len(ids)), OKS_THRESHOLDS)
        # Similarities take most of the time, and are the same in all further runs.
        known = self._evaluator.ious
        self._evaluator.computeOks = lambda image, category: known[image, category]

    def average_precision(self, images: NDArray[np.intp]) -> AveragePrecision:
        """Return the summary for some of the images, (N,) of their numbers."""
        found = self._run(images, OKS_THRESHOLDS)
        precisions, recalls = found["precision"][:, :, 0, 0, 0], found["recall"][:, 0, 0, 0]
        if (recalls < 0).any():  # COCO's mark where nobody counts
            precisions, recalls = precisions * np.nan, recalls * np.nan
        return AveragePrecision(*map(float, AveragePrecision.of(precisions.mean(axis=1), recalls)))

    def precision_recall(self) -> PrecisionRecall:
        """Return which of the people found are right, at each threshold."""
        first_ids = np.cumsum([1, *(len(people) for people in self._found)])  # as of `loadRes`
        images, ids, scores = [], [], []
        for image in self._order:
            image_scores = np.array([person.score for person in self._found[image]])
            most_certain = np.argsort(-image_scores, kind="stable")[:MAX_PEOPLE_FOUND]
            images += [image] * len(most_certain)
            ids += (first_ids[image] + most_certain).tolist()
            scores += image_scores[most_certain].tolist()
        order = np.argsort(-np.array(scores), kind="stable")
        column_of = {ids[number]: column for column, number in enumerate(order)}
        truth = [person for image in self._annotations.images for person in image.people]
        is_right, is_ignored = np.zeros((2, len(OKS_THRESHOLDS), len(ids)), bool)
        for row, threshold in enumerate(OKS_THRESHOLDS):
            result = self._run(np.arange(len(self._ids)), np.array([threshold]))
            for pair in result["matched"]:
                found_id, true_id = map(int, pair.split("_"))
                matched = is_right if truth[true_id - 1].counts else is_ignored
                matched[row, column_of[found_id]] = True
        people = [sum(p.counts for p in image.people) for image in self._annotations.images]
        numbers = np.array(images, np.intp)[order]
        return PrecisionRecall(numbers, is_right, is_ignored, np.array(people))

    def _run(self, images: NDArray[np.intp], thresholds: Float64) -> dict[str, Any]:
        self._evaluator.params.imgIds = self._ids[images].tolist()
        self._evaluator.params.iouThrs = thresholds
        self._evaluator.evaluate()
        result: dict[str, Any] = self._evaluator.eval
        return result


def _annotations_for_coco(annotations: Annotations, ids: NDArray[np.intp]) -> dict[str, Any]:
    """Return annotations as the evaluator reads them. Ids count from 1, as it takes 0 for none."""
    people = [
        (image_id, person)
        for image_id, image in zip(ids.tolist(), annotations.images, strict=True)
        for person in image.people
    ]
    return {
        "categories": [{"id": _PERSON, "name": "person"}],
        "images": [{"id": image_id} for image_id in ids.tolist()],
        "annotations": [
            {
                "id": number,
                "image_id": image_id,
                "category_id": _PERSON,
                "keypoints": _flat(person.keypoints_px, person.labelled),
                "num_keypoints": int(person.labelled.sum()),
                "bbox": person.box_px.tolist(),
                "area": person.area_px2,
                "iscrowd": int(person.is_crowd),
            }
            for number, (image_id, person) in enumerate(people, 1)
        ],
    }


def _results_for_coco(
    found: Sequence[Sequence[PredictedPerson]], ids: NDArray[np.intp]
) -> list[dict[str, Any]]:
    """Return results as the evaluator reads them."""
    return [
        {
            "image_id": image_id,
            "category_id": _PERSON,
            "keypoints": _flat(person.keypoints, np.ones(len(person.keypoints), bool)),
            "score": person.score,
        }
        for image_id, people in zip(ids.tolist(), found, strict=True)
        for person in people
    ]


def _flat(keypoints_px: Float64, labelled: NDArray[np.bool_]) -> list[float]:
    """Return x, y and label of each keypoint. COCO writes a point that is not there as 0, 0."""
    points = np.concatenate((np.nan_to_num(keypoints_px), labelled[:, np.newaxis]), axis=1)
    return list(points.ravel().tolist())
