"""`vitruvian reps`: the repetitions of a movement in a recording."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vitruvian.analysis.options import AngleOptions
from vitruvian.cli.options import option, output_folder
from vitruvian.printable import printable

if TYPE_CHECKING:
    from vitruvian.analysis.repetitions import Repetition


@click.command(short_help="Count the repetitions of a movement.")
@click.argument("result", type=click.Path(path_type=Path))
@click.option(
    "--angle",
    metavar="NAME",
    help="The angle in which repetitions are counted, by the name of its column in the table of "
    "vitruvian angles. Without it, the 3D angle with the largest range, for each person.",
)
@option("min_visibility")
@output_folder
def reps(result: Path, angle: str | None, min_visibility: float, folder: Path) -> None:
    """Count the repetitions of a movement in the recording RESULT.

    RESULT is a file in the format npz, jsonl or parquet that vitruvian run wrote. The table, with a
    row for each repetition, is named <name>.reps.csv. No model is needed.
    """
    from vitruvian.jobs.repetitions import count  # noqa: PLC0415 - as in `run`

    path, found = count(result, folder, angle, AngleOptions(min_visibility))
    click.echo(printable(path))
    for person, of_person in groupby(found, key=lambda each: each.person):
        click.echo(_summary(person, [*of_person]))
    if not found:
        click.echo("no repetitions")


def _summary(person: int, found: list[Repetition]) -> str:
    whole = sum(each.is_whole for each in found)
    noun = "repetition" if whole == 1 else "repetitions"
    cut = f" and {len(found) - whole} cut" if whole < len(found) else ""
    return f"person {person}: {whole} {noun}{cut}, in {found[0].angle}"
