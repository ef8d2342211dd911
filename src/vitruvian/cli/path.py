"""`vitruvian path`: where people are in the room, in metres."""

from __future__ import annotations

from pathlib import Path

import click

from vitruvian.analysis.options import RoomOptions
from vitruvian.cli.options import output_folder, room_options
from vitruvian.cli.path_notes import path_notes
from vitruvian.printable import printable


@click.command(short_help="Compute where people are in the room, in metres.")
@click.argument("result", type=click.Path(path_type=Path))
@room_options
@output_folder
def path(result: Path, height_m: float | None, fov_deg: float | None, folder: Path) -> None:
    """Compute where the hips of each person are in each frame of the recording RESULT.

    RESULT is a file in the format npz, jsonl or parquet that vitruvian run wrote. The table is
    named <name>.path.csv: x to the right, y up from the floor, z to the camera, in metres from the
    floor below the camera. No model is needed.
    """
    from vitruvian.jobs.path import path as run  # noqa: PLC0415 - as in `run`

    file, paths = run(result, folder, RoomOptions(height_m, fov_deg))
    click.echo(printable(file))
    for note in path_notes(paths):
        click.echo(note)
