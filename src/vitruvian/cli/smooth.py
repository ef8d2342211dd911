"""`vitruvian smooth`: a recording with smooth landmarks and filled gaps."""

from __future__ import annotations

from pathlib import Path

import click

from vitruvian.cli.options import output_folder
from vitruvian.formats.writers import RECORDING, WRITERS
from vitruvian.printable import printable


@click.command(short_help="Smooth a recording.")
@click.argument("result", type=click.Path(path_type=Path))
@click.option(
    "--cutoff",
    "cutoff_hz",
    type=click.FloatRange(0.1, 100),
    default=6.0,
    show_default=True,
    metavar="HZ",
    help="Remove motion that is faster than this frequency.",
)
@click.option(
    "--max-gap",
    "max_gap_s",
    type=click.FloatRange(0, 60),
    default=0.5,
    show_default=True,
    metavar="SECONDS",
    help="Fill gaps up to this length.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice([name for name in WRITERS if name != RECORDING]),
    multiple=True,
    help="A format to write, beside the recording. May be given several times.",
)
@output_folder
def smooth(
    result: Path, cutoff_hz: float, max_gap_s: float, formats: tuple[str, ...], folder: Path
) -> None:
    """Smooth the landmarks of the recording RESULT, and fill its gaps.

    RESULT is a file in the format npz, jsonl or parquet that vitruvian run --no-smooth-landmarks
    wrote. No model is needed.
    """
    from vitruvian.jobs.smooth import smooth as run  # noqa: PLC0415 - as in `run`

    for path in run(result, folder, formats, cutoff_hz=cutoff_hz, max_gap_s=max_gap_s):
        click.echo(printable(path))
