"""One file of annotations or results, before its format is known."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from vitruvian.errors import EvaluationError
from vitruvian.formats.entries import Entry, parse
from vitruvian.printable import printable

if TYPE_CHECKING:
    from pathlib import Path

# Enough for 100,000 people in COCO's results. A hostile file takes 25 times as much memory as JSON.
MAX_BYTES = 128 * 2**20


@dataclass(frozen=True)
class DataFile:
    """The content of a file.

    Attributes:
        path: the file.
        content: all of its bytes.
    """

    path: Path
    content: bytes

    @property
    def place(self) -> str:
        """The path as messages show it."""
        return printable(self.path)

    def error(self, problem: str) -> EvaluationError:
        """Return the error that says what is wrong with this file, and what to do."""
        return EvaluationError(f"{self.place} {problem}.")

    @property
    def image(self) -> str:
        """The name of the image, without its suffix, if the file is about one image."""
        return self.path.stem

    @cached_property
    def root(self) -> Entry:
        """The content as JSON.

        Raises:
            EvaluationError: it is not JSON.
        """
        return parse(self.content, self.place)


def read_file(path: Path, max_bytes: int = MAX_BYTES) -> DataFile:
    """Return a file that is not empty.

    Raises:
        EvaluationError: it cannot be read, is no file, is empty, or is larger than `max_bytes`.
    """
    place = printable(path)
    try:
        status = path.stat()
        is_file = stat.S_ISREG(status.st_mode)  # reading a pipe or a device may never end
        content = path.read_bytes() if is_file and status.st_size <= max_bytes else b""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or printable(error)
        raise EvaluationError(f"{place} cannot be read ({reason}): check the path.") from error
    if not is_file:
        raise EvaluationError(f"{place} is no file with content: check the path.")
    if status.st_size > max_bytes:
        raise EvaluationError(
            f"{place} has more than {max_bytes >> 20} MB: divide it into several files."
        )
    if not content.strip():
        raise EvaluationError(f"{place} is empty: write it again.")
    return DataFile(path, content)
