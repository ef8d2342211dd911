"""The files that annotations name: images and masks."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vitruvian.errors import MediaError
from vitruvian.printable import printable

if TYPE_CHECKING:
    from pathlib import Path


def inside(folder: Path, name: str) -> Path:
    """Return the path of a file that annotations name.

    Raises:
        MediaError: it is not in the folder.
    """
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
        raise MediaError(
            f"{printable(name)} is not in {printable(folder)}: name the files of the annotations "
            "from their folder on."
        )
    return folder / name
