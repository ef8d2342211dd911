"""COCO's results for keypoints: a list of `{image_id, keypoints, score}`, one entry a person.

`keypoints` has x, y in pixels and a confidence for each of the 17 keypoints. This is also what the
validators of MMPose and Ultralytics write. Format: cocodataset.org/#format-results.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.formats.points import COCO_NAMES, predicted, triples

if TYPE_CHECKING:
    from vitruvian.formats.data_file import DataFile
    from vitruvian.formats.entries import Entry
    from vitruvian.prediction import PredictedPerson


def recognizes(file: DataFile) -> bool:
    """Return whether a document is a list of results."""
    match file.root.value:
        case [{"image_id": _, "keypoints": _}, *_] | [{"file_name": _, "keypoints": _}, *_]:
            return True
    return False


def read(file: DataFile) -> list[PredictedPerson]:
    """Return the people of a file, in pixels."""
    return [_person(entry) for entry in file.root]


def _person(entry: Entry) -> PredictedPerson:
    names, points = triples(entry["keypoints"], COCO_NAMES)
    # Ultralytics turns the name of a file into a number if it can, which need not be the id.
    image = entry.get("file_name") or entry["image_id"]
    box = entry.get("bbox")
    track = entry.get("track_id")
    return predicted(
        image.id(),
        names,
        points[:, :2],
        points[:, 2],
        entry["score"].number(),
        box=box and box.box(),
        track_id=track and track.whole_number(),
    )
