"""A recording smoothed, which needs neither model nor engine."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from vitruvian.analysis.offline_smoothing import smoothed
from vitruvian.analysis.options import OfflineSmoothing
from vitruvian.formats.recordings import open_recording
from vitruvian.formats.writers import RECORDING
from vitruvian.jobs.convert import write_formats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_DEFAULT = OfflineSmoothing()
ENDING = ".smoothed"


def smooth(
    result: Path,
    folder: Path,
    formats: Sequence[str] = (),
    smoothing: OfflineSmoothing = _DEFAULT,
) -> list[Path]:
    """Write a smoothed recording, and return the paths of the files.

    Args:
        result: The file of a recording, in the format npz, jsonl or parquet.
        folder: Where the files go. Their names are that of `result`, with `ENDING`.
        formats: The formats in addition to the recording's own.
        smoothing: How strongly, and which gaps are filled.

    Raises:
        RecordingError: `result` is no recording, is damaged, or has independent images.
        MissingLibraryError: A library is not installed.
        OutputError: A file cannot be written.
    """
    blocks = smoothed(open_recording(result), **asdict(smoothing))
    output = folder / f"{result.stem}{ENDING}"
    return write_formats(blocks, result, output, tuple(dict.fromkeys((RECORDING, *formats))))
