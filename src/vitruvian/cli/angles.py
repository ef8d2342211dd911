"""`vitruvian angles`: the joint angles of a recording."""

from __future__ import annotations

from pathlib import Path

import click

from vitruvian.analysis.options import AngleOptions
from vitruvian.cli.options import option, output_folder
from vitruvian.printable import printable


@click.command(short_help="Compute joint angles and lengths of segments.")
@click.argument("result", type=click.Path(path_type=Path))
@option("min_visibility")
@click.option("--plot", is_flag=True, help="Also draw a picture of each person's angles.")
@output_folder
def angles(result: Path, min_visibility: float, plot: bool, folder: Path) -> None:
    """Compute the angles of joints and segments, and lengths, in the recording RESULT.

    RESULT is a file in the format npz, jsonl or parquet that vitruvian run wrote. The table is
    named <name>.angles.csv, and pictures <name>.angles.person1.png and so on. No model is needed.
    """
    from vitruvian.jobs.angles import angles as run  # noqa: PLC0415 - as in `run`

    for path in run(result, folder, AngleOptions(min_visibility), plot=plot):
        click.echo(printable(path))
