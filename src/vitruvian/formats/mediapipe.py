"""MediaPipe's landmarks as JSON, as programs write them from its results.

A result is an object with the keys `pose_landmarks` and `pose_world_landmarks` (Python, both APIs),
`poseLandmarks` and `poseWorldLandmarks` (`@mediapipe/pose`), or `landmarks` and `worldLandmarks`
(`@mediapipe/tasks-vision`). Its values are people, or one person; a person is a list of 33 objects
with normalized x, y and optionally visibility, or `{"landmark": …}` with such a list, as protobuf's
`MessageToDict` writes it. In place of a result, its landmarks alone will do. A file has one result,
and the name of the image, or an object of results by the names of the images.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vitruvian.formats.landmarks import landmark_values, person_of_landmarks

if TYPE_CHECKING:
    from vitruvian.formats.data_file import DataFile
    from vitruvian.formats.entries import Entry
    from vitruvian.prediction import PredictedPerson

_KEYS = {
    "pose_landmarks": "pose_world_landmarks",
    "poseLandmarks": "poseWorldLandmarks",
    "landmarks": "worldLandmarks",
}


def recognizes(file: DataFile) -> bool:
    """Return whether a document has landmarks, of one image or by the names of images."""
    root = file.root.value
    if _is_result(root):
        return True
    return isinstance(root, dict) and any(map(_is_result, root.values()))


def read(file: DataFile) -> list[PredictedPerson]:
    """Return the people of a file, normalized."""
    if _is_result(file.root.value):
        return _people(file.root, file.image)
    return [person for name, entry in file.root.items() for person in _people(entry, name)]


def _is_result(value: Any) -> bool:
    match value:
        case {"landmark": list()} | [{"landmark": _}, *_] | [{"x": _, "y": _}, *_]:
            return True
        case [[{"x": _, "y": _}, *_], *_]:
            return True
        case dict():
            return not _KEYS.keys().isdisjoint(value)
    return False


def _people(entry: Entry, image: str) -> list[PredictedPerson]:
    landmarks: Entry | None = entry
    world = None
    if isinstance(entry.value, dict) and "landmark" not in entry.value:
        key = next((key for key in _KEYS if key in entry.value), "pose_landmarks")
        landmarks, world = entry.get(key), entry.get(_KEYS[key])
        if landmarks is None and key not in entry.value:
            raise entry.error(f"has no {key}: give the landmarks, or null if nobody was found")
    bodies = _bodies(landmarks)
    bodies_in_world = _bodies(world)
    if bodies_in_world and len(bodies_in_world) != len(bodies):
        raise entry.error(
            f"has {len(bodies)} people with landmarks and {len(bodies_in_world)} with world "
            "landmarks: give both for each, or no world landmarks"
        )
    people = []
    for number, body in enumerate(bodies):
        values = landmark_values(body, ("x", "y", "visibility"), optional="visibility")
        world_landmarks = (
            landmark_values(bodies_in_world[number], ("x", "y", "z")) if bodies_in_world else None
        )
        people.append(
            person_of_landmarks(image, values[:, :2], values[:, 2], world_landmarks=world_landmarks)
        )
    return people


def _bodies(entry: Entry | None) -> list[Entry]:
    """Return the lists of landmarks of all people."""
    match entry and entry.value:
        case None | []:
            return []
        case {"landmark": _} | [{"x": _}, *_]:
            people = [entry]
        case _:
            people = list(entry or ())
    return [
        one["landmark"] if isinstance(one.value, dict) else one for one in people if one is not None
    ]
