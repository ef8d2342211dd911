"""An open file of Rerun, whose failures are reported as those of other files are."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vitruvian.recorded.header import Header

_APPLICATION = "vitruvian"
# What Rerun adds to values: the beginning of the file, descriptions of columns, and at the end of
# the file an index, to which each part adds less than a thousand bytes.
_OVERHEAD_BYTES = 2**16
_ENTRY_BYTES = 2**10


class Output:
    """An open file of Rerun.

    Args:
        rerun: the library.
        path: of a new file.
        header: its content says which recording of Rerun it is.
    """

    def __init__(self, rerun: Any, path: Path, header: Header) -> None:
        self.rerun = rerun
        self._path = path
        self._parts = 0
        # Without an id, Rerun draws one. The same recording shall always have the same.
        identity = hashlib.sha256(header.to_json().encode()).hexdigest()[:32]
        self._recording = rerun.RecordingStream(
            _APPLICATION, recording_id=identity, send_properties=False
        )
        self._reserve(0)
        with _errors_of_files():
            self._recording.save(path)
        self._recording.send_recording_name(header.source)

    def show(self, blueprint: Any) -> None:
        """Write how the viewer shows the recording."""
        self._recording.send_blueprint(blueprint)
        self._flush()

    def log(self, entity: str, *values: Any) -> None:
        """Write what is the same at all times."""
        self._reserve(0)
        self._recording.log(entity, *values, static=True, strict=True)
        self._flush()

    def send(self, entity: str, times: list[Any], columns: Any) -> None:
        """Write the columns of an entity, with a row for each time."""
        arrays = [column.as_arrow_array() for column in (*times, *columns)]
        self._reserve(sum(array.nbytes for array in arrays))
        self.rerun.send_columns(entity, times, columns, recording=self._recording, strict=True)
        self._flush()

    def close(self) -> None:
        """Write the end of the file."""
        self._recording.disconnect()

    def check(self) -> None:
        """Check that the file has its end: nothing else says so."""
        with _errors_of_files():
            self.rerun.chunk.RrdReader(self._path).store()

    def _reserve(self, size_bytes: int) -> None:
        """Raise the error of a disk that has no space for some bytes.

        Rerun writes in a thread, for which it may wait for ever after a write has failed.
        """
        self._parts += 1
        needed_bytes = 2 * size_bytes + _OVERHEAD_BYTES + self._parts * _ENTRY_BYTES
        with self._path.open("r+b") as file:
            end = file.seek(0, os.SEEK_END)
            file.write(bytes(needed_bytes))
            file.truncate(end)

    def _flush(self) -> None:
        with _errors_of_files():
            self._recording.flush()


@contextmanager
def opened(rerun: Any, path: Path, header: Header) -> Iterator[Output]:
    """Yield an output, and finish its file.

    Raises:
        OSError: the file cannot be written.
    """
    output = Output(rerun, path, header)
    try:
        yield output
    finally:
        output.close()
    output.check()


@contextmanager
def _errors_of_files() -> Iterator[None]:
    """Turn Rerun's errors in the block, which only writes or reads a file, into `OSError`."""
    try:
        yield
    except RuntimeError as error:
        raise OSError(f"Rerun: {error}") from error
