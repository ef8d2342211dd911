"""`vitruvian convert`: a recording in other formats."""

from __future__ import annotations

from pathlib import Path

import click

from vitruvian.analysis.options import RoomOptions
from vitruvian.cli.options import output_folder, room_options
from vitruvian.cli.terminal import native_code_silenced, warnings_shown
from vitruvian.formats.writers import WRITERS
from vitruvian.printable import printable


@click.command(short_help="Write a recording in other formats.")
@click.argument("result", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    type=click.Choice([*WRITERS]),
    multiple=True,
    default=("csv",),
    show_default=True,
    help="A format to write. May be given several times.",
)
@click.option(
    "--video", help="The input of which RESULT was made, for the formats that show it: rrd."
)
@room_options
@output_folder
def convert(
    result: Path,
    formats: tuple[str, ...],
    video: str | None,
    height_m: float | None,
    fov_deg: float | None,
    folder: Path,
) -> None:
    """Write the recording RESULT in other formats.

    RESULT is a file in the format npz, jsonl or parquet that vitruvian run wrote. No model is
    needed. Formats in metres use --height and --fov, where the run did not get them.
    """
    from vitruvian.jobs.convert import convert as run  # noqa: PLC0415 - as in `run`

    room = RoomOptions(height_m, fov_deg)
    with native_code_silenced(), warnings_shown():
        files = run(result, folder, tuple(dict.fromkeys(formats)), room, video)
    for path in files:
        click.echo(printable(path))
