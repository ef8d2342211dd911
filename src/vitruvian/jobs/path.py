"""The paths of a recording as a table, which needs neither model nor engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.analysis.path import paths_of
from vitruvian.analysis.path_table import path_table
from vitruvian.files import output_errors, written_aside
from vitruvian.formats import tables
from vitruvian.formats.recordings import open_recording

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.analysis.options import RoomOptions
    from vitruvian.analysis.path import Paths


def path(result: Path, folder: Path, room: RoomOptions) -> tuple[Path, Paths]:
    """Write where each person is in the room, and return the file and what is in it.

    Args:
        result: The file of a recording, in the format npz, jsonl or parquet.
        folder: Where the file goes, which is named `<name>.path.csv`.
        room: What is known of people and camera, and not yet by the recording.

    Raises:
        RecordingError: `result` is no recording, is damaged, or has independent images.
        OutputError: The file cannot be written.
    """
    blocks = open_recording(result)
    paths = paths_of(blocks.with_header(room.added_to(blocks.header)))
    output = folder / f"{result.stem}.path.csv"
    with written_aside(output) as aside, output_errors(output):
        tables.write([path_table(paths)], aside)
    return output, paths
