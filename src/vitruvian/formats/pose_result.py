"""`PoseResult.to_dict()` as JSON: one result, or a list of them.

A file with one result is named after its image. In a list, a result may have the key `image` beside
what `to_dict` gives; otherwise it is about a frame of the video that the file is named after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.formats.landmarks import as_float32, landmark_values, person_of_landmarks
from vitruvian.prediction import VideoFrame

if TYPE_CHECKING:
    from vitruvian.formats.data_file import DataFile
    from vitruvian.formats.entries import Entry
    from vitruvian.prediction import PredictedPerson


def recognizes(file: DataFile) -> bool:
    """Return whether a document is one of our results, or a list of them."""
    match file.root.value:
        case {"frame": _, "people": _} | [{"frame": _, "people": _}, *_]:
            return True
    return False


def read(file: DataFile) -> list[PredictedPerson]:
    """Return the people of a file, normalized."""
    root = file.root
    if isinstance(root.value, dict):
        return _people(root, file.image)
    people = []
    seen = set()
    for entry in root:
        image = (
            entry["image"].id()
            if entry.get("image")
            else VideoFrame(file.image, entry["frame"].whole_number())
        )
        if image in seen:
            raise entry.error("is about an image for the second time: give each image once")
        seen.add(image)
        people += _people(entry, image)
    return people


def _people(entry: Entry, image: int | str | VideoFrame) -> list[PredictedPerson]:
    return [_person(one, image) for one in entry["people"]]


def _person(entry: Entry, image: int | str | VideoFrame) -> PredictedPerson:
    columns = ("x", "y", "visibility", "world_x", "world_y", "world_z")
    values = as_float32(landmark_values(entry["landmarks"], columns))
    return person_of_landmarks(
        image,
        values[:, :2],
        values[:, 2],
        world_landmarks=values[:, 3:],
        track_id=entry["id"].whole_number(),
    )
