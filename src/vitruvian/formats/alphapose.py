"""AlphaPose's `alphapose-results.json`, and what its `--format open` and `--format cmu` write.

The default is a list as COCO's results, but with 17, 26 or 136 points, `box` in place of `bbox`,
and the name of a file as `image_id`. The other two have an object by the names of the images, and
a file an image in the folder `sep-json`. Format: alphapose/utils/pPose_nms.py, `write_json`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vitruvian.formats.openpose import COCO_18
from vitruvian.formats.points import COCO_NAMES, HALPE_26, HALPE_136, predicted, triples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitruvian.formats.data_file import DataFile
    from vitruvian.formats.entries import Entry
    from vitruvian.prediction import PredictedPerson

_LENGTHS = {3 * len(HALPE_26), 3 * len(HALPE_136)}
# The people of an image, and the points of a person, with each `--format`.
_KEYS = {"people": "pose_keypoints_2d", "bodies": "joints"}


def recognizes(file: DataFile) -> bool:
    """Return whether a document is in one of the three formats, and not COCO's or OpenPose's."""
    match file.root.value:
        case [{"image_id": _, "keypoints": _, "box": _}, *_]:
            return True
        case [{"image_id": _, "keypoints": _, "idx": _}, *_]:
            return True
        case [{"image_id": _, "keypoints": list(points)}, *_]:
            return len(points) in _LENGTHS
        case {"bodies": list()}:
            return True
        case dict(images) if images:
            return all(map(_is_image, images.values()))
    return False


def read(file: DataFile) -> list[PredictedPerson]:
    """Return the people of a file, in pixels."""
    root = file.root
    if isinstance(root.value, list):
        return _without_empty_ids([_person(entry) for entry in root])
    images = [(file.image, root)] if "bodies" in root.value else root.items()
    return [person for name, entry in images for person in _people(name, entry)]


def _is_image(value: Any) -> bool:
    match value:
        case {"version": _, "people": _} | {"version": _, "bodies": _}:
            return True
    return False


def _person(entry: Entry) -> PredictedPerson:
    names, points = triples(entry["keypoints"], COCO_NAMES, HALPE_26, HALPE_136)
    box = entry.get("box")
    return predicted(
        entry["image_id"].id(),
        names,
        points[:, :2],
        points[:, 2],
        entry["score"].number(),
        box=box and box.box(),
        track_id=_track(entry),
    )


def _people(image: str, entry: Entry) -> Iterator[PredictedPerson]:
    """Yield the people of an image, without scores, as `--format` leaves them out."""
    for people, key in _KEYS.items():
        for body in entry.get(people) or ():
            # The second point is the neck only of 17 points: of 26 and 136 it is the head.
            names, points = triples(body[key], COCO_18)
            yield predicted(image, names, points[:, :2], points[:, 2])


def _track(entry: Entry) -> int | None:
    """Return `idx`, a number or a list of numbers, of which the first is the person's."""
    given = entry.get("idx")
    if given is None:
        return None
    if not isinstance(given.value, list):
        return given.whole_number()
    return next((number.whole_number() for number in given), None)


def _without_empty_ids(people: list[PredictedPerson]) -> list[PredictedPerson]:
    """Remove the ids if all are 0, as AlphaPose writes them without tracking."""
    if any(person.track_id for person in people):
        return people
    return [replace(person, track_id=None) for person in people]
