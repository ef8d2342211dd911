"""Files that appear complete or not at all.

A file is written under a temporary name in the folder of its target, and then moved. Its writer
locks it, and the system removes the lock when the writer dies. What a killed program leaves behind
is therefore recognised by the next one that writes into the folder, which deletes it.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import sys
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from vitruvian.errors import OptionError, OutputError
from vitruvian.printable import printable, shown

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# It does not contain the target's name, which may be as long as the file system permits.
_TEMPORARY_NAME = re.compile(r"\.vitruvian-[0-9a-f]{16}\.part")
# Not every system can lock a folder, so a file with the folder's name says that it is in use.
_TEMPORARY_FOLDER = re.compile(r"\.vitruvian-[0-9a-f]{16}\.folder")

_SPACE = "free disk space or choose another folder"
_OPEN_FILES = "run fewer inputs at a time, or raise the limit on open files (ulimit -n)"
_NO_FOLDER = "choose another folder, because what is in its place is not a folder"
_ADVICE = {
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.EFBIG: "raise the limit on the size of files (ulimit -f) or choose another folder",
    errno.EMFILE: _OPEN_FILES,
    errno.ENFILE: _OPEN_FILES,
    errno.ENAMETOOLONG: "give a shorter name",
    errno.EEXIST: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
}


def as_path(given: object, name: str) -> Path:
    """Return what a caller gave for a path.

    Args:
        given: A text or a path.
        name: The name of the argument, for the message.

    Raises:
        OptionError: It is neither, or no file can have that name.
    """
    if isinstance(given, (str, os.PathLike)):
        path = Path(given)
        try:
            if b"\0" not in os.fsencode(path):
                return path
        except UnicodeEncodeError:
            pass  # half of a character of UTF-16
    raise OptionError(f"{name} is {shown(given)}: give the path of a file.")


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Yield the path of a new, empty file in the folder of `path`, to write to.

    At the end of the block, when its writer must have closed it, the file is moved to `path`. On an
    exception it is deleted. Missing folders are created.

    Raises:
        OutputError: The folder cannot be written to, the disk is full, or `path` is not a file.
            Exceptions of the block stay what they are.
    """
    with output_errors(path):
        _refuse_unless_file(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent)
        held = _create(path.parent)
    aside = Path(held.name)
    try:
        yield aside
        with output_errors(path):
            # A network folder may say only when a file is closed that not all of it was written.
            # Not every writer passes this on. `held` stays open, and locked.
            os.close(os.dup(held.fileno()))
            if sys.platform == "win32":
                held.close()  # an open file cannot be moved there
            aside.replace(path)
    finally:
        held.close()
        with suppress(OSError):  # it was moved; or the next program will delete it
            aside.unlink()


@contextmanager
def folder_written_aside(path: Path, is_ours: Callable[[str], bool]) -> Iterator[Path]:
    """Yield the path of a new, empty folder beside `path`, to write files into.

    At the end of the block it is moved to `path`, and replaces what an earlier run wrote there. On
    an exception it is deleted. Missing folders are created.

    Args:
        path: the folder to write.
        is_ours: whether a file of that name in it is one that an earlier run wrote.

    Raises:
        OutputError: As `written_aside`, or `path` has files that are not ours.
    """
    with output_errors(path):
        _refuse_unless_ours(path, is_ours)
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent)
        held = _create(path.parent)
    aside = Path(held.name).with_suffix(".folder")
    try:
        with output_errors(path):
            aside.mkdir()
        yield aside
        with output_errors(path):
            if path.is_dir():
                _refuse_unless_ours(path, is_ours)
                old = path.replace(aside.with_name(f".vitruvian-{secrets.token_hex(8)}.folder"))
                shutil.rmtree(old)
            aside.replace(path)
    finally:
        shutil.rmtree(aside, ignore_errors=True)  # it was moved, if there was no exception
        held.close()
        with suppress(OSError):  # the next program will delete it
            Path(held.name).unlink()


def write_bytes(path: Path, content: bytes | memoryview) -> None:
    """Write a file that appears complete or not at all.

    Raises:
        OutputError: As `written_aside`.
    """
    with written_aside(path) as aside, output_errors(path):
        aside.write_bytes(content)


@contextmanager
def output_errors(path: Path) -> Iterator[None]:
    """Say of an `OSError` in the block that `path` cannot be written, and what to do."""
    try:
        yield
    except OutputError:
        raise  # its message already says so
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, "check the folder and your permission to write")
        raise OutputError(
            f"{printable(path)} cannot be written ({error.strerror or error}): {advice}."
        ) from error


@cache
def sweep(folder: Path) -> None:
    """Delete the temporary files that dead programs left in a folder, once in this process.

    What a living program writes, in this or in another computer, is left alone, and so is a file of
    any other name.
    """
    with suppress(OSError):  # writing into the folder will report what is wrong with it
        for entry in os.scandir(folder):
            if _TEMPORARY_NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                _delete_unless_in_use(Path(entry))
        for entry in os.scandir(folder):
            is_temporary = _TEMPORARY_FOLDER.fullmatch(entry.name)
            if is_temporary and not Path(entry).with_suffix(".part").exists():
                shutil.rmtree(entry, ignore_errors=True)  # does not follow links


def _refuse_unless_file(path: Path) -> None:
    with suppress(FileNotFoundError):
        path.stat()  # raises an error for a name that is too long
        if not path.is_file():
            raise OutputError(
                f"{printable(path)} cannot be written (it exists and is not a file): "
                "choose another folder."
            )


def _refuse_unless_ours(path: Path, is_ours: Callable[[str], bool]) -> None:
    with suppress(FileNotFoundError):
        foreign = next((file.name for file in path.iterdir() if not is_ours(file.name)), None)
        if foreign is not None:
            raise OutputError(
                f"{printable(path)} cannot be replaced (it contains {printable(foreign)}, which no "
                "run wrote): choose another folder."
            )


def _create(folder: Path) -> BinaryIO:
    """Create a temporary file and return it, locked."""
    while True:
        held = (folder / f".vitruvian-{secrets.token_hex(8)}.part").open("x+b")
        # Another program may sweep before the file is locked. It then needs another name.
        if _lock(held.fileno()) and os.fstat(held.fileno()).st_nlink:
            return held
        held.close()


if sys.platform == "win32":
    # An open file cannot be deleted there, so it needs no lock.
    def _lock(_: int) -> bool:
        return True

    def _delete_unless_in_use(path: Path) -> None:
        with suppress(OSError):
            path.unlink()

else:

    def _lock(descriptor: int) -> bool:
        """Lock a file until it is closed, and return false if another program has locked it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass  # This file system has no locks, and so nothing is ever deleted there.
        return True

    def _delete_unless_in_use(path: Path) -> None:
        with suppress(OSError):  # it is locked, or it belongs to another user
            descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
            finally:
                os.close(descriptor)
