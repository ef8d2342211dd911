"""One file with the results of a system, before its format is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from vitruvian.errors import PredictionsError
from vitruvian.formats.entries import Entry, parse
from vitruvian.printable import printable

if TYPE_CHECKING:
    from pathlib import Path

# Enough for 100,000 people in COCO's results. A hostile file takes 25 times as much memory as JSON.
MAX_BYTES = 128 * 2**20


@dataclass(frozen=True)
class PredictionFile:
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

    def error(self, problem: str) -> PredictionsError:
        """Return the error that says what is wrong with this file, and what to do."""
        return PredictionsError(f"{self.place} {problem}.")

    @property
    def image(self) -> str:
        """The name of the image, without its suffix, if the file is about one image."""
        return self.path.stem

    @cached_property
    def root(self) -> Entry:
        """The content as JSON.

        Raises:
            PredictionsError: it is not JSON.
        """
        return parse(self.content, self.place)


def read_file(path: Path) -> PredictionFile:
    """Return a file that is not empty.

    Raises:
        PredictionsError: it cannot be read, is no file, is empty, or is too large.
    """
    place = printable(path)
    try:
        if path.exists() and not path.is_file():  # reading a pipe or a device may never end
            raise PredictionsError(f"{place} is neither a file nor a folder: give one of them.")
        if path.stat().st_size > MAX_BYTES:
            raise PredictionsError(
                f"{place} has more than {MAX_BYTES >> 20} MB: give a folder with several files."
            )
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, PredictionsError):
            raise
        reason = getattr(error, "strerror", None) or printable(error)
        raise PredictionsError(f"{place} cannot be read ({reason}): check the path.") from error
    if not content.strip():
        raise PredictionsError(f"{place} is empty: run the system that writes it again.")
    return PredictionFile(path, content)
