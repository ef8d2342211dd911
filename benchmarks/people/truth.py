"""Annotated images: the people to be found, and the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.evaluation.annotation_file import read_annotations
from vitruvian.keypoint_similarity import oks
from vitruvian.media.opening import open_source
from vitruvian.skeleton import COCO_17

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from vitruvian.evaluation.annotations import TruePerson
    from vitruvian.types import Float64, Image, Landmarks

MIN_KEYPOINTS = 8  # labelled ones of a person who is to be found


@dataclass(frozen=True, eq=False)
class Photograph:
    """An annotated image.

    Attributes:
        path: of the file.
        image: (H, W, 3) uint8 RGB.
        wanted: the people to be found.
        others: annotated people with fewer labelled keypoints, and crowds. They may be found.
        image_id: of the image in the annotations.
    """

    path: Path
    image: Image
    wanted: tuple[TruePerson, ...]
    others: tuple[TruePerson, ...]
    image_id: int | str = 0


def read_photographs(annotations: Path, folder: Path) -> list[Photograph]:
    """Read all images of an annotation file in COCO's format."""
    photographs = []
    for entry in read_annotations(annotations).images:
        path = folder / entry.file_name
        with open_source(path) as frames:
            image = next(iter(frames)).image
        wanted = tuple(person for person in entry.people if is_wanted(person))
        others = tuple(person for person in entry.people if not is_wanted(person))
        photographs.append(Photograph(path, image, wanted, others, entry.id))
    return photographs


def is_wanted(person: TruePerson) -> bool:
    """Return whether the person is to be found."""
    return not person.is_crowd and int(person.labelled.sum()) >= MIN_KEYPOINTS


def keypoints_px(people: Landmarks, image: Image) -> Float64:
    """Return COCO's keypoints of N people in pixels, (N, 17, 2)."""
    return in_pixels(people.landmarks, image)


def in_pixels(landmarks: NDArray[np.floating], image: Image) -> Float64:
    """Convert normalized landmarks (N, 33, 2 or more) to COCO's keypoints in pixels."""
    points_px: Float64 = landmarks[:, list(COCO_17), :2] * np.array(image.shape[1::-1])
    return points_px


def similarities(poses_px: Float64, people: tuple[TruePerson, ...]) -> Float64:
    """Return the object keypoint similarity, (N, P), of N poses (N, 17, 2) and P people."""
    if not people:
        return np.zeros((len(poses_px), 0))
    return oks(
        poses_px[:, np.newaxis],
        np.nan_to_num([person.keypoints_px for person in people]),
        np.array([person.area_px2 for person in people]),
        np.array([person.labelled for person in people]),
    )


def lies_in(pose_px: Float64, box_px: Float64) -> bool:
    """Return whether more than half of the keypoints are in a box: left, top, width, height."""
    first, size = box_px[:2], box_px[2:]
    inside = ((pose_px >= first) & (pose_px <= first + size)).all(axis=1)
    return bool(inside.mean() > 0.5)
