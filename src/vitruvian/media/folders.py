"""The images and videos in a folder and its subfolders, and what is left out of it."""

from __future__ import annotations

import os
import re
import stat
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vitruvian.errors import MediaError
from vitruvian.media.suffixes import is_media_name
from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is in a folder and is no input, and why: "unknown suffix", for example."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a folder and its subfolders, in natural order: 2.jpg before 10.jpg.

    Attributes:
        files: The images and videos.
        left_out: Everything else, but names that start with a dot.
    """

    files: tuple[Path, ...]
    left_out: tuple[LeftOut, ...]


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Return whether a path is that of a folder. It may be any text."""
    return os.path.isdir(path)  # noqa: PTH112 - `Path.is_dir` raises if a name is too long


def contents(folder: Path) -> Contents:
    """Return the images and videos in a folder and its subfolders, and what is left out.

    Names that start with a dot are ignored. Links to folders are followed. Each folder is entered
    once, so that a link to a folder that contains it does no harm.

    Raises:
        MediaError: The folder cannot be read. A subfolder that cannot be read is left out.
    """
    files: list[Path] = []
    left_out: list[LeftOut] = []
    # Links come last: a folder that has a path of its own in the tree is found there.
    folders, links = deque([folder]), deque[Path]()
    entered: set[tuple[int, int]] = set()
    while folders or links:
        current = folders.popleft() if folders else links.popleft()
        try:
            status = current.stat()
            if (status.st_dev, status.st_ino) in entered:
                left_out.append(LeftOut(current, "link to a folder that is already included"))
                continue
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(current) as scan:
                entries = [entry for entry in scan if not entry.name.startswith(".")]
        except OSError as error:
            if current == folder:
                raise MediaError(
                    f"{printable(folder)} cannot be read ({error.strerror}): "
                    "check your permission to read it."
                ) from error
            left_out.append(LeftOut(current, _reason(error)))
            continue
        for entry in entries:
            path = Path(entry.path)
            try:
                mode = entry.stat().st_mode
            except OSError as error:
                reason = "broken link" if entry.is_symlink() else _reason(error)
                left_out.append(LeftOut(path, reason))
                continue
            if stat.S_ISDIR(mode):
                (links if entry.is_symlink() else folders).append(path)
            elif not stat.S_ISREG(mode):
                left_out.append(LeftOut(path, "not a regular file"))
            elif not is_media_name(path.name):
                left_out.append(LeftOut(path, "unknown suffix"))
            else:
                files.append(path)
    return Contents(
        tuple(sorted(files, key=_natural_order)),
        tuple(sorted(left_out, key=lambda item: _natural_order(item.path))),
    )


def described(folder: Path, left_out: Iterable[LeftOut]) -> str:
    """Return in words what is left out of a folder: names with reasons, or numbers of many."""
    by_reason: dict[str, list[str]] = {}
    for item in left_out:
        names = by_reason.setdefault(item.reason, [])
        names.append(printable(item.path.relative_to(folder)))
    return ", ".join(
        f"{', '.join(names) if len(names) <= _MOST_NAMED else f'{len(names):,} files'} ({reason})"
        for reason, names in by_reason.items()
    )


def _reason(error: OSError) -> str:
    return (error.strerror or "cannot be read").lower()


def _natural_order(path: Path) -> tuple[list[list[str | int]], Path]:
    # Text and numbers alternate, so that text is only compared with text, numbers with numbers.
    parts = [re.split(r"(\d+)", part.lower()) for part in path.parts]
    return [[int(text) if text.isdecimal() else text for text in part] for part in parts], path
