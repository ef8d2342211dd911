"""The names of the points of other systems, and what COCO has of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.prediction import PredictedPerson
from vitruvian.skeleton import COCO_17, LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.formats.entries import Entry
    from vitruvian.prediction import VideoFrame

COCO_NAMES = tuple(LANDMARK_NAMES[landmark] for landmark in COCO_17)

_FACE = tuple(f"face_{number}" for number in range(68))
_HANDS = tuple(f"{side}_hand_{number}" for side in ("left", "right") for number in range(21))

# Halpe-FullBody, github.com/Fang-Haoshu/Halpe-FullBody: body and feet; then face and hands.
HALPE_26 = (
    *COCO_NAMES, "head", "neck", "hip", "left_big_toe", "right_big_toe", "left_small_toe",
    "right_small_toe", "left_heel", "right_heel",
)  # fmt: skip
HALPE_136 = (*HALPE_26, *_FACE, *_HANDS)

# COCO-WholeBody, github.com/jin-s13/COCO-WholeBody.
WHOLE_BODY_133 = (
    *COCO_NAMES, "left_big_toe", "left_small_toe", "left_heel", "right_big_toe", "right_small_toe",
    "right_heel", *_FACE, *_HANDS,
)  # fmt: skip

BY_COUNT = {len(names): names for names in (COCO_NAMES, HALPE_26, WHOLE_BODY_133, HALPE_136)}


def coco_points(names: Sequence[str], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return COCO's 17 of any named points. Those that are not among them are NaN.

    Args:
        names: K names as in `COCO_NAMES`; others are dropped.
        values: (K, …) values of each point.
    """
    index = {name: number for number, name in enumerate(names)}
    points = np.full((len(COCO_NAMES), *values.shape[1:]), np.nan)
    for number, name in enumerate(COCO_NAMES):
        if name in index:
            points[number] = values[index[name]]
    return points


def predicted(
    image: int | str | VideoFrame,
    names: Sequence[str],
    points: NDArray[np.float64],
    confidences: NDArray[np.float64],
    score: float | None = None,
    **others: Any,
) -> PredictedPerson:
    """Return a person from named points.

    Args:
        image: as in `PredictedPerson`.
        names: K names of the points.
        points: (K, 2) x, y; NaN if not found.
        confidences: (K,), or NaN.
        score: of the person. If there is none, it is the mean confidence of COCO's 17 keypoints, in
            which one that was not found counts as 0.
        others: attributes of `PredictedPerson`.
    """
    coco_confidences = coco_points(names, confidences)
    return PredictedPerson(
        image=image,
        keypoints=coco_points(names, points),
        confidences=coco_confidences,
        score=float(np.nan_to_num(coco_confidences).mean()) if score is None else score,
        **others,
    )


def triples(entry: Entry, *layouts: Sequence[str]) -> tuple[Sequence[str], NDArray[np.float64]]:
    """Return the points of a flat list x, y, confidence, x, y, … and their names.

    A point at 0, 0 with a confidence of 0 was not found: its three values become NaN.

    Args:
        entry: the list.
        layouts: the names of the points of each layout that the list may have, told by its length.
    """
    flat = entry.numbers(-1)
    for names in layouts:
        if len(flat) == 3 * len(names):
            points = flat.reshape(-1, 3)
            points[(points == 0).all(axis=1)] = np.nan
            return names, points
    counts = " or ".join(str(3 * len(names)) for names in layouts)
    raise entry.error(f"has {len(flat)} numbers: give {counts}, three for each point")
