"""The results of one system, sorted by annotated image, in pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.errors import EvaluationError
from vitruvian.formats import units
from vitruvian.formats.entries import MAX_NUMBER
from vitruvian.printable import printable, shown
from vitruvian.skeleton import COCO_17

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vitruvian.evaluation.annotations import Annotations
    from vitruvian.evaluation.image_names import ImageNames
    from vitruvian.evaluation.masks import MaskOverlap
    from vitruvian.prediction import PredictedPerson, VideoFrame
    from vitruvian.types import ImageSize

# A few points beside an image are usual; if most are, the results are of larger images.
_USUAL_OUTSIDE = 0.5


@dataclass(frozen=True, eq=False)
class SystemResults:
    """What a system found.

    Attributes:
        name: of the system.
        people: of each image, in the order of `Annotations.images`; all coordinates are in pixels.
        mask_overlaps: by the ids of the images; empty if the system has no masks.
        notes: sentences about what was left out or is unusual.
    """

    name: str
    people: tuple[tuple[PredictedPerson, ...], ...]
    mask_overlaps: Mapping[int | str, MaskOverlap]
    notes: tuple[str, ...]


def sort_results(
    names: ImageNames,
    name: str,
    results: Sequence[PredictedPerson],
    mask_overlaps: Mapping[int | str, MaskOverlap],
) -> SystemResults:
    """Assign people to the annotated images, in the order in which they are given.

    Args:
        names: of the images.
        name: of the system.
        results: the people that it found.
        mask_overlaps: by the ids of the images.

    Raises:
        EvaluationError: no person is in an annotated image, an image has two names, or the
            coordinates are not what they are said to be.
    """
    annotations = names.annotations
    people: list[list[PredictedPerson]] = [[] for _ in annotations.images]
    unknown: list[int | str | VideoFrame] = []
    found = _numbers_of_images(names, name, results)
    for person in results:
        _check_person(name, person)
        number = found[person.image]
        if number is None:
            unknown.append(person.image)
        else:
            people[number].append(person)
    if unknown and len(unknown) == len(results):
        raise EvaluationError(
            f"{printable(name)} has results only for images such as {printable(unknown[0])}, which "
            f"{annotations.name} lacks: give results for its images."
        )
    known = [person for group in people for person in group]
    units.in_pixels([p for p in known if not p.is_normalized], printable(name))
    units.in_fractions([p for p in known if p.is_normalized], printable(name))
    in_pixels = tuple(
        tuple(_in_pixels(person, image.size) for person in group)
        for image, group in zip(annotations.images, people, strict=True)
    )
    notes = _notes(annotations, in_pixels, unknown)
    return SystemResults(name, in_pixels, mask_overlaps, tuple(notes))


def _numbers_of_images(
    names: ImageNames, name: str, results: Sequence[PredictedPerson]
) -> dict[int | str | VideoFrame, int | None]:
    """Return the number of each image that results name; None if it is not annotated.

    Raises:
        EvaluationError: an image has two names, as if it were there twice.
    """
    numbers: dict[int | str | VideoFrame, int | None] = {}
    names_of: dict[int, int | str | VideoFrame] = {}
    for image in dict.fromkeys(person.image for person in results):
        number = numbers[image] = names.find(image, name)
        if number is not None and names_of.setdefault(number, image) is not image:
            raise EvaluationError(
                f"{printable(name)} has results for {shown(names_of[number])} and for "
                f"{shown(image)}, which are one image: give each image one name."
            )
    return numbers


def _check_person(name: str, person: PredictedPerson) -> None:
    place = f"{printable(name)} has a person in {printable(person.image)}"
    shape = np.shape(person.keypoints)
    if shape != (len(COCO_17), 2) or (np.abs(person.keypoints) > MAX_NUMBER).any():
        raise EvaluationError(
            f"{place} with keypoints of the shape {shape}, or above {MAX_NUMBER:,.0f}: give "
            f"({len(COCO_17)}, 2) numbers, NaN where there is none."
        )
    if not np.isfinite(person.score):
        raise EvaluationError(
            f"{place} with the score {shown(person.score)}: give a finite number."
        )


def _in_pixels(person: PredictedPerson, size: ImageSize) -> PredictedPerson:
    """Return a person whose coordinates are in pixels."""
    if not person.is_normalized:
        return person
    return replace(
        person,
        is_normalized=False,
        keypoints=person.keypoints * size,
        landmarks=None if person.landmarks is None else person.landmarks * size,
        box=None if person.box is None else person.box * (*size, *size),
    )


def _notes(
    annotations: Annotations,
    people: Sequence[Sequence[PredictedPerson]],
    unknown: Sequence[int | str | VideoFrame],
) -> list[str]:
    notes = []
    if not unknown and not any(people):
        notes.append("nobody was found in any image.")
    if unknown:
        notes.append(
            f"{len(unknown)} results are for images that {annotations.name} lacks, such as "
            f"{printable(unknown[0])}: they are left out."
        )
    without = sum(
        not group and any(person.counts for person in image.people)
        for image, group in zip(annotations.images, people, strict=True)
    )
    if without:
        notes.append(f"{without} images with people have no result: they count as missed.")
    points_px = [
        person.keypoints / image.size
        for image, group in zip(annotations.images, people, strict=True)
        for person in group
    ]
    outside = np.abs(np.array(points_px) - 0.5) > 0.5
    if points_px and outside.any(axis=2).mean() > _USUAL_OUTSIDE:
        notes.append("most keypoints lie beside their images: were these of another size?")
    return notes
