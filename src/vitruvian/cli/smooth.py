"""`vitruvian smooth`: a recording with smooth landmarks and filled gaps."""

from __future__ import annotations

from pathlib import Path

import click

from vitruvian.cli.options import offline_smoothing_options, option, output_folder
from vitruvian.cli.smoothing import offline_smoothing
from vitruvian.cli.terminal import warnings_shown
from vitruvian.formats.writers import RECORDING, WRITERS
from vitruvian.printable import printable


@click.command(short_help="Smooth a recording, and fill its gaps.")
@click.argument("result", type=click.Path(path_type=Path))
@option("smoothing_strength")
@offline_smoothing_options
@click.option(
    "--format",
    "formats",
    type=click.Choice([name for name in WRITERS if name != RECORDING]),
    multiple=True,
    help="A format to write, in addition to the recording. May be given several times.",
)
@output_folder
def smooth(
    result: Path,
    cutoff_hz: float,
    max_gap_s: float,
    smoothing_strength: float,
    formats: tuple[str, ...],
    folder: Path,
) -> None:
    """Smooth the landmarks of the recording RESULT, fill its gaps and join ids across them.

    RESULT is a file in the format npz, jsonl or parquet that vitruvian run wrote, best with
    --smoothing none. The new files are named <name>.smoothed.npz and so on. No model is needed.
    """
    from vitruvian.jobs.smooth import smooth as run  # noqa: PLC0415 - as in `run`

    smoothing = offline_smoothing(cutoff_hz, max_gap_s, smoothing_strength)
    with warnings_shown():
        files = run(result, folder, formats, smoothing)
    for path in files:
        click.echo(printable(path))
