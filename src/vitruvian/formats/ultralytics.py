"""Ultralytics' `Results.to_json()`: a list of the objects in one image, a file an image.

Its validator writes COCO's results. Format: ultralytics/engine/results.py, `Results.summary`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.formats.points import COCO_NAMES, predicted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.formats.data_file import DataFile
    from vitruvian.formats.entries import Entry
    from vitruvian.prediction import PredictedPerson


def recognizes(file: DataFile) -> bool:
    """Return whether a document is a list of objects with a class and a confidence."""
    match file.root.value:
        case [{"name": _, "class": _, "confidence": _}, *_]:
            return True
    return False


def read(file: DataFile) -> list[PredictedPerson]:
    """Return the people of a file, in pixels or normalized (`to_json(normalize=True)`)."""
    return [_person(entry, file.image) for entry in file.root]


def _person(entry: Entry, image: str) -> PredictedPerson:
    if entry.get("keypoints") is None:
        raise entry.error("has no keypoints: use a model whose name ends in -pose")
    axes = entry["keypoints"]
    count = len(COCO_NAMES)
    points = np.column_stack([axes[axis].numbers(count) for axis in "xy"])
    visible = axes.get("visible")
    confidences = np.full(count, np.nan) if visible is None else visible.numbers(count)
    # A point with less than half of the confidence is moved to 0, 0.
    points[(points == 0).all(axis=1)] = np.nan
    track = entry.get("track_id")
    return predicted(
        image,
        COCO_NAMES,
        points,
        confidences,
        entry["confidence"].number(),
        box=_box(entry),
        track_id=track and track.whole_number(),
    )


def _box(entry: Entry) -> NDArray[np.float64] | None:
    corners = entry.get("box")
    if corners is None:
        return None
    left, top, right, bottom = (corners[key].number() for key in ("x1", "y1", "x2", "y2"))
    if right < left or bottom < top:
        raise corners.error("has a negative size: give x1, y1, x2, y2")
    return np.array((left, top, right - left, bottom - top))
