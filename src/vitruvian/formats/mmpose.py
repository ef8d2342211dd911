"""MMPose's predictions: a file an image, or a file with the frames of a video.

The inferencer's `pred_out_dir` has a list of people in each file, or of `{frame_id, instances}` for
a video. The demos' `--save-predictions` puts either into `{meta_info, instance_info}`. Format:
mmpose/structures/utils.py, `split_instances`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.formats.points import BY_COUNT, COCO_NAMES, coco_points, predicted
from vitruvian.prediction import VideoFrame

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from vitruvian.formats.data_file import DataFile
    from vitruvian.formats.entries import Entry
    from vitruvian.prediction import PredictedPerson

_PREFIX = "results_"  # of the demos
# MMPose's CocoMetric: confidences from here on count for the score of a person.
_MIN_CONFIDENCE = 0.2


def recognizes(file: DataFile) -> bool:
    """Return whether a document has people with `keypoint_scores`, or frames with `instances`."""
    match file.root.value:
        case {"instance_info": _}:
            return True
        case [{"keypoints": _, "keypoint_scores": _}, *_] | [{"frame_id": _, "instances": _}, *_]:
            return True
    return False


def read(file: DataFile) -> list[PredictedPerson]:
    """Return the people of a file, in pixels."""
    root, image, names = file.root, file.image, None
    if isinstance(root.value, dict):
        names = _names(root)
        root, image = root["instance_info"], image.removeprefix(_PREFIX)
    people = []
    for entry in root:
        if entry.get("instances"):
            frame = VideoFrame(image, entry["frame_id"].whole_number())
            people += [_person(one, frame, names) for one in entry["instances"]]
        else:
            people.append(_person(entry, image, names))
    return people


def _person(entry: Entry, image: str | VideoFrame, names: Sequence[str] | None) -> PredictedPerson:
    points = entry["keypoints"].numbers(-1, 2)
    confidences = entry["keypoint_scores"].numbers(len(points))
    if names is None:
        names = BY_COUNT.get(len(points), ())
    if len(names) != len(points) or not len(points):
        counts = ", ".join(map(str, BY_COUNT))
        raise entry.error(
            f"has {len(points)} keypoints: give {counts}, or their names in meta_info"
        )
    box_score = entry.get("bbox_score")
    return predicted(
        image,
        names,
        points,
        confidences,
        _score(coco_points(names, confidences), 1.0 if box_score is None else box_score.number()),
        box=_box(entry),
    )


def _score(confidences: NDArray[np.float64], box_score: float) -> float:
    """Return the score of a person as MMPose's CocoMetric does (`score_mode="bbox_keypoint"`)."""
    counted = confidences[confidences > _MIN_CONFIDENCE]
    return box_score * float(counted.mean()) if len(counted) else box_score


def _box(entry: Entry) -> NDArray[np.float64] | None:
    """Return the box, which MMPose writes as a list of one list of corners."""
    box = entry.get("bbox")
    if box is None:
        return None
    return (next(iter(box), box) if _is_nested(box) else box).box_of_corners()


def _is_nested(box: Entry) -> bool:
    return isinstance(box.value, list) and bool(box.value) and isinstance(box.value[0], list)


def _names(root: Entry) -> Sequence[str] | None:
    """Return the names of the points from `meta_info`, or None if it has none."""
    meta = root.get("meta_info")
    by_id = meta and meta.get("keypoint_id2name")
    if not by_id:
        return None
    names = {key: str(name.value) for key, name in by_id.items()}
    ordered = [names.get(str(number), "") for number in range(len(names))]
    if not {*COCO_NAMES} & {*ordered}:
        raise by_id.error("names none of COCO's keypoints: use a model for people")
    return ordered
