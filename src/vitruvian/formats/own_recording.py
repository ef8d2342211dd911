"""The people of a recording of `vitruvian run`, as predictions."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from vitruvian.errors import RecordingError
from vitruvian.formats import npz
from vitruvian.formats.landmarks import as_float32, person_of_landmarks
from vitruvian.formats.recordings import open_recording
from vitruvian.prediction import VideoFrame

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vitruvian.formats.data_file import DataFile
    from vitruvian.prediction import PredictedPerson
    from vitruvian.recorded.arrays import Recorded


def recognizes(file: DataFile) -> bool:
    """Return whether a file is an archive with the header of a recording."""
    return is_recording(file.path)


def is_recording(path: Path) -> bool:
    """Return whether there is the header of a recording in a file."""
    try:
        with zipfile.ZipFile(path) as archive:
            return npz.HEADER in archive.namelist()
    except (OSError, ValueError, zipfile.BadZipFile):
        return False  # the reader of another format says what is wrong


def read(file: DataFile) -> list[PredictedPerson]:
    """Return the people of a file, normalized.

    If the recording is one of photographs, each has its name. If it is one image, that is the image
    that the file is named after, and otherwise the file is about the frames of a video.
    """
    try:
        blocks = [*open_recording(file.path)]
    except RecordingError as error:
        raise file.error(str(error).removeprefix(f"{file.place} ").removesuffix(".")) from error
    is_image = [block.frames.tolist() for block in blocks] == [[0]]
    return [person for block in blocks for person in _people(block, file, is_image=is_image)]


def _people(block: Recorded, file: DataFile, *, is_image: bool) -> Iterator[PredictedPerson]:
    for position, result in enumerate(block):
        of_file = file.image if is_image else VideoFrame(file.image, result.index)
        for person in result:
            yield person_of_landmarks(
                block.image_name(position) or of_file,
                as_float32(person.pose_landmarks[0, :, :2]),
                as_float32(person.visibility[0]),
                world_landmarks=as_float32(person.pose_world_landmarks[0]),
                track_id=int(person.ids[0]),
            )
