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
_RESERVED_BYTES = 2**22
# What Rerun adds to the values of a part: skeletons with their names take most, 6 kB.
_PART_BYTES = 2**14
# What each part takes in the index, which Rerun writes when the file is closed, and a margin for
# the parts since the last reservation.
_ENTRY_BYTES = 2**10
_MARGIN_BYTES = 2**20


class Output:
    """An open file of Rerun.

    Rerun writes in a thread. After a write has failed, it may wait for this thread without end. So
    space is reserved first, for the index and for everything that is sent until the next
    reservation.

    Args:
        rerun: the library.
        path: of a new file.
        header: its content says which recording of Rerun it is.
    """

    def __init__(self, rerun: Any, path: Path, header: Header) -> None:
        self.rerun = rerun
        self._path = path
        self._parts = 0
        self._left_bytes = 0
        # Without an id, Rerun draws a random one. The same recording needs the same id each time.
        identity = hashlib.sha256(header.to_json().encode()).hexdigest()[:32]
        self._recording = rerun.RecordingStream(
            _APPLICATION, recording_id=identity, send_properties=False
        )
        self._reserve(_RESERVED_BYTES)
        with _errors_of_files():
            self._recording.save(path)
        self._recording.send_recording_name(header.source)

    def show(self, blueprint: Any) -> None:
        """Write how the viewer shows the recording."""
        self._recording.send_blueprint(blueprint)

    def log(self, entity: str, *values: Any) -> None:
        """Write what is the same at all times."""
        self._take(0)
        self._recording.log(entity, *values, static=True, strict=True)

    def send(self, entity: str, times: list[Any], columns: Any) -> None:
        """Write the columns of an entity, with a row for each time."""
        self._take(sum(column.as_arrow_array().nbytes for column in (*times, *columns)))
        self.rerun.send_columns(entity, times, columns, recording=self._recording, strict=True)

    def close(self) -> None:
        """Write the index, and close the file."""
        self._recording.disconnect()

    def check(self) -> None:
        """Check that the file has its end, because `close` does not report an error.

        Raises:
            OSError: it has no end.
        """
        with _errors_of_files():
            self.rerun.chunk.RrdReader(self._path).store()

    def _take(self, size_bytes: int) -> None:
        """Take space for a part, and reserve more if what is left is not enough."""
        self._parts += 1
        needed_bytes = size_bytes + _PART_BYTES
        if needed_bytes > self._left_bytes:
            self._flush()
            self._reserve(max(needed_bytes, _RESERVED_BYTES))
        self._left_bytes -= needed_bytes

    def _reserve(self, size_bytes: int) -> None:
        """Check that the disk has space for some bytes, after everything was flushed.

        Raises:
            OSError: it has not.
        """
        with self._path.open("r+b") as file:
            end = file.seek(0, os.SEEK_END)
            file.write(bytes(size_bytes + self._parts * _ENTRY_BYTES + _MARGIN_BYTES))
            file.truncate(end)
        self._left_bytes = size_bytes

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
