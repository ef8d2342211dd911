"""The recording in a file, whose format is told by its first bytes.

`READERS` is the table of the formats that lose nothing. To read another one, write a file beside
this one with the bytes `MAGIC` and the functions `read_header` and `read`, and add a row.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from vitruvian.errors import MissingLibraryError, RecordingError
from vitruvian.formats import jsonl, npz, parquet
from vitruvian.printable import printable
from vitruvian.recorded.blocks import Blocks, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vitruvian.recorded.arrays import Recorded
    from vitruvian.recorded.header import Header


class _Reader(Protocol):
    """How the files of one format are read. Messages of errors lack the file's name."""

    MAGIC: bytes

    def read_header(self, path: Path) -> Header:
        """Return the header of a file."""

    def read(self, path: Path, header: Header) -> Iterator[Recorded]:
        """Yield the frames of a file in blocks."""


READERS: tuple[_Reader, ...] = (npz, parquet, jsonl)


def open_recording(path: Path) -> Blocks:
    """Return the recording in a file, which is read when its blocks are asked for.

    Args:
        path: of a file in the format npz, parquet or jsonl. Other formats lack frames without
            people, or landmarks.

    Raises:
        RecordingError: The file cannot be read, is no recording, is of a newer version, or is
            damaged. Its blocks raise the same errors.
        MissingLibraryError: It is a Parquet file, and arro3-io is not installed.
    """
    with _reading(path):
        reader = _reader_of(path)
        header = reader.read_header(path)

    def begin() -> Iterator[Recorded]:
        with _reading(path):
            yield from in_order(reader.read(path, header))

    return Blocks(header, begin)


def _reader_of(path: Path) -> _Reader:
    if not path.is_file():
        raise RecordingError("is no file: give a recording")
    with path.open("rb") as file:
        head = file.read(8)
    for reader in READERS:
        if head.startswith(reader.MAGIC):
            return reader
    raise RecordingError(
        "is no recording: give the npz, parquet or jsonl file of a run; a CSV file lacks the "
        "frames without people"
    )


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Say of any error in the block, which only reads a file, what is wrong with the file."""
    place = printable(path)
    try:
        yield
    except MissingLibraryError:
        raise
    except RecordingError as error:
        raise RecordingError(f"{place} {error}.") from error
    except OSError as error:
        reason = error.strerror or printable(error)
        raise RecordingError(f"{place} cannot be read ({reason}): check the path.") from error
    except Exception as error:  # of zipfile, numpy, json and arro3; no list of them is complete
        raise RecordingError(f"{place} is damaged or cut short: write it again.") from error
