"""The names of files in formats that have one file for each person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def person_path(folder: Path, name: str, identity: int, suffix: str) -> Path:
    """Return the path of one person's file, such as `dance_trc/dance_person1.trc`."""
    return folder / f"{name}_person{identity}{suffix}"


def is_person_name(name: str, *, suffix: str) -> bool:
    """Return whether the name of a file is one that `person_path` may have given."""
    return re.search(rf"_person[0-9]+{re.escape(suffix)}$", name) is not None
