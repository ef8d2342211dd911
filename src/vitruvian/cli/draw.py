"""`vitruvian draw`: a recording drawn on its video."""

from __future__ import annotations

from pathlib import Path

import click

from vitruvian.cli.options import output_folder
from vitruvian.cli.terminal import native_code_silenced, warnings_shown
from vitruvian.printable import printable


@click.command(short_help="Draw a recording on its video.")
@click.argument("result", type=click.Path(path_type=Path))
@click.argument("video")
@output_folder
@click.option("--trails", is_flag=True, help="Draw the recent path of each person.")
@click.option(
    "--anyway", is_flag=True, help="Draw on VIDEO although it is not the one of the recording."
)
def draw(result: Path, video: str, folder: Path, trails: bool, anyway: bool) -> None:
    """Draw the people of the recording RESULT on VIDEO, the input of which it was made.

    RESULT is a file in the format npz, jsonl or parquet that vitruvian run wrote. No model is
    needed.
    """
    # OpenCV and FFmpeg take half a second to load, which --help does not need.
    from vitruvian.jobs.redraw import redraw  # noqa: PLC0415

    with native_code_silenced(), warnings_shown():
        files = redraw(result, video, folder, trails=trails, is_any_video=anyway)
    for path in files:
        click.echo(printable(path))
