"""Reading of one annotated person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.evaluation.annotations import AREA_OF_BOX, TruePerson
from vitruvian.skeleton import COCO_17, LANDMARK_NAMES

if TYPE_CHECKING:
    from vitruvian.evaluation.fields import Entry
    from vitruvian.types import Float64

_KEYPOINTS = len(COCO_17)
_LANDMARKS = len(LANDMARK_NAMES)


def read_person(entry: Entry) -> TruePerson:
    """Return the person of an annotation with keypoints.

    Raises:
        MediaError: a field is missing, or has no meaning.
    """
    points, rest = divmod(len(entry.list("keypoints")), 3)
    if rest == 0 and points != _KEYPOINTS:
        raise entry.error(f"has {points} keypoints, not COCO's {_KEYPOINTS}")
    keypoints = entry.numbers("keypoints", 3 * _KEYPOINTS).reshape(_KEYPOINTS, 3)
    labelled = keypoints[:, 2] > 0
    if labelled.any() and entry.has("num_keypoints") and not entry.number("num_keypoints"):
        # COCO's evaluators would ignore this person.
        raise entry.error(f"has num_keypoints 0, but {labelled.sum()} labelled keypoints")
    box_px = _box_px(entry, keypoints[labelled, :2])
    area_px2 = (
        entry.number("area", least=0) if entry.has("area") else AREA_OF_BOX * box_px[2] * box_px[3]
    )
    landmarks_px, world_landmarks = (
        entry.numbers(field, _LANDMARKS * axes).reshape(_LANDMARKS, axes)
        if entry.has(field)
        else None
        for field, axes in (("landmarks", 2), ("world_landmarks", 3))
    )
    return TruePerson(
        entry.id("id"),
        np.where(labelled[:, np.newaxis], keypoints[:, :2], np.nan),
        labelled,
        box_px,
        float(area_px2),
        entry.has("iscrowd") and bool(entry.number("iscrowd", 0, 1)),
        entry.number("head_size", least=0) if entry.has("head_size") else None,
        landmarks_px,
        world_landmarks,
        int(entry.number("track_id")) if entry.has("track_id") else None,
    )


def _box_px(entry: Entry, labelled_px: Float64) -> Float64:
    if entry.has("bbox"):
        box_px = entry.numbers("bbox", 4)
        if (box_px[2:] < 0).any():
            raise entry.error(f"has a bbox of {box_px[2]:g}x{box_px[3]:g} pixels")
        return box_px
    if not len(labelled_px):
        return np.zeros(4)
    if not entry.has("area"):
        raise entry.error("has neither area nor bbox")
    corner_px = labelled_px.min(axis=0)
    return np.concatenate((corner_px, labelled_px.max(axis=0) - corner_px))
