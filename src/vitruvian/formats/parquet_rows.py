"""The rows of a Parquet file as a recording, read by a process of its own.

At some damaged files, arro3-io ends the process that reads them. So `parquet` runs this file as a
program, which writes what it reads as `.npz`:

    python -m vitruvian.formats.parquet_rows SOURCE.parquet TARGET.npz
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.errors import RecordingError
from vitruvian.formats import npz
from vitruvian.recorded.arrays import Recorded
from vitruvian.recorded.blocks import BLOCK_PEOPLE
from vitruvian.recorded.header import Header
from vitruvian.recorded.spool import spool_in
from vitruvian.result import VALUE_COLUMNS
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

KEY = "vitruvian"  # of the header in the file's metadata
_LANDMARKS = len(LANDMARK_NAMES)
_MAX_PEOPLE = 10_000  # in a frame; ten times as many as `num_poses` permits
_OF_PERSON = ("person", "score", "filled")
# The columns that are read. The header has the names of images, and landmarks are in their order.
_READ: dict[str, type[np.generic]] = {
    "frame": np.int64,
    "time_s": np.float64,
    "width": np.int32,
    "height": np.int32,
    "person": np.int64,
    "score": np.float32,
    "filled": np.bool_,
    "landmark": np.int64,
    **dict.fromkeys(VALUE_COLUMNS, np.float32),
}


def _convert(source: Path, target: Path) -> None:
    """Write a Parquet file as `.npz`. Messages of errors lack the file's name."""
    io = import_module("arro3.io")
    metadata = io.read_parquet(source).schema.metadata
    header = Header.from_json(metadata.get(KEY.encode(), b"null"))
    with spool_in(target.parent, header) as spool:
        for block in _read(io, source, header):
            spool.extend(block)
        npz.write(spool.blocks(), target)


def _read(io: Any, source: Path, header: Header) -> Iterator[Recorded]:
    rest: dict[str, NDArray[Any]] | None = None
    for batch in io.read_parquet(source, batch_size=BLOCK_PEOPLE * _LANDMARKS):
        table = {name: _column(batch.column(name), kind) for name, kind in _READ.items()}
        if rest is not None:
            table = {name: np.concatenate((rest[name], table[name])) for name in _READ}
        # The last frame may continue in the next batch.
        last = int(np.searchsorted(table["frame"], table["frame"][-1]))
        if len(table["frame"]) - last > _MAX_PEOPLE * _LANDMARKS:
            raise RecordingError(f"has more than {_MAX_PEOPLE:,} people in a frame: correct it")
        if last:
            yield _block(header, {name: values[:last] for name, values in table.items()})
        rest = {name: values[last:] for name, values in table.items()}
    if rest is not None:
        yield _block(header, rest)


def _column(column: Any, kind: type[np.generic]) -> NDArray[Any]:
    """Return a column in which null, which only a frame without people has, is 0."""
    if column.null_count:
        return np.array([value or 0 for value in column.to_pylist()], kind)
    array: NDArray[Any] = column.to_numpy()
    if array.dtype != kind:
        raise RecordingError(f"has {array.dtype} in place of {np.dtype(kind)}: write it again")
    return array


def _block(header: Header, table: dict[str, NDArray[Any]]) -> Recorded:
    """Return some frames from their rows."""
    firsts = np.concatenate(([0], np.flatnonzero(np.diff(table["frame"])) + 1))
    has_person = table["person"] > 0
    of_people = {name: values[has_person] for name, values in table.items()}
    rows = np.add.reduceat(has_person, firsts, dtype=np.int32)
    people = len(of_people["person"]) // _LANDMARKS
    if (rows % _LANDMARKS).any():
        raise RecordingError("lacks landmarks of a person: write it again")
    by_person = {name: values.reshape(people, _LANDMARKS) for name, values in of_people.items()}
    are_equal = (
        (by_person[name] == by_person[name][:, :1]).all() for name in ("frame", *_OF_PERSON)
    )
    if not all(are_equal) or (by_person["landmark"] != np.arange(_LANDMARKS)).any():
        raise RecordingError("has rows that are not in order: write it again")

    def points(*names: str) -> NDArray[np.float32]:
        return np.stack([by_person[name] for name in names], axis=-1)

    return Recorded(
        header,
        frames=table["frame"][firsts],
        timestamps_s=table["time_s"][firsts],
        image_sizes_px=np.stack([table["width"][firsts], table["height"][firsts]], axis=-1),
        people_counts=rows // np.int32(_LANDMARKS),
        ids=by_person["person"][:, 0],
        scores=by_person["score"][:, 0],
        is_filled=by_person["filled"][:, 0],
        pose_landmarks=points("x", "y", "z"),
        pose_world_landmarks=points("world_x", "world_y", "world_z"),
        visibility=by_person["visibility"],
        presence=by_person["presence"],
    )


if __name__ == "__main__":
    try:
        _convert(Path(sys.argv[1]), Path(sys.argv[2]))
    except RecordingError as refusal:
        print(refusal)  # noqa: T201 - for the program that has started this one
        sys.exit(1)
