"""Reading of annotated truth: COCO's JSON of keypoints, with fields of our own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vitruvian.errors import MediaError
from vitruvian.evaluation.annotations import AnnotatedImage, Annotations
from vitruvian.evaluation.fields import Entry, brief, json_of
from vitruvian.evaluation.person_entry import read_person
from vitruvian.printable import printable
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vitruvian.evaluation.annotations import TruePerson

DEFAULT_GROUP_FIELD = "activity"
EVERYTHING = "all"  # the one group of images that have no field to group them by
_MAX_SIDE_PX = 1_000_000  # no format of images has longer sides


def read_annotations(path: Path, group_by: str | None = None) -> Annotations:
    """Read annotations in COCO's format of keypoints.

    Beside COCO's fields, an image may have `mask` (a file), `video` (a name) and `timestamp_s`, and
    a person `landmarks` (33 of x, y), `world_landmarks` (33 of x, y, z in metres), `head_size`
    (pixels) and `track_id`.

    Args:
        path: The file.
        group_by: The field of images that names their group. By default that is `activity` if an
            image has it, and else all images are one group.

    Raises:
        MediaError: the file cannot be read, or an entry of it has no meaning.
    """
    name = printable(path.name)
    file = Entry(json_of(path), name, "the file")
    images = [Entry(value, name, f"image entry {i}") for i, value in enumerate(file.list("images"))]
    people = [
        Entry(value, name, f"annotation entry {i}")
        for i, value in enumerate(file.list("annotations"))
    ]
    if not images:
        raise MediaError(f"{name} has no images: give annotations of at least one.")
    if group_by is None and any(DEFAULT_GROUP_FIELD in image.fields for image in images):
        group_by = DEFAULT_GROUP_FIELD
    found = [_read_image(image, group_by) for image in images]
    _refuse_duplicates([image.id for image in found], name, "images", "id")
    _refuse_duplicates([image.file_name for image in found], name, "images", "file_name")
    people_of, without_keypoints = _read_people(people, {image.id for image in found}, name)
    complete = tuple(replace(image, people=tuple(people_of[image.id])) for image in found)
    return Annotations(
        name,
        path.parent,
        complete,
        tuple(dict.fromkeys(image.group for image in found)),
        tuple(_notes(complete, without_keypoints)),
    )


def _read_image(entry: Entry, group_by: str | None) -> AnnotatedImage:
    width, height = (int(entry.number(side, 1, _MAX_SIDE_PX)) for side in ("width", "height"))
    group = EVERYTHING if group_by is None else entry.label(group_by)
    return AnnotatedImage(
        entry.id("id"),
        entry.text("file_name").replace("\\", "/"),
        ImageSize(width, height),
        group,
        (),
        entry.text("mask") if entry.has("mask") else None,
        entry.label("video") if entry.has("video") else None,
        entry.number("timestamp_s") if entry.has("timestamp_s") else None,
    )


def _read_people(
    entries: Sequence[Entry], images: set[int | str], name: str
) -> tuple[dict[int | str, list[TruePerson]], int]:
    """Return the people of each image, and how many annotations have no keypoints."""
    people: dict[int | str, list[TruePerson]] = {image: [] for image in images}
    with_keypoints = [entry for entry in entries if entry.has("keypoints")]
    if not with_keypoints:
        raise MediaError(f"{name} has no annotation with keypoints: give COCO's 17 of each person.")
    ids = []
    for entry in with_keypoints:
        person = read_person(entry)
        image = entry.id("image_id")
        if image not in people:
            raise entry.error(f"has the image_id {brief(image)}, which no image has")
        ids.append(person.id)
        people[image].append(person)
    _refuse_duplicates(ids, name, "annotations", "id")
    return people, len(entries) - len(with_keypoints)


def _refuse_duplicates(values: Sequence[Any], name: str, what: str, field: str) -> None:
    value, count = Counter(values).most_common(1)[0]
    if count > 1:
        raise MediaError(
            f"{name} has {count} {what} with the {field} {brief(value)}: give each its own."
        )


def _notes(images: Sequence[AnnotatedImage], without_keypoints: int) -> list[str]:
    people = [person for image in images for person in image.people]
    crowds = sum(person.is_crowd for person in people)
    unlabelled = sum(not person.is_crowd and not person.labelled.any() for person in people)
    flat = sum(person.counts and person.area_px2 == 0 for person in people)
    empty = sum(not any(person.counts for person in image.people) for image in images)
    counts = {
        "annotations have no keypoints: they are left out.": without_keypoints,
        "annotations are crowds: who is found there counts neither as right nor as wrong.": crowds,
        "people have no labelled keypoint: they are ignored, as in COCO.": unlabelled,
        "people have an area of 0, so average precision takes only exact answers.": flat,
        "images have no person who counts: people found there are wrong.": empty,
    }
    return [f"{count} {what}" for what, count in counts.items() if count]
