"""The results of one system, sorted by annotated image, in pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.errors import MediaError
from vitruvian.evaluation.fields import MOST_PX
from vitruvian.printable import printable, shown
from vitruvian.skeleton import COCO_17

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vitruvian.evaluation.annotations import Annotations
    from vitruvian.evaluation.image_names import ImageNames
    from vitruvian.evaluation.masks import MaskOverlap
    from vitruvian.prediction import PredictedPerson
    from vitruvian.types import ImageSize

# Normalized coordinates lie a little outside of [0, 1] where a person is cut off. Nobody is found
# within so few pixels.
_MAX_NORMALIZED = 1.5
# No landmark model puts a point so many images away.
_MIN_PIXELS = 20.0
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
        MediaError: no person is in an annotated image, or the coordinates are not what they are
            said to be.
    """
    annotations = names.annotations
    people: list[list[PredictedPerson]] = [[] for _ in annotations.images]
    unknown: list[int | str] = []
    # Images have few names and many people.
    found = {image: names.find(image, name) for image in {person.image for person in results}}
    for person in results:
        _check_person(name, person)
        number = found[person.image]
        if number is None:
            unknown.append(person.image)
        else:
            people[number].append(person)
    if unknown and len(unknown) == len(results):
        raise MediaError(
            f"{printable(name)} has results only for images such as {shown(unknown[0])}, which "
            f"{annotations.name} lacks: give results for its images."
        )
    _check_units(name, [person for group in people for person in group])
    in_pixels = tuple(
        tuple(_in_pixels(person, image.size) for person in group)
        for image, group in zip(annotations.images, people, strict=True)
    )
    notes = _notes(annotations, in_pixels, unknown)
    return SystemResults(name, in_pixels, mask_overlaps, tuple(notes))


def _check_person(name: str, person: PredictedPerson) -> None:
    shape = np.shape(person.keypoints)
    if shape != (len(COCO_17), 2) or (np.abs(person.keypoints) > MOST_PX).any():
        raise MediaError(
            f"{printable(name)} has a person in {shown(person.image)} with keypoints of the shape "
            f"{shape}, or above {MOST_PX:g}: give ({len(COCO_17)}, 2) numbers, NaN where there is "
            "none."
        )
    if not np.isfinite(person.score):
        raise MediaError(
            f"{printable(name)} has a person in {shown(person.image)} with the score "
            f"{shown(person.score)}: give a finite number."
        )


def _check_units(name: str, people: Sequence[PredictedPerson]) -> None:
    for is_normalized, are_said, they_are in (
        (False, "in pixels", "normalized"),
        (True, "normalized", "in pixels"),
    ):
        given = [p.keypoints for p in people if p.is_normalized == is_normalized]
        sizes = np.abs(np.array(given))
        sizes = sizes[~np.isnan(sizes)]
        if not sizes.size:
            continue
        # A model may put a single point anywhere.
        typical, largest = np.median(sizes), sizes.max()
        wrong = typical > _MIN_PIXELS if is_normalized else 0 < largest <= _MAX_NORMALIZED
        if wrong:
            raise MediaError(
                f"The coordinates of {printable(name)} are {they_are}, from {sizes.min():g} to "
                f"{largest:g}, but its format has them {are_said}: write them as the format does."
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
    unknown: Sequence[int | str],
) -> list[str]:
    notes = []
    if unknown:
        notes.append(
            f"{len(unknown)} results are for images that {annotations.name} lacks, such as "
            f"{shown(unknown[0])}: they are left out."
        )
    without = sum(
        not group and any(person.counts for person in image.people)
        for image, group in zip(annotations.images, people, strict=True)
    )
    if without:
        notes.append(f"{without} images with people have no result: they count as missed.")
    twice = sum(
        len(group) - len({person.keypoints.tobytes() for person in group}) for group in people
    )
    if twice:
        notes.append(
            f"{twice} results repeat another one of the same image: average precision counts them "
            "as wrong."
        )
    points_px = [
        person.keypoints / image.size
        for image, group in zip(annotations.images, people, strict=True)
        for person in group
    ]
    outside = np.abs(np.array(points_px) - 0.5) > 0.5
    if points_px and outside.any(axis=2).mean() > _USUAL_OUTSIDE:
        notes.append("most keypoints lie beside their images: were these of another size?")
    return notes
