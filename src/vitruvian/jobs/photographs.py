"""The photographs of a recording, found again in their folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vitruvian.errors import RecordingError
from vitruvian.inputs.parsing import ImageSeries
from vitruvian.jobs.plan import make_plan
from vitruvian.printable import printable

if TYPE_CHECKING:
    from vitruvian.recorded.header import Header


@dataclass(frozen=True)
class Photographs:
    """The photographs of a recording.

    Attributes:
        series: All of them, as one input.
        outputs: The paths of their output files without endings, in the same order.
    """

    series: ImageSeries
    outputs: tuple[Path, ...]

    def at(self, number: int) -> tuple[Path, Path]:
        """Return the photograph of a frame, and the path of its output without an ending."""
        return self.series.files[number], self.outputs[number]


def photographs_of(header: Header, folder: str, output: Path) -> Photographs:
    """Return the photographs of a recording, whose outputs are named as in a run.

    Only files that are in the folder are found, whatever the header says.

    Args:
        header: of the recording.
        folder: in which the photographs are.
        output: the output folder.

    Raises:
        MediaError: The folder contains no images, or cannot be read.
        OptionError: An output file would overwrite a photograph.
        RecordingError: A photograph is not in the folder.
    """
    jobs = {
        printable(job.source.relative_to(folder).as_posix()): job
        for job in make_plan([folder], output).jobs
        if isinstance(job.source, Path)
    }
    missing = next((name for name in header.images if name not in jobs), None)
    if missing is not None:
        raise RecordingError(
            f"{printable(folder)} has no {missing}, which is in the recording: give the folder of "
            "which it was made."
        )
    found = [jobs[name] for name in header.images]
    files = tuple(job.source for job in found if isinstance(job.source, Path))
    return Photographs(ImageSeries(Path(folder), files), tuple(job.output for job in found))
