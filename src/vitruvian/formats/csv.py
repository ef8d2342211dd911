"""Results as CSV: one row per landmark."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple, TextIO

import numpy as np

from vitruvian.errors import EvaluationError
from vitruvian.formats.entries import MAX_NUMBER
from vitruvian.formats.landmarks import as_float32, person_of_landmarks
from vitruvian.prediction import VideoFrame
from vitruvian.printable import printable
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitruvian.formats.data_file import DataFile
    from vitruvian.prediction import PredictedPerson
    from vitruvian.result import PoseResult

CSV_HEADER = "frame,time_s,person,landmark,name,x,y,z,visibility,presence,world_x,world_y,world_z"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # which spreadsheets write
_NUMBERS = {str(number): number for number in range(len(LANDMARK_NAMES))}


class CsvWriter:
    """Writes one row per landmark. A frame without people has no rows.

    `frame` counts from 0 and `person` is the id. x, y and z are normalized coordinates
    (`PoseResult.pose_landmarks`); world_x, world_y and world_z are in metres. Each number is the
    shortest that reads back as the same float32.

    Args:
        file: A text file that is open for writing. The header is written at once.
    """

    def __init__(self, file: TextIO) -> None:
        file.write(f"{CSV_HEADER}\n")
        self._file = file

    def write(self, result: PoseResult) -> None:
        """Append the people of one frame."""
        numbers = np.concatenate(
            (
                result.pose_landmarks,
                result.visibility[..., np.newaxis],
                result.presence[..., np.newaxis],
                result.pose_world_landmarks,
            ),
            axis=-1,
        )
        time_s = round(result.timestamp_s, 6)
        # No field needs quotes, and joining strings is faster than the module `csv`.
        for person, landmarks in zip(result.ids, numbers, strict=True):
            self._file.writelines(
                f"{result.index},{time_s},{person},{landmark},{name},{','.join(map(str, values))}\n"
                for landmark, (name, values) in enumerate(
                    zip(LANDMARK_NAMES, landmarks, strict=True)
                )
            )


def recognizes(file: DataFile) -> bool:
    """Return whether a file begins with the header that `CsvWriter` writes."""
    return file.content.removeprefix(_BYTE_ORDER_MARK).startswith(CSV_HEADER.encode())


def read(file: DataFile) -> list[PredictedPerson]:
    """Return the people of a file, normalized.

    If all of them are in frame 0, the file is about the image that it is named after. Otherwise it
    is about the frames of a video. The score of a person is the mean visibility.
    """
    values: dict[tuple[int, int], dict[int, list[float]]] = {}
    for row in _rows(file):
        landmarks = values.setdefault((row.frame, row.person), {})
        if row.landmark in landmarks:
            raise file.error(
                f"has landmark {row.landmark} of person {row.person} in frame {row.frame} for the "
                f"second time in line {row.line}: give it once"
            )
        landmarks[row.landmark] = row.values
    is_image = all(frame == 0 for frame, _ in values)
    people = []
    for (frame, person), landmarks in values.items():
        if len(landmarks) != len(LANDMARK_NAMES):
            raise file.error(
                f"has {len(landmarks)} of {len(LANDMARK_NAMES)} landmarks of person {person} in "
                f"frame {frame}: if it is cut short, write it again"
            )
        x, y, _, visibility, _, *world = as_float32(
            [landmarks[mark] for mark in sorted(landmarks)]
        ).T
        people.append(
            person_of_landmarks(
                file.image if is_image else VideoFrame(file.image, frame),
                np.column_stack((x, y)),
                visibility,
                world_landmarks=np.column_stack(world),
                track_id=person,
            )
        )
    return people


class _Row(NamedTuple):
    line: int
    frame: int
    person: int
    landmark: int
    values: list[float]


def _rows(file: DataFile) -> Iterator[_Row]:
    try:
        text = io.StringIO(file.content.decode("utf-8-sig"), newline="")
        reader = csv.reader(text, strict=True)
        next(reader)
        for cells in reader:
            yield _row(file, reader.line_num, cells)
    except EvaluationError:
        raise
    except (ValueError, csv.Error) as error:
        raise file.error(
            f"has a value that is no number ({printable(error)}): write it again"
        ) from error


def _row(file: DataFile, line: int, cells: list[str]) -> _Row:
    if len(cells) != CSV_HEADER.count(",") + 1:
        raise file.error(
            f"has {len(cells)} values in line {line}: if it is cut short, write it again"
        )
    frame, _, person, landmark, name, *texts = cells
    if landmark not in _NUMBERS or name != LANDMARK_NAMES[_NUMBERS[landmark]]:
        raise file.error(
            f"has {printable(name)} as landmark {printable(landmark)} in line {line}: give the "
            "landmarks as vitruvian run writes them"
        )
    values = [float(text) for text in texts]
    if not (np.abs(values) <= MAX_NUMBER).all():
        raise file.error(f"has NaN or a number beyond {MAX_NUMBER:,.0f} in line {line}: correct it")
    return _Row(line, int(frame), int(person), _NUMBERS[landmark], values)
