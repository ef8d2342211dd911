"""A recording as Parquet: the columns of the CSV file, in row groups.

A frame without people has one row, in which only the columns of the frame have values. So nothing
of a recording is lost. arro3-io writes the file from batches that are requested one after the
other; pyarrow, which could do the same, is five times as large.
"""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.errors import MissingLibraryError, RecordingError
from vitruvian.recorded.arrays import Recorded
from vitruvian.recorded.blocks import BLOCK_PEOPLE
from vitruvian.recorded.columns import columns
from vitruvian.recorded.header import Header
from vitruvian.result import VALUE_COLUMNS
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from vitruvian.recorded.blocks import Blocks

MAGIC = b"PAR1"
LIBRARY = "arro3.io"
_KEY = "vitruvian"  # of the header in the file's metadata
_LANDMARKS = len(LANDMARK_NAMES)
_ROWS_OF_GROUP = 2**18  # a group is in memory while it is written: about 12 MB
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


def write(blocks: Blocks, path: Path) -> None:
    """Write a recording.

    Raises:
        MissingLibraryError: arro3-io is not installed.
    """
    core, io = _libraries()
    first = next(iter(blocks), None) or Recorded.of_results(blocks.header, [])
    batches = (_batch(core, block) for block in blocks)
    io.write_parquet(
        core.RecordBatchReader.from_batches(_batch(core, first).schema, batches),
        path,
        key_value_metadata={_KEY: blocks.header.to_json()},
        compression="zstd(3)",
        max_row_group_size=_ROWS_OF_GROUP,
    )


def read_header(path: Path) -> Header:
    """Return the header of a file.

    Raises:
        MissingLibraryError: arro3-io is not installed.
    """
    _, io = _libraries()
    with _panics_as_errors():
        metadata = io.read_parquet(path).schema.metadata
    return Header.from_json(metadata.get(_KEY.encode(), b"null"))


def read(path: Path, header: Header) -> Iterator[Recorded]:
    """Yield the frames of a file in blocks."""
    _, io = _libraries()
    rest: dict[str, NDArray[Any]] | None = None
    for batch in _batches(io, path):
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


def _batches(io: Any, path: Path) -> Iterator[Any]:
    with _panics_as_errors():
        yield from io.read_parquet(path, batch_size=BLOCK_PEOPLE * _LANDMARKS)


@contextmanager
def _panics_as_errors() -> Iterator[None]:
    """Say of a panic in the block, with which arro3-io reacts to some files, what it means.

    Rust's panics arrive as an exception that is not an `Exception`, and has no public name.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise RecordingError("is damaged or cut short: write it again") from error


def _libraries() -> tuple[Any, Any]:
    try:
        return import_module("arro3.core"), import_module(LIBRARY)
    except ImportError as error:
        raise MissingLibraryError(
            f'Parquet needs arro3-io ({error}): run pip install "vitruvian[parquet]".'
        ) from error


def _batch(core: Any, block: Recorded) -> Any:
    """Return some frames as an Arrow record batch."""
    arrays = _arrow(core, columns(block))
    is_empty = block.people_counts == 0
    if is_empty.any():
        rows = np.where(is_empty, 1, block.people_counts * _LANDMARKS)
        positions = np.repeat(np.arange(len(block)), rows)
        without_people = is_empty[positions]
        order = (np.cumsum(~without_people) - 1).astype(object)
        order[without_people] = None  # in Arrow, taking this row gives null
        taken = core.Array(order.tolist(), core.DataType.uint32())
        arrays = {name: array.take(taken) for name, array in arrays.items()}
        of_frames = _columns_of_frames(block)
        arrays |= _arrow(core, {name: values[positions] for name, values in of_frames.items()})
    return core.RecordBatch.from_pydict(arrays)


def _arrow(core: Any, table: dict[str, NDArray[Any]]) -> dict[str, Any]:
    return {
        name: core.Array.from_numpy(np.ascontiguousarray(values)) for name, values in table.items()
    }


def _columns_of_frames(block: Recorded) -> dict[str, NDArray[Any]]:
    return {
        "frame": block.frames,
        "time_s": block.timestamps_s,
        "width": block.image_sizes_px[:, 0],
        "height": block.image_sizes_px[:, 1],
        "image": np.array([block.image_name(number) for number in range(len(block))]),
    }


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
