"""Reading of annotated truth: COCO's JSON of keypoints, with fields of our own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vitruvian.evaluation.annotations import AnnotatedImage, Annotations
from vitruvian.evaluation.person_entry import read_person
from vitruvian.formats.data_file import read_file
from vitruvian.printable import printable
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from pathlib import Path

    from vitruvian.evaluation.annotations import TruePerson
    from vitruvian.formats.entries import Entry

DEFAULT_GROUP_FIELD = "activity"
EVERYTHING = "all"  # the one group of images that have no field to group them by
_MAX_SIDE_PX = 1_000_000  # no format of images has longer sides
_MAX_TIME_S = 1e12  # of a clock that counts from 1970, with room
_MAX_BYTES = 512 * 2**20  # COCO's largest file, of 2017, has 240 MB


def read_annotations(path: Path, group_by: str | None = None) -> Annotations:
    """Read annotations in COCO's format of keypoints.

    Beside COCO's fields, an image may have `mask` (a file), `video` (a name), `frame` (its number
    in the video) and `timestamp_s`, and a person `landmarks` (33 of x, y), `world_landmarks` (33 of
    x, y, z in metres), `head_size` (pixels) and `track_id`.

    Args:
        path: The file.
        group_by: The field of images that names their group. By default that is `activity` if an
            image has it, and else all images are one group.

    Raises:
        EvaluationError: the file cannot be read, or an entry of it has no meaning.
    """
    root = read_file(path, _MAX_BYTES).root
    images, people = list(root["images"]), list(root["annotations"])
    if not images:
        raise root.error("has no images: give annotations of at least one")
    if group_by is None and any(image.get(DEFAULT_GROUP_FIELD) for image in images):
        group_by = DEFAULT_GROUP_FIELD
    found = [_read_image(image, group_by) for image in images]
    _refuse_repeats(images, "id", (image.id for image in found))
    _refuse_repeats(images, "file_name", (image.file_name for image in found))
    frames = ((image.video, image.frame) if image.frame is not None else None for image in found)
    _refuse_repeats(images, "frame", frames)
    people_of, without_keypoints = _read_people(people, {image.id for image in found}, root)
    complete = tuple(replace(image, people=tuple(people_of[image.id])) for image in found)
    return Annotations(
        printable(path.name),
        path.parent,
        complete,
        tuple(dict.fromkeys(image.group for image in found)),
        tuple(_notes(complete, without_keypoints)),
    )


def _read_image(entry: Entry, group_by: str | None) -> AnnotatedImage:
    width, height = (entry[side].whole_number(1, _MAX_SIDE_PX) for side in ("width", "height"))
    mask, video, frame, time = (
        entry.get(field) for field in ("mask", "video", "frame", "timestamp_s")
    )
    return AnnotatedImage(
        entry["id"].id(),
        entry["file_name"].text().replace("\\", "/"),
        ImageSize(width, height),
        EVERYTHING if group_by is None else str(entry[group_by].id()),
        (),
        mask.text() if mask else None,
        str(video.id()) if video else None,
        frame.whole_number(0) if frame else None,
        time.number(-_MAX_TIME_S, _MAX_TIME_S) if time else None,
    )


def _read_people(
    entries: Sequence[Entry], images: set[int | str], root: Entry
) -> tuple[dict[int | str, list[TruePerson]], int]:
    """Return the people of each image, and how many annotations have no keypoints."""
    people: dict[int | str, list[TruePerson]] = {image: [] for image in images}
    with_keypoints = [entry for entry in entries if entry.get("keypoints")]
    if not with_keypoints:
        raise root.error("has no annotation with keypoints: give COCO's 17 of each person")
    ids = []
    for entry in with_keypoints:
        person = read_person(entry)
        image = entry["image_id"]
        if image.id() not in people:
            raise image.error(f"is {image}, which no image has: add the image")
        ids.append(person.id)
        people[image.id()].append(person)
    _refuse_repeats(with_keypoints, "id", ids)
    return people, len(entries) - len(with_keypoints)


def _refuse_repeats(entries: Sequence[Entry], key: str, values: Iterable[Hashable]) -> None:
    """Refuse an entry whose value of a key, if it is not None, an entry before it has, too."""
    seen = set()
    for entry, value in zip(entries, values, strict=True):
        if value in seen:
            raise entry[key].error(f"is {entry[key]}, as in an entry before it: give each its own")
        if value is not None:
            seen.add(value)


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
