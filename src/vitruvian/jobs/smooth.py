"""A recording smoothed, which needs neither model nor engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.analysis.offline_smoothing import smoothed
from vitruvian.formats.recordings import open_recording
from vitruvian.formats.writers import RECORDING
from vitruvian.jobs.convert import write_formats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ENDING = ".smoothed"


def smooth(
    result: Path,
    folder: Path,
    formats: Sequence[str] = (),
    *,
    cutoff_hz: float = 6.0,
    max_gap_s: float = 0.5,
) -> list[Path]:
    """Write a smoothed recording, and return the paths of the files.

    Args:
        result: The file of a recording, in the format npz, jsonl or parquet.
        folder: Where the files go. Their names are that of `result`, with `ENDING`.
        formats: The formats beside the recording's own.
        cutoff_hz: Motion that is faster than this frequency is removed.
        max_gap_s: Gaps up to this length are filled.

    Raises:
        RecordingError: `result` is no recording, or is damaged.
        MissingLibraryError: A library is not installed.
        OutputError: A file cannot be written.
    """
    blocks = smoothed(open_recording(result), cutoff_hz=cutoff_hz, max_gap_s=max_gap_s)
    output = folder / f"{result.stem}{ENDING}"
    return write_formats(blocks, result, output, tuple(dict.fromkeys((RECORDING, *formats))))
