"""Which of the people found is which of the annotated people, one to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian import linear_assignment
from vitruvian.keypoint_similarity import oks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.evaluation.annotations import TruePerson
    from vitruvian.prediction import PredictedPerson
    from vitruvian.types import Float64

# A similarity underflows to 0 in the distance. Then the distance decides, so that the result does
# not depend on the order of the people. Too small a part to outweigh a similarity that counts.
_OF_DISTANCE = 1e-9


def similarities(truth: Sequence[TruePerson], found: Sequence[PredictedPerson]) -> Float64:
    """Return the object keypoint similarity, (T, F), of each annotated and each found person.

    A keypoint that was not found has a similarity of 0.
    """
    return oks(*_pairs(truth, found))


def assign(truth: Sequence[TruePerson], found: Sequence[PredictedPerson]) -> NDArray[np.intp]:
    """Assign the people found to those annotated, so that the sum of similarities is the greatest.

    Everyone on the smaller side is assigned, even if the similarity is low.

    Args:
        truth: the annotated people, each with a labelled keypoint.
        found: the people found.

    Returns:
        (T,) for each annotated person the number of the person found, or -1.
    """
    if not truth or not found:
        return np.full(len(truth), -1)
    true_px, found_px, areas_px2, labelled = _pairs(truth, found)
    distances_px = np.linalg.norm(true_px - found_px, axis=-1)
    nearness = 1 / (1 + distances_px / np.sqrt(areas_px2)[..., np.newaxis])
    near = (nearness * labelled).sum(axis=-1) / labelled.sum(axis=-1)
    costs = 1 - oks(true_px, found_px, areas_px2, labelled) - _OF_DISTANCE * near
    return linear_assignment.assign(costs)


def _pairs(
    truth: Sequence[TruePerson], found: Sequence[PredictedPerson]
) -> tuple[Float64, Float64, Float64, NDArray[np.bool_]]:
    """Return the arguments of `oks` for all pairs, with axes of the true and the found people."""
    true_px = np.array([person.keypoints_px for person in truth])
    found_px = np.array([person.keypoints for person in found])
    labelled = np.array([person.labelled for person in truth])
    areas_px2 = np.array([person.area_px2 for person in truth])
    return (
        np.nan_to_num(true_px)[:, np.newaxis],
        np.where(np.isnan(found_px), np.inf, found_px)[np.newaxis],
        # As in COCO's evaluator, which adds this to all areas.
        (areas_px2 + np.spacing(1.0))[:, np.newaxis],
        labelled[:, np.newaxis],
    )
