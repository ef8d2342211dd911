"""The results of any system, whose format is told by the content of its files.

`FORMATS` is the table of all formats. To read another one, write a file beside this one with the
functions `recognizes` and `read`, and add a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vitruvian.errors import EvaluationError
from vitruvian.formats import (
    alphapose,
    apple_vision,
    coco,
    csv,
    mediapipe,
    mmpose,
    openpose,
    own_recording,
    pose_result,
    rtmlib,
    ultralytics,
)
from vitruvian.formats.data_file import DataFile, read_file
from vitruvian.formats.units import in_either, in_fractions, in_pixels
from vitruvian.prediction import PredictedPerson, VideoFrame
from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_People = list[PredictedPerson]


@dataclass(frozen=True)
class Format:
    """How the files of one system are read.

    Attributes:
        name: as messages name it.
        recognizes: whether a file has this format.
        read: returns the people of a file, with coordinates as they are written.
        units: settles over all people whether these are pixels.
    """

    name: str
    recognizes: Callable[[DataFile], bool]
    read: Callable[[DataFile], _People]
    units: Callable[[_People, str], _People]


# The first that recognizes a file reads it. Three are told by their first bytes, and all others are
# JSON. Recordings stand before rtmlib's arrays, as both are archives, and AlphaPose before COCO
# results, of which it is a dialect.
FORMATS = (
    Format("the CSV of vitruvian run", csv.recognizes, csv.read, in_fractions),
    Format(
        "the recording of vitruvian run", own_recording.recognizes, own_recording.read, in_fractions
    ),
    Format("rtmlib's arrays in .npz", rtmlib.recognizes, rtmlib.read, in_pixels),
    Format("AlphaPose", alphapose.recognizes, alphapose.read, in_pixels),
    Format("COCO results", coco.recognizes, coco.read, in_pixels),
    Format("OpenPose", openpose.recognizes, openpose.read, openpose.in_any_scale),
    Format("MMPose", mmpose.recognizes, mmpose.read, in_pixels),
    Format("Ultralytics", ultralytics.recognizes, ultralytics.read, in_either),
    Format("PoseResult.to_dict", pose_result.recognizes, pose_result.read, in_fractions),
    Format("MediaPipe's landmarks", mediapipe.recognizes, mediapipe.read, in_fractions),
    Format("vision.json of Apple Vision", apple_vision.recognizes, apple_vision.read, in_fractions),
)

_SUFFIXES = {".json", ".csv", ".npz"}


def read(path: Path) -> list[PredictedPerson]:
    """Return the people that a system found.

    Args:
        path: a file, or a folder with files of one format, whose subfolders are not read. In a
            folder with recordings, only these are read.

    Returns:
        All people in the order of the files. It is empty if nobody was found.

    Raises:
        EvaluationError: a file cannot be read, its format is not known or broken, a folder has no
            results or several formats, an image is in two files, or a person is there twice.
    """
    known: Format | None = None
    file_of_image: dict[int | str | VideoFrame, str] = {}
    people: _People = []
    for each in _files(path):
        file = read_file(each)
        form = _format_of(file)
        if form is None:
            continue
        if known and form is not known:
            raise file.error(
                f"is in the format {form.name}, and files before it in the folder are in the "
                f"format {known.name}: give a folder with one format"
            )
        known = form
        found = form.read(file)
        _refuse_repeats(found, file)
        for image in {person.image for person in found}:
            if image in file_of_image:
                raise file.error(
                    f"has the image {printable(image)}, which {file_of_image[image]} has, "
                    "too: remove one of them"
                )
            file_of_image[image] = file.place
        people += found
    return known.units(people, printable(path)) if known else people


def _files(path: Path) -> list[Path]:
    """Return the files to read. Names that begin with a dot belong to the system."""
    try:
        if not path.is_dir():
            return [path]
        files = sorted(
            each
            for each in path.iterdir()
            if each.suffix.lower() in _SUFFIXES and each.is_file() and each.name[0] != "."
        )
        # What a run writes beside a recording has the same people, or none.
        files = [each for each in files if own_recording.is_recording(each)] or files
    except OSError as error:
        raise EvaluationError(
            f"{printable(path)} cannot be read ({error.strerror}): check the path."
        ) from error
    if not files:
        raise EvaluationError(
            f"{printable(path)} has no file that ends in {', '.join(sorted(_SUFFIXES))}: give the "
            "folder with the results."
        )
    return files


def _format_of(file: DataFile) -> Format | None:
    """Return the format of a file, or None if it is an empty list, which tells no format."""
    for form in FORMATS:
        if form.recognizes(file):
            return form
    if file.root.value == []:
        return None
    raise file.error(
        "has no format that is known: give "
        f"{', '.join(form.name for form in FORMATS[:-1])}, or {FORMATS[-1].name}"
    )


def _refuse_repeats(people: _People, file: DataFile) -> None:
    """Refuse results that were joined from two copies: the second person would be a mistake."""
    seen = set()
    for person in people:
        key = (person.image, person.score, person.keypoints.tobytes(), person.confidences.tobytes())
        if key in seen:
            raise file.error(
                f"has the same person twice in the image {printable(person.image)}: remove what is "
                "there twice"
            )
        seen.add(key)
