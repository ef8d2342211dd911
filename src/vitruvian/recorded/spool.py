"""A recording on disk while it is made, in the form in which it is read again fastest."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

import numpy as np

from vitruvian.files import output_errors
from vitruvian.recorded.arrays import Recorded
from vitruvian.recorded.blocks import BLOCK_FRAMES, BLOCK_PEOPLE, Blocks
from vitruvian.recorded.kinds import ARRAYS, ARRAYS_OF_FRAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vitruvian.recorded.header import Header
    from vitruvian.result import PoseResult


class Spool:
    """Keeps results in a file, and returns them in blocks as often as they are asked for.

    Args:
        header: of the recording.
        file: an empty file, open for writing and reading.
    """

    def __init__(self, header: Header, file: IO[bytes]) -> None:
        self._header = header
        self._file = file
        self._waiting: list[PoseResult] = []  # for a block that is large enough
        self._waiting_people = 0
        self._written: list[tuple[int, int, int]] = []  # position, frames and people of each block

    def append(self, result: PoseResult) -> None:
        """Add the result of the next frame."""
        self._waiting.append(result)
        self._waiting_people += len(result)
        if self._waiting_people >= BLOCK_PEOPLE or len(self._waiting) == BLOCK_FRAMES:
            self._write_waiting()

    def extend(self, block: Recorded) -> None:
        """Add some frames."""
        self._write_waiting()
        self._written.append((self._file.tell(), len(block), len(block.ids)))
        for name in ARRAYS:
            self._file.write(np.ascontiguousarray(getattr(block, name)).data)

    def blocks(self) -> Blocks:
        """Return what was added."""
        self._write_waiting()
        self._file.flush()
        return Blocks(self._header, self._read)

    def _write_waiting(self) -> None:
        if self._waiting:
            block = Recorded.of_results(self._header, self._waiting)
            self._waiting, self._waiting_people = [], 0
            self.extend(block)

    def _read(self) -> Iterator[Recorded]:
        for position, frames, people in self._written:
            self._file.seek(position)
            yield Recorded(
                self._header,
                **{
                    name: self._array(name, frames if name in ARRAYS_OF_FRAMES else people)
                    for name in ARRAYS
                },
            )

    def _array(self, name: str, length: int) -> np.ndarray:
        kind = ARRAYS[name]
        array = np.empty((length, *kind.shape), kind.dtype)
        self._file.readinto(array.data)  # type: ignore[attr-defined]  # of any buffered file
        return array


@contextmanager
def kept_in(folder: Path, blocks: Blocks) -> Iterator[Blocks]:
    """Yield the same blocks, computed once, however often they are iterated over.

    Args:
        folder: as in `spool_in`.
        blocks: what is kept.

    Raises:
        OutputError: The folder cannot be written to.
    """
    with spool_in(folder, blocks.header) as spool:
        for block in blocks:
            with output_errors(folder):
                spool.extend(block)
        yield spool.blocks()


@contextmanager
def spool_in(folder: Path, header: Header) -> Iterator[Spool]:
    """Yield a spool whose file has no name, so that nothing of it stays if the program is killed.

    Args:
        folder: where the output goes, which has the space. It is created if it does not exist.
        header: of the recording.

    Raises:
        OutputError: The folder cannot be written to.
    """
    with output_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed below
    try:
        yield Spool(header, file)
    finally:
        with suppress(OSError):  # on a full disk, what was not written yet is not needed any more
            file.close()
