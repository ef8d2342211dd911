"""A recording as JSON Lines: in each line a frame as `PoseResult.to_dict` gives it.

The first line also has the header. Each line is complete by itself, so that a file that was cut
short is valid up to its last line.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TextIO

import numpy as np

from vitruvian.errors import RecordingError
from vitruvian.recorded.arrays import Recorded
from vitruvian.recorded.blocks import BLOCK_FRAMES, BLOCK_PEOPLE
from vitruvian.recorded.header import MAX_BYTES, Header
from vitruvian.result import VALUE_COLUMNS, PoseResult
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from vitruvian.recorded.blocks import Blocks

MAGIC = b'{"'
_HEADER = "recording"  # its key in the first line
_MAX_LINE_BYTES = 2 * MAX_BYTES  # a header, and 10,000 people


def write(blocks: Blocks, path: Path) -> None:
    """Write a recording."""
    header: dict[str, Any] = {_HEADER: json.loads(blocks.header.to_json())}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for block in blocks:
            is_filled = iter(block.is_filled.tolist())
            for position, result in enumerate(block):
                line = header | result.to_dict()
                if block.header.images:
                    line["image"] = block.image_name(position)
                for person in line["people"]:
                    person["filled"] = next(is_filled)
                # `json.dump` would encode in Python, several times slower.
                file.write(json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n")
                header = {}


def read_header(path: Path) -> Header:
    """Return the header of a file."""
    with path.open(encoding="utf-8") as file:
        _, first = next(_lines(file), (0, {}))
        return Header.from_json(json.dumps(first.get(_HEADER)))


def read(path: Path, header: Header) -> Iterator[Recorded]:
    """Yield the frames of a file in blocks."""
    results: list[PoseResult] = []
    is_filled: list[bool] = []
    with path.open(encoding="utf-8") as file:
        for number, line in _lines(file):
            try:
                result, filled = _result(line)
            except (ValueError, TypeError, KeyError, OverflowError) as error:
                raise RecordingError(
                    f"has no whole frame in line {number}: write it again"
                ) from error
            results.append(result)
            is_filled += filled
            if len(is_filled) >= BLOCK_PEOPLE or len(results) == BLOCK_FRAMES:
                yield _block(header, results, is_filled)
                results, is_filled = [], []
    if results:
        yield _block(header, results, is_filled)


def _lines(file: TextIO) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number and the object of each line."""
    number = 0
    while text := file.readline(_MAX_LINE_BYTES):
        number += 1
        try:
            line = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise RecordingError(
                f"has a broken line {number}: if it is the last one, remove it, or else write the "
                "file again"
            ) from error
        if not isinstance(line, dict):
            raise RecordingError(f"has no frame in line {number}: write it again")
        yield number, line


def _block(header: Header, results: list[PoseResult], is_filled: list[bool]) -> Recorded:
    return replace(Recorded.of_results(header, results), is_filled=np.array(is_filled, np.bool_))


def _result(line: dict[str, Any]) -> tuple[PoseResult, list[bool]]:
    """Return a frame, and whether each of its people was filled in."""
    people = line["people"]
    if not isinstance(people, list):
        raise TypeError
    values = _numbers([_values(person) for person in people], len(LANDMARK_NAMES), 8)
    filled = [person["filled"] for person in people]
    if any(type(each) is not bool for each in filled):
        raise TypeError
    result = PoseResult(
        pose_landmarks=values[..., :3],
        pose_world_landmarks=values[..., 5:],
        visibility=values[..., 3],
        presence=values[..., 4],
        scores=_numbers([person["score"] for person in people]),
        ids=np.array([_whole(person["id"]) for person in people], np.int64),
        segmentation_masks=None,
        image_size=(_whole(line["width"]), _whole(line["height"])),  # type: ignore[arg-type]
        index=_whole(line["frame"]),
        timestamp_s=float(_numbers([line["time_s"]], dtype=np.float64)[0]),
    )
    return result, filled


def _values(person: dict[str, Any]) -> list[list[float]]:
    landmarks = person["landmarks"]
    if [landmark["name"] for landmark in landmarks] != list(LANDMARK_NAMES):
        raise ValueError
    return [[landmark[column] for column in VALUE_COLUMNS] for landmark in landmarks]


def _numbers(values: list[Any], *shape: int, dtype: type = np.float32) -> NDArray[Any]:
    array = np.array(values)
    if array.size and array.dtype.kind not in "if":
        raise TypeError
    return array.astype(dtype).reshape(len(values), *shape)


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError
    return int(np.int64(value))  # which raises OverflowError
