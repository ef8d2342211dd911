"""COCO's keypoints: the results of any system are read, and a recording is written as a data set.

Results are a list of `{image_id, keypoints, score}`, one entry a person. `keypoints` has x, y in
pixels and a confidence for each of the 17 keypoints. This is also what the validators of MMPose and
Ultralytics write. A data set is an object with images and annotations, and has a flag in place of
the confidence. Formats: cocodataset.org/#format-results and cocodataset.org/#format-data.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.formats.points import COCO_NAMES, predicted, triples
from vitruvian.shortest import shortest
from vitruvian.skeleton import COCO_17, CONNECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vitruvian.formats.data_file import DataFile
    from vitruvian.formats.entries import Entry
    from vitruvian.prediction import PredictedPerson
    from vitruvian.recorded.arrays import Recorded
    from vitruvian.recorded.blocks import Blocks
    from vitruvian.result import PoseResult

_VISIBLE, _NOT_VISIBLE = 2, 1  # of an annotated keypoint, in COCO's words "v"
_CATEGORY = {
    "id": 1,
    "name": "person",
    "supercategory": "person",
    "keypoints": COCO_NAMES,
    # COCO counts keypoints from 1.
    "skeleton": [
        [COCO_17.index(start) + 1, COCO_17.index(end) + 1]
        for start, end in CONNECTIONS
        if {start, end} <= {*COCO_17}
    ],
}


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


def write(blocks: Blocks, path: Path) -> None:
    """Write a recording as a data set, whose list of annotations is also one of results.

    The id of an image is the number of its frame, and `track_id` the id of the person. A keypoint
    with a visibility of 0.5 or more is visible. `score` is the mean visibility of the 17 keypoints,
    as in every format of ours. The other landmarks, z, world landmarks and times are lost.
    """
    images = chain.from_iterable(map(_images, blocks))
    annotations = chain.from_iterable(map(_annotations, chain.from_iterable(blocks)))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"info": ')
        file.write(json.dumps({"description": blocks.header.source}, ensure_ascii=False))
        file.write(', "categories": ')
        file.write(json.dumps([_CATEGORY]))
        file.write(', "images": [')
        file.writelines(_joined(images))
        file.write('], "annotations": [')
        numbered = ({"id": number, **entry} for number, entry in enumerate(annotations, 1))
        file.writelines(_joined(numbered))
        file.write("]}\n")


def _joined(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    separator = "\n"
    for entry in entries:
        yield separator + json.dumps(entry, ensure_ascii=False, allow_nan=False)
        separator = ",\n"


def _images(block: Recorded) -> Iterator[dict[str, Any]]:
    sizes = zip(block.frames.tolist(), block.image_sizes_px.tolist(), strict=True)
    for position, (frame, (width, height)) in enumerate(sizes):
        name = block.image_name(position) or f"{block.header.source}/{frame:012d}.jpg"
        yield {"id": frame, "file_name": name, "width": width, "height": height}


def _annotations(result: PoseResult) -> Iterator[dict[str, Any]]:
    points_px = result.landmarks_px[:, COCO_17, :2]
    visibility = result.visibility[:, COCO_17]
    flags = np.where(visibility >= 0.5, _VISIBLE, _NOT_VISIBLE)
    corners_px, ends_px = points_px.min(axis=1), points_px.max(axis=1)
    scores = shortest(visibility.mean(axis=1)).tolist()
    for number, identity in enumerate(result.ids.tolist()):
        points = shortest(points_px[number]).tolist()
        corner_px, end_px = corners_px[number], ends_px[number]
        box = shortest(np.append(corner_px, end_px - corner_px)).tolist()
        yield {
            "image_id": result.index,
            "category_id": _CATEGORY["id"],
            "track_id": identity,
            "score": scores[number],
            "keypoints": [
                value
                for (x, y), flag in zip(points, flags[number].tolist(), strict=True)
                for value in (x, y, flag)
            ],
            "num_keypoints": len(COCO_17),
            "bbox": box,
            "area": box[2] * box[3],
            "iscrowd": 0,
        }
