"""Results as CSV: one row per landmark."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vitruvian.errors import EvaluationError
from vitruvian.formats.entries import MAX_NUMBER
from vitruvian.formats.landmarks import as_float32, person_of_landmarks
from vitruvian.prediction import VideoFrame
from vitruvian.printable import printable
from vitruvian.recorded.columns import COLUMNS, FLOAT32_COLUMNS, columns
from vitruvian.result import VALUE_COLUMNS
from vitruvian.shortest import shortest
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vitruvian.formats.data_file import DataFile
    from vitruvian.prediction import PredictedPerson
    from vitruvian.recorded.arrays import Recorded
    from vitruvian.recorded.blocks import Blocks

CSV_HEADER = ",".join(COLUMNS)
# Files of older versions have only these.
_FIRST_COLUMNS = ("frame", "time_s", "person", "landmark", "name", *VALUE_COLUMNS)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # which spreadsheets write
_NUMBERS = {str(number): number for number in range(len(LANDMARK_NAMES))}


def write(blocks: Blocks, path: Path) -> None:
    """Write a recording: one row per landmark. A frame without people has no rows.

    `recorded.columns` says what the columns are. Each number is the shortest that reads back as the
    same float32, and times are rounded to microseconds.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{CSV_HEADER}\n")
        for block in blocks:
            file.writelines(_lines(block))


def _lines(block: Recorded) -> Iterator[str]:
    table = columns(block)
    table["time_s"] = table["time_s"].round(6)
    # Joining strings is faster than the module `csv`, and only names of images need quotes.
    cells = [map(str, values.tolist()) for values in table.values()]
    for name in FLOAT32_COLUMNS:
        cells[COLUMNS.index(name)] = map(str, shortest(table[name]).tolist())
    cells[COLUMNS.index("filled")] = map(("false", "true").__getitem__, table["filled"].tolist())
    cells[COLUMNS.index("image")] = map(_quoted, table["image"].tolist())
    return (",".join(row) + "\n" for row in zip(*cells, strict=True))


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if re.search('[",\\r\\n]', text) else text


def recognizes(file: DataFile) -> bool:
    """Return whether a file begins with the columns that `write` writes."""
    columns_known = ",".join(_FIRST_COLUMNS).encode()
    return file.content.removeprefix(_BYTE_ORDER_MARK).startswith(columns_known)


def read(file: DataFile) -> list[PredictedPerson]:
    """Return the people of a file, normalized.

    If the column `image` has names, they are the images. Otherwise, if all people are in frame 0,
    the file is about the image that it is named after, and else about the frames of a video. The
    score of a person is the mean visibility.
    """
    values: dict[tuple[int, int], dict[int, list[float]]] = {}
    images: dict[int, str] = {}
    for row in _rows(file):
        images[row.frame] = row.image
        landmarks = values.setdefault((row.frame, row.person), {})
        if row.landmark in landmarks:
            raise file.error(
                f"has landmark {row.landmark} of person {row.person} in frame {row.frame} for the "
                f"second time in line {row.line}: give it once"
            )
        landmarks[row.landmark] = row.values
    is_image = {*images} == {0}
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
        of_file = file.image if is_image else VideoFrame(file.image, frame)
        people.append(
            person_of_landmarks(
                images[frame] or of_file,
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
    image: str


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
    if len(cells) not in {len(_FIRST_COLUMNS), len(COLUMNS)}:
        raise file.error(
            f"has {len(cells)} values in line {line}: if it is cut short, write it again"
        )
    frame, _, person, landmark, name, *texts = cells
    if landmark not in _NUMBERS or name != LANDMARK_NAMES[_NUMBERS[landmark]]:
        raise file.error(
            f"has {printable(name)} as landmark {printable(landmark)} in line {line}: give the "
            "landmarks as vitruvian run writes them"
        )
    values = [float(text) for text in texts[: len(VALUE_COLUMNS)]]
    if not (np.abs(values) <= MAX_NUMBER).all():
        raise file.error(f"has NaN or a number beyond {MAX_NUMBER:,.0f} in line {line}: correct it")
    image = cells[COLUMNS.index("image")] if len(cells) == len(COLUMNS) else ""
    return _Row(line, int(frame), int(person), _NUMBERS[landmark], values, image)
