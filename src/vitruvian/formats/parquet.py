"""A recording as Parquet: the columns of the CSV file, in row groups.

A frame without people has one row, in which only the columns of the frame have values. So nothing
of a recording is lost. arro3-io writes the file from batches that are requested one after the
other; pyarrow, which could do the same, is five times as large.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.errors import MissingLibraryError, RecordingError
from vitruvian.formats import npz, parquet_rows
from vitruvian.formats.parquet_rows import KEY
from vitruvian.recorded.arrays import Recorded
from vitruvian.recorded.columns import columns
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vitruvian.recorded.blocks import Blocks
    from vitruvian.recorded.header import Header

MAGIC = b"PAR1"
LIBRARY = "arro3.io"
_LANDMARKS = len(LANDMARK_NAMES)
_ROWS_OF_GROUP = 2**18  # a group is in memory while it is written: about 12 MB


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
        key_value_metadata={KEY: blocks.header.to_json()},
        compression="zstd(3)",
        max_row_group_size=_ROWS_OF_GROUP,
    )


def read_header(path: Path) -> Header:
    """Return the header of a file.

    Raises:
        MissingLibraryError: arro3-io is not installed.
    """
    with _as_npz(path) as converted:
        return npz.read_header(converted)


def read(path: Path, header: Header) -> Iterator[Recorded]:
    """Yield the frames of a file in blocks."""
    with _as_npz(path) as converted:
        yield from npz.read(converted, header)


@contextmanager
def _as_npz(path: Path) -> Iterator[Path]:
    """Yield the same recording as `.npz`, which another process writes: see `parquet_rows`."""
    _libraries()
    with TemporaryDirectory(prefix="vitruvian-") as folder:
        target = Path(folder, "recording.npz")
        done = subprocess.run(  # noqa: S603 - both paths are only opened as files
            # Without -P, Python would import from the current folder, whatever is in it.
            [sys.executable, "-P", "-m", parquet_rows.__name__, path.absolute(), target],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RecordingError(done.stdout.strip() or "is damaged or cut short: write it again")
        yield target


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
