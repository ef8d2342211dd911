"""File objects for decoders: they bound what is read, and have no name and no descriptor."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class SeekableFile(Protocol):
    """What decoders need of a file."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; all that are left if the size is negative."""

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to an offset."""

    def tell(self) -> int:
        """Return the current offset."""


class LimitedFile:
    """A file that seems to end when a number of bytes has been read.

    Decoders that know the name or the descriptor of a file map it into memory. The system then
    kills the process (SIGBUS) if another program shortens the file. So they get only this object.

    Args:
        file: The file.
        limit_bytes: How many bytes can be read.
    """

    def __init__(self, file: SeekableFile, limit_bytes: int) -> None:
        self._file = file
        self._bytes_left = limit_bytes

    def allow(self, limit_bytes: int) -> None:
        """Let that many bytes be read from now on."""
        self._bytes_left = limit_bytes

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; all that are left if the size is negative."""
        data = self._file.read(self._bytes_left if size < 0 else min(size, self._bytes_left))
        self._bytes_left -= len(data)
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to an offset."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the current offset."""
        return self._file.tell()


class ReceivedFile:
    """A file whose bytes arrive one after the other, and are kept in memory when they are needed.

    Args:
        chunks: The bytes.
        limit_bytes: After how many bytes the file seems to end.
    """

    def __init__(self, chunks: Iterator[bytes], limit_bytes: int) -> None:
        self._chunks = chunks
        self._received = io.BytesIO()
        self._bytes_left = limit_bytes

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; all that are left if the size is negative."""
        start = self.tell()
        self._receive(None if size < 0 else start + size)
        self._received.seek(start)
        return self._received.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to an offset."""
        if whence == io.SEEK_END:
            self._receive(None)
        return self._received.seek(offset, whence)

    def tell(self) -> int:
        """Return the current offset."""
        return self._received.tell()

    def _receive(self, end: int | None) -> None:
        """Receive until an offset, or until the end."""
        length = self._received.seek(0, io.SEEK_END)
        while self._bytes_left and (end is None or length < end):
            chunk = next(self._chunks, b"")[: self._bytes_left]
            if not chunk:
                return
            self._bytes_left -= len(chunk)
            length += self._received.write(chunk)
