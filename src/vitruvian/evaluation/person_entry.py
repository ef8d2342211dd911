"""Reading of one annotated person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.evaluation.annotations import AREA_OF_BOX, TruePerson
from vitruvian.skeleton import COCO_17, LANDMARK_NAMES

if TYPE_CHECKING:
    from vitruvian.formats.entries import Entry
    from vitruvian.types import Float64

_MAX_AREA_PX2 = 1e12  # of the largest image


def read_person(entry: Entry) -> TruePerson:
    """Return the person of an annotation with keypoints.

    Raises:
        EvaluationError: a field is missing, or has no meaning.
    """
    keypoints = entry["keypoints"].points(len(COCO_17), 3)
    labelled = keypoints[:, 2] > 0
    counted, area, crowd, head_size, track = (
        entry.get(field) for field in ("num_keypoints", "area", "iscrowd", "head_size", "track_id")
    )
    if labelled.any() and counted and not counted.number():
        # COCO's evaluators would ignore this person.
        raise counted.error(f"is 0, but {labelled.sum()} keypoints are labelled: correct it")
    box_px = _box_px(entry, keypoints[labelled, :2])
    return TruePerson(
        entry["id"].id(),
        np.where(labelled[:, np.newaxis], keypoints[:, :2], np.nan),
        labelled,
        box_px,
        area.number(0, _MAX_AREA_PX2) if area else float(AREA_OF_BOX * box_px[2:].prod()),
        bool(crowd and crowd.whole_number(0, 1)),
        head_size.number(0) if head_size else None,
        _landmarks(entry, "landmarks", 2),
        _landmarks(entry, "world_landmarks", 3),
        track.whole_number() if track else None,
    )


def _landmarks(entry: Entry, field: str, axes: int) -> Float64 | None:
    landmarks = entry.get(field)
    return landmarks.points(len(LANDMARK_NAMES), axes) if landmarks else None


def _box_px(entry: Entry, labelled_px: Float64) -> Float64:
    """Return the annotated box, or that of the labelled keypoints, (L, 2)."""
    if box := entry.get("bbox"):
        return box.box()
    if not len(labelled_px):
        return np.zeros(4)
    if not entry.get("area"):
        raise entry.error("has neither area nor bbox: add one of them")
    corner_px = labelled_px.min(axis=0)
    return np.concatenate((corner_px, labelled_px.max(axis=0) - corner_px))
