"""Annotated photographs of standing people, without any pixels to see."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.people.truth import Photograph, in_pixels, is_wanted
from tests.support.fakes import FakePerson, standing_person
from vitruvian.evaluation.annotations import TruePerson
from vitruvian.types import ImageSize

SIZE = ImageSize(1200, 800)
IMAGE = np.zeros((SIZE.height, SIZE.width, 3), np.uint8)
LEFT, RIGHT = FakePerson(300, 400, 200), FakePerson(800, 400, 200)


def pose_px(person: FakePerson, right_px: float = 0.0) -> np.ndarray:
    """Return COCO's keypoints, (17, 2), of a person who stands further to the right."""
    people = standing_person(person.x + right_px, person.y, person.radius_px, SIZE)
    (keypoints_px,) = in_pixels(people.landmarks, IMAGE)
    return keypoints_px


def annotated(person: FakePerson, labelled: int = 17) -> TruePerson:
    """Return the annotation of a person, of whom the last keypoints are labelled."""
    keypoints_px = pose_px(person)
    is_labelled = np.arange(17) >= 17 - labelled
    corner_px, extent_px = keypoints_px.min(axis=0), np.ptp(keypoints_px, axis=0)
    return TruePerson(
        id=1,
        keypoints_px=np.where(is_labelled[:, np.newaxis], keypoints_px, np.nan),
        labelled=is_labelled,
        box_px=np.concatenate((corner_px, extent_px)),
        area_px2=0.17 * (2 * person.radius_px) ** 2,
    )


def photograph(*people: TruePerson) -> Photograph:
    """Return a photograph of annotated people."""
    wanted = tuple(person for person in people if is_wanted(person))
    others = tuple(person for person in people if not is_wanted(person))
    return Photograph(
        image_id=1, path=Path("people.jpg"), image=IMAGE, wanted=wanted, others=others
    )
