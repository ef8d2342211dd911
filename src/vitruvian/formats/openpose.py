"""OpenPose's JSON: a file an image, `<image>_keypoints.json`, with BODY_25 or COCO_18.

Format: github.com/CMU-Perceptual-Computing-Lab/openpose, doc/02_output.md.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.formats.points import predicted, triples
from vitruvian.formats.units import largest
from vitruvian.shortest import shortest
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.formats.data_file import DataFile
    from vitruvian.formats.entries import Entry
    from vitruvian.prediction import PredictedPerson
    from vitruvian.recorded.blocks import Blocks
    from vitruvian.result import PoseResult

COCO_18 = (
    "nose", "neck", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow",
    "left_wrist", "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle",
    "right_eye", "left_eye", "right_ear", "left_ear",
)  # fmt: skip
BODY_25 = (
    *COCO_18[:8], "mid_hip", *COCO_18[8:], "left_big_toe", "left_small_toe", "left_heel",
    "right_big_toe", "right_small_toe", "right_heel",
)  # fmt: skip

_SUFFIX = "_keypoints"

# What our landmarks have for a point of another name. The small toes have nothing.
_SOURCES: dict[str, tuple[str, ...]] = {
    "neck": ("left_shoulder", "right_shoulder"),
    "mid_hip": ("left_hip", "right_hip"),
    "left_big_toe": ("left_foot_index",),
    "right_big_toe": ("right_foot_index",),
    "left_small_toe": (),
    "right_small_toe": (),
}
_EMPTY = dict.fromkeys(
    (
        "face_keypoints_2d", "hand_left_keypoints_2d", "hand_right_keypoints_2d",
        "pose_keypoints_3d", "face_keypoints_3d", "hand_left_keypoints_3d",
        "hand_right_keypoints_3d",
    ),
    (),
)  # fmt: skip


def write(blocks: Blocks, folder: Path, name: str) -> None:
    """Write a recording: a file for each frame, also for one without people.

    A confidence is the visibility, and that of a midpoint the lesser one of its two ends. World
    landmarks, z, presence, scores, times and sizes are lost.

    Args:
        blocks: the recording.
        folder: an empty folder.
        name: how the names of the files begin.
    """
    for block in blocks:
        for result in block:
            people = [
                {"person_id": [identity], "pose_keypoints_2d": points, **_EMPTY}
                for identity, points in zip(result.ids.tolist(), _body_25(result), strict=True)
            ]
            content = json.dumps({"version": 1.3, "people": people})
            file = folder / f"{name}_{result.index:012d}{_SUFFIX}.json"
            file.write_text(content, encoding="utf-8")


def is_file_name(name: str) -> bool:
    """Return whether a file of that name may be one that `write` wrote."""
    return re.search(rf"_[0-9]{{12,}}{_SUFFIX}\.json$", name) is not None


def _body_25(result: PoseResult) -> list[list[float]]:
    """Return x, y in pixels and the confidence of BODY_25's points, for each person in one list."""
    values = np.concatenate(
        (result.landmarks_px[..., :2], result.visibility[..., np.newaxis]), axis=-1
    )
    points = np.zeros((len(result), len(BODY_25), 3), np.float32)
    for number, point in enumerate(BODY_25):
        sources = [LANDMARK_NAMES.index(source) for source in _SOURCES.get(point, (point,))]
        if sources:
            points[:, number, :2] = values[:, sources, :2].mean(axis=1)
            points[:, number, 2] = values[:, sources, 2].min(axis=1)
    flat = points.reshape(len(result), 3 * len(BODY_25))
    people: list[list[float]] = shortest(flat).tolist()
    return people


def recognizes(file: DataFile) -> bool:
    """Return whether a document has the people of one image."""
    match file.root.value:
        case {"people": [{"pose_keypoints_2d": _}, *_]}:
            return True
        case {"people": [], "version": _}:
            return True
    return False


def read(file: DataFile) -> list[PredictedPerson]:
    """Return the people of a file, in the coordinates of `--keypoint_scale`."""
    image = file.image.removesuffix(_SUFFIX)
    return [person(entry, image) for entry in file.root["people"]]


def person(entry: Entry, image: int | str) -> PredictedPerson:
    """Return a person of OpenPose, whose score is the mean confidence."""
    names, points = triples(entry["pose_keypoints_2d"], BODY_25, COCO_18)
    # `--keypoint_scale 4` moves the points that were not found from 0, 0 to -1, -1.
    points[points[:, 2] == 0] = np.nan
    return predicted(image, names, points[:, :2], points[:, 2], track_id=_track(entry))


def in_any_scale(people: list[PredictedPerson], _place: str) -> list[PredictedPerson]:
    """Return the people in pixels (`--keypoint_scale 0`), or normalized (3 and 4).

    With 3 the image has coordinates from 0 to 1, with 4 from -1 to 1. OpenPose divides by the size
    less one pixel, and the size is not known here, so the result may be up to one pixel too large.
    """
    if largest(people) > 1:
        return people
    from_minus_one = any((person.keypoints < 0).any() for person in people)
    return [
        replace(
            person,
            keypoints=(person.keypoints + 1) / 2 if from_minus_one else person.keypoints,
            is_normalized=True,
        )
        for person in people
    ]


def _track(entry: Entry) -> int | None:
    """Return `person_id`, a list of one number, which is -1 without tracking."""
    ids = entry.get("person_id")
    if ids is None:
        return None
    numbers = [number.whole_number() for number in ids]
    return numbers[0] if numbers and numbers[0] >= 0 else None
