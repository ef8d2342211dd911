"""Which files were opened, also by native code."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_OPEN, _IS_FOLDER = 0x20, 0x40000000  # IN_OPEN and IN_ISDIR of Linux's <sys/inotify.h>
_HEAD = struct.Struct("iIII")


class OpenedFiles:
    """Reports the names of the files in some folders that are opened by anyone. Linux only."""

    def __init__(self, *folders: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        for folder in folders:
            if libc.inotify_add_watch(self._descriptor, os.fsencode(folder), _OPEN) < 0:
                raise OSError(ctypes.get_errno(), f"inotify cannot watch {folder}")

    def names(self) -> set[str]:
        """Return the names of the files that were opened since the last call."""
        names = set[str]()
        while events := self._read():
            while events:
                _, mask, _, length = _HEAD.unpack_from(events)
                name = events[_HEAD.size : _HEAD.size + length].rstrip(b"\0")
                events = events[_HEAD.size + length :]
                if not mask & _IS_FOLDER:
                    names.add(os.fsdecode(name))
        return names

    def _read(self) -> bytes:
        try:
            return os.read(self._descriptor, 1 << 16)
        except OSError as error:
            if error.errno == errno.EAGAIN:
                return b""
            raise
