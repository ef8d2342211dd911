"""Images that cannot be used, which are left out of the scores of all systems."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vitruvian.evaluation.annotations import Annotations
    from vitruvian.evaluation.image_names import ImageNames
    from vitruvian.prediction import PredictedPerson

_MOST_REASONS = 5  # stand below the table; evaluation.json has all


def people_without(
    left_out: Mapping[int | str, str],
    names: ImageNames,
    name: str,
    people: list[PredictedPerson],
) -> list[PredictedPerson]:
    """Return the people of the images that are not left out.

    Args:
        left_out: why an image cannot be used, by its id.
        names: the names of all images.
        name: that of the system, for messages.
        people: what the system found.
    """
    if not left_out:
        return people
    images = names.annotations.images
    found = {image: names.find(image, name) for image in {person.image for person in people}}
    return [
        person
        for person in people
        if (number := found[person.image]) is None or images[number].id not in left_out
    ]


def annotations_without(left_out: Mapping[int | str, str], annotations: Annotations) -> Annotations:
    """Return the annotations of the other images, with a note about these."""
    if not left_out:
        return annotations
    images = tuple(image for image in annotations.images if image.id not in left_out)
    kept_groups = {image.group for image in images}
    notes = [
        f"{len(left_out)} of {len(annotations.images)} images are left out of all rows.",
        *(f"left out: {reason}" for reason in list(left_out.values())[:_MOST_REASONS]),
    ]
    if len(left_out) > _MOST_REASONS:
        notes.append(f"and {len(left_out) - _MOST_REASONS} more, which evaluation.json has.")
    return replace(
        annotations,
        images=images,
        groups=tuple(group for group in annotations.groups if group in kept_groups),
        notes=(*notes, *annotations.notes),
    )
