"""The repetitions of a recording as a table, which needs neither model nor engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.analysis.repetitions import repetition_columns, repetitions
from vitruvian.files import output_errors, written_aside
from vitruvian.formats import tables
from vitruvian.formats.recordings import open_recording

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.analysis.options import AngleOptions
    from vitruvian.analysis.repetitions import Repetition


def count(
    result: Path, folder: Path, angle: str | None, options: AngleOptions
) -> tuple[Path, list[Repetition]]:
    """Write the repetitions of a recording, and return the path of the file and what is in it.

    The file is named `<name>.reps.csv`.

    Args:
        result: The file of a recording, in the format npz, jsonl or parquet.
        folder: Where the file goes.
        angle: The column of the table of angles; None for the one of the largest range.
        options: Which angles are computed.

    Raises:
        RecordingError: `result` is no recording, is damaged, or has independent images.
        OptionError: There is no such angle.
        OutputError: The file cannot be written.
    """
    blocks = open_recording(result)
    found = [*repetitions(blocks, angle, min_visibility=options.min_visibility)]
    path = folder / f"{result.stem}.reps.csv"
    with written_aside(path) as aside, output_errors(path):
        tables.write([repetition_columns(found)], aside)
    return path, found
