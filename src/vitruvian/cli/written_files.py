"""The files that a run wrote, counted by the endings of their names."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from vitruvian.jobs import manifest
from vitruvian.jobs.plan import endings
from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# The longer ones first: of .csv and .dlc.csv, both would be found.
_ENDINGS = sorted((manifest.ENDING, *endings()), key=len, reverse=True)


def counted_files(files: Sequence[Path]) -> str:
    """Return the folder that contains some files, and how many of each ending there are."""
    folder = os.path.commonpath([file.parent.resolve() for file in files])
    counts = Counter(map(_ending, files)).items()
    return f"{printable(folder)}: {', '.join(f'{count} {ending}' for ending, count in counts)}"


def _ending(file: Path) -> str:
    """Return what the program added to the name of the input: ".csv" or ".annotated.mp4"."""
    return next(filter(file.name.endswith, _ENDINGS), file.suffix)
