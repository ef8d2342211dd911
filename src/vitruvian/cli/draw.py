"""`vitruvian draw`: a recording drawn on its video or photographs."""

from __future__ import annotations

from pathlib import Path

import click

from vitruvian.cli.options import output_folder
from vitruvian.cli.terminal import native_code_silenced, warnings_shown
from vitruvian.printable import printable


@click.command(short_help="Draw a recording on its input.")
@click.argument("result", type=click.Path(path_type=Path))
@click.argument("media", metavar="INPUT")
@output_folder
@click.option("--trails", is_flag=True, help="Draw the recent path of each person.")
@click.option(
    "--anyway", is_flag=True, help="Draw on INPUT although it is not the one of the recording."
)
def draw(result: Path, media: str, folder: Path, trails: bool, anyway: bool) -> None:
    """Draw the people of the recording RESULT on INPUT, of which it was made.

    INPUT is a video, an image or a folder of photographs.

    RESULT is a file in the format npz, jsonl or parquet that vitruvian run wrote. No model is
    needed.
    """
    from vitruvian.jobs.redraw import redraw  # noqa: PLC0415 - as in `run`

    with native_code_silenced(), warnings_shown():
        files = redraw(result, media, folder, trails=trails, is_any_input=anyway)
    for path in files:
        click.echo(printable(path))
