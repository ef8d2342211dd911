"""IDF1 and HOTA, which say how well identities are kept in videos, computed by trackeval."""

from __future__ import annotations

import contextlib
import io
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from vitruvian.errors import MissingLibraryError
from vitruvian.evaluation.assignment import similarities

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from numpy.typing import NDArray

    from vitruvian.evaluation.annotations import Annotations
    from vitruvian.evaluation.system_results import SystemResults

_SAME_PERSON_OKS = 0.5  # as in COCO's AP50


class Identities(NamedTuple):
    """How well identities are kept, in [0, 1].

    Attributes:
        idf1: F1 score of the identities, with people who are similar by 0.5 or more.
        hota: higher-order tracking accuracy, the mean over similarities of 0.05 to 0.95.
    """

    idf1: float
    hota: float


def has_identities(annotations: Annotations, results: SystemResults) -> bool:
    """Return whether both truth and results have ids of people in videos."""
    return any(
        p.track_id is not None for image in annotations.images for p in image.people
    ) and any(person.track_id is not None for people in results.people for person in people)


def load_trackeval() -> Any:
    """Return the metrics of trackeval.

    Raises:
        MissingLibraryError: trackeval or scipy is not installed.
    """
    try:
        # It prints which of its benchmarks lack a library; none of these is needed.
        with contextlib.redirect_stdout(io.StringIO()):
            return import_module("trackeval.metrics")
    except ImportError as error:
        raise MissingLibraryError(
            f"IDF1 and HOTA need trackeval and scipy ({error}): run "
            "pip install --no-deps trackeval, and pip install scipy."
        ) from error


def identities(
    metrics: Any, annotations: Annotations, results: SystemResults, images: NDArray[np.intp]
) -> Identities:
    """Return how well identities are kept in some images.

    Args:
        metrics: of trackeval.
        annotations: the truth; people with a `track_id` count.
        results: what a system found; people with a `track_id` count.
        images: (N,) the numbers of the images.
    """
    data = _sequence(annotations, results, images)
    idf1 = metrics.Identity({"THRESHOLD": _SAME_PERSON_OKS, "PRINT_CONFIG": False})
    return Identities(
        float(idf1.eval_sequence(data)["IDF1"]),
        float(np.mean(metrics.HOTA().eval_sequence(data)["HOTA"])),
    )


def _sequence(
    annotations: Annotations, results: SystemResults, images: NDArray[np.intp]
) -> dict[str, Any]:
    """Return all frames as the one sequence that trackeval reads. Each video has its own ids."""
    true_ids, found_ids, similar = [], [], []
    for number in images.tolist():
        image = annotations.images[number]
        truth = [p for p in image.people if p.counts and p.track_id is not None]
        found = [p for p in results.people[number] if p.track_id is not None]
        true_ids.append([(image.video, person.track_id) for person in truth])
        found_ids.append([(image.video, person.track_id) for person in found])
        both = bool(truth) and bool(found)
        similar.append(similarities(truth, found) if both else np.zeros((len(truth), len(found))))
    true_numbers, found_numbers = _numbers(true_ids), _numbers(found_ids)
    return {
        "num_timesteps": len(images),
        "gt_ids": [np.array([true_numbers[i] for i in ids], np.intp) for ids in true_ids],
        "tracker_ids": [np.array([found_numbers[i] for i in ids], np.intp) for ids in found_ids],
        "similarity_scores": similar,
        "num_gt_dets": sum(map(len, true_ids)),
        "num_tracker_dets": sum(map(len, found_ids)),
        "num_gt_ids": len(true_numbers),
        "num_tracker_ids": len(found_numbers),
    }


def _numbers(frames: Iterable[Iterable[Hashable]]) -> dict[Hashable, int]:
    """Return the number of each identity, counted from 0."""
    ids = dict.fromkeys(identity for frame in frames for identity in frame)
    return {identity: number for number, identity in enumerate(ids)}
