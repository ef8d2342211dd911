"""The angles of a recording as a table and as plots, which needs neither model nor engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.analysis.angle_series import series_of
from vitruvian.analysis.angle_table import angle_tables
from vitruvian.draw.angle_plot import COLUMNS, angle_plot
from vitruvian.draw.figures import check_matplotlib, png_of
from vitruvian.files import write_bytes
from vitruvian.formats import tables
from vitruvian.formats.recordings import open_recording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vitruvian.analysis.options import AngleOptions


def angles(result: Path, folder: Path, options: AngleOptions, *, plot: bool) -> Iterator[Path]:
    """Write the angles of a recording, and yield the path of each file.

    The files are named `<name>.angles.csv` and, for each person, `<name>.angles.person<id>.png`.

    Args:
        result: The file of a recording, in the format npz, jsonl or parquet.
        folder: Where the files go.
        options: Which angles are computed.
        plot: Whether each person's angles are plotted.

    Raises:
        RecordingError: `result` is no recording, or is damaged.
        MissingLibraryError: A library is not installed.
        OutputError: A file cannot be written.
    """
    if plot:
        check_matplotlib("plots", "plot")
    blocks = open_recording(result)
    at_least = options.min_visibility
    path = folder / f"{result.stem}.angles.csv"
    tables.write(angle_tables(blocks, min_visibility=at_least), path)
    yield path
    if plot:
        for series in series_of(blocks, COLUMNS, min_visibility=at_least):
            picture = folder / f"{result.stem}.angles.person{series.person}.png"
            figure = angle_plot(series.times_s, series.angles_deg, series.person)
            write_bytes(picture, png_of(figure))
            yield picture
