"""The photographs of a folder, whose results are one recording.

Each photograph is a job with a table and a drawn image of its own. What was found in all of them
becomes the recording, with the manifest, when the last one is done.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from vitruvian.formats.exports import exported
from vitruvian.formats.writers import RECORDING, of_independent_images
from vitruvian.jobs import manifest
from vitruvian.jobs.summary import Finished, Gathered, Summary
from vitruvian.provenance import header_of_photographs
from vitruvian.recorded.spool import spool_in

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.inputs.parsing import ImageSeries
    from vitruvian.jobs.album import Album
    from vitruvian.jobs.settings import Settings
    from vitruvian.jobs.summary import Outcome
    from vitruvian.result import PoseResult

TABLE = "csv"  # the format that each photograph has for itself


@dataclass
class OpenAlbum:
    """What was found in the photographs of a folder so far.

    Attributes:
        album: The folder.
        results: Of the photographs that could be read, numbered as in the folder.
        files: That were written for them, and for the animations in the folder.
        is_complete: Whether every job was done.
        count: The number of images whose outcomes were added.
    """

    album: Album
    results: list[PoseResult] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    is_complete: bool = True
    count: int = 0

    def add(self, outcome: Outcome) -> None:
        """Add the outcome of the next image of the folder."""
        if isinstance(outcome, (Summary, Finished)):
            self.files += outcome.files
        if isinstance(outcome, Summary):
            self.is_complete &= outcome.error is None and not outcome.is_stopped
            if outcome.result is not None:
                self.results.append(replace(outcome.result, index=self.count))
        else:
            self.is_complete &= isinstance(outcome, Finished)
        self.count += 1

    @property
    def series(self) -> ImageSeries:
        """The photographs as one input."""
        return self.album.series

    @property
    def output(self) -> Path:
        """The path of the recording without its ending."""
        return self.album.output

    @property
    def is_over(self) -> bool:
        """Whether the last image was added, and there is something to write."""
        return self.count == len(self.album.files) and len(self.results) > 0

    def write(self, settings: Settings) -> Gathered:
        """Write the recording in all formats, and the manifest if every job was done.

        Raises:
            MediaError: A photograph was removed.
            OutputError: A file cannot be written.
        """
        output = self.output
        header = header_of_photographs(self.series, settings.pose, settings.inputs)
        of_all = (RECORDING, *(name for name in settings.formats if name != TABLE))
        formats = of_independent_images(dict.fromkeys(of_all), header.source)
        manifest.remove(output)
        with spool_in(output.parent, header) as spool, ExitStack() as open_files:
            for result in self.results:
                spool.append(result)
            blocks = spool.blocks()
            files = [open_files.enter_context(exported(blocks, output, name)) for name in formats]
        if self.is_complete:
            every = [*files, *self.files]
            files.append(manifest.write(output, self.series, header.sha256, settings, every))
        return Gathered(tuple(files))
