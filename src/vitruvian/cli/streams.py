"""Standard streams that never stop the work: they may be closed, full, or without a reader."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import ReadableBuffer

_STDOUT, _STDERR = 1, 2  # their file descriptors


class _Unfailing(io.RawIOBase):
    """A stream whose errors are remembered, not raised.

    Attributes:
        error: The first error; None if everything was written.
    """

    def __init__(self, descriptor: int) -> None:
        self._file = open(descriptor, "wb", buffering=0, closefd=False)  # noqa: SIM115
        self.error: OSError | None = None

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._file.fileno()

    def isatty(self) -> bool:
        return self._file.isatty()

    def write(self, data: ReadableBuffer) -> int:
        if self.error is None:
            try:
                return self._file.write(data)
            except OSError as error:
                self.error = error
        return memoryview(data).nbytes


@contextmanager
def unfailing() -> Iterator[None]:
    """Let nothing that is printed in the block raise an error.

    A closed stream takes everything, as the null device does. Characters that an encoding does not
    have are escaped. Python's stderr has a file descriptor of its own in the block, so that native
    code, which writes to number 2, can be silenced. Streams that a program has put in the place of
    the standard ones are left alone.

    Raises:
        SystemExit: With the status 1 in place of 0 if something could not be printed, at the end of
            a block that ends with `SystemExit`.
    """
    previous = sys.stdout, sys.stderr
    if previous != (sys.__stdout__, sys.__stderr__):
        yield
        return
    _open_missing_descriptors()
    stderr_descriptor = os.dup(_STDERR)
    raws = _Unfailing(_STDOUT), _Unfailing(stderr_descriptor)
    sys.stdout, sys.stderr = map(_text_stream, raws, previous)
    try:
        yield
    except SystemExit as end:
        sys.stdout.flush()
        errors = [raw.error for raw in raws if raw.error is not None]
        if raws[0].error is not None:
            sys.stderr.write(f"Error: Standard output cannot be written ({errors[0].strerror}).\n")
        if errors and not end.code:
            raise SystemExit(1) from end
        raise
    finally:
        sys.stdout, sys.stderr = previous
        os.close(stderr_descriptor)


def _text_stream(raw: _Unfailing, like: TextIO | None) -> TextIO:
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=like.encoding if like else "utf-8",
        errors="backslashreplace",
        line_buffering=True,
    )


def _open_missing_descriptors() -> None:
    """Open the null device in the place of closed standard streams.

    Otherwise a file that is opened later would get the number of a standard stream, and what native
    code prints would become part of it.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)
