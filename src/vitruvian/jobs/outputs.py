"""The files of one input: its recording in some formats, and what is drawn of it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Self

from vitruvian.analysis.offline_smoothing import smoothed
from vitruvian.files import output_errors
from vitruvian.formats.exports import export_path, exported
from vitruvian.jobs.drawn_files import DrawnFiles
from vitruvian.recorded.spool import kept_in, spool_in
from vitruvian.replay import with_images

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from vitruvian.analysis.options import OfflineSmoothing
    from vitruvian.inputs.source import Source
    from vitruvian.jobs.second_pass import SecondPass
    from vitruvian.profile import Profile
    from vitruvian.recorded.blocks import Blocks
    from vitruvian.recorded.header import Header
    from vitruvian.result import PoseResult
    from vitruvian.types import Image


class Outputs:
    """The files of one input, which are written inside a `with` block.

    The results are kept in a spool, and written in all formats when the last one is there. The
    files appear at the end of the block, together: all of them are complete before the first one is
    moved to its name. On an exception they are discarded.

    Args:
        path: The path of the files without their endings.
        source: The input.
        header: Of the recording.
        formats: The formats of the recording.
        profile: Receives the seconds spent on "export" (the recording) and "encode" (images and
            videos).
        smoothing: How the recording is smoothed before it is written.
        second_pass: Draws the recording after that, in addition to the images that `write` gets.
        reopen: Opens the input once more, for formats that show its images; None if it can be read
            only once.

    Attributes:
        files: The paths of the files.
        frames: The number of frames written.
        frames_with_people: The number of these in which a person was found.
        ids: The ids of all people.
        last: The result of the last frame, without masks; None before the first frame.
    """

    def __init__(
        self,
        path: Path,
        source: Source,
        header: Header,
        formats: Sequence[str],
        profile: Profile,
        smoothing: OfflineSmoothing | None = None,
        second_pass: SecondPass | None = None,
        reopen: Callable[[], Source] | None = None,
    ) -> None:
        self.frames = self.frames_with_people = 0
        self.ids: set[int] = set()
        self.last: PoseResult | None = None
        self._path = path
        self._header = header
        self._formats = tuple(formats)
        self._profile = profile
        self._smoothing = smoothing
        self._second_pass = second_pass
        self._reopen = reopen
        self._drawn = DrawnFiles(path, source)
        self._open_files = ExitStack()

    @property
    def files(self) -> list[Path]:
        """The paths of the files."""
        return [*(export_path(self._path, name) for name in self._formats), *self._drawn.files]

    def __enter__(self) -> Self:
        """Begin the recording.

        Raises:
            OutputError: The folder cannot be written to.
        """
        with self._open_files:
            self._spool = self._open_files.enter_context(spool_in(self._path.parent, self._header))
            self._open_files.enter_context(self._drawn)
            self._open_files = self._open_files.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Finish all files and move them to their names, or discard them after an exception.

        Raises:
            OutputError: A file cannot be written.
        """
        if kind is None:
            with self._open_files:
                self._finish()
        else:
            self._open_files.__exit__(kind, error, traceback)

    def write(self, result: PoseResult, images: dict[str, Image]) -> None:
        """Write the result of the next frame, and the images made from it.

        Args:
            result: The result. Its masks are not recorded.
            images: As in `DrawnFiles.write`.

        Raises:
            OutputError: A file cannot be written.
        """
        self.frames += 1
        self.frames_with_people += len(result) > 0
        self.ids.update(result.ids.tolist())
        self.last = replace(result, segmentation_masks=None)
        with self._profile.measure("export"), output_errors(self._path):
            self._spool.append(self.last)
        with self._profile.measure("encode"):
            self._drawn.write(images, result.timestamp_s)

    def _finish(self) -> None:
        with self._profile.measure("export"):
            with output_errors(self._path):
                blocks = self._spool.blocks()
            if self._smoothing is not None:
                blocks = self._smoothed(blocks, self._smoothing)
            if self._reopen is not None:
                blocks = with_images(blocks, self._reopen)
        if self._second_pass is not None:
            self._second_pass.draw(blocks, self._drawn)
        with self._profile.measure("encode"):
            self._drawn.finish()
        with self._profile.measure("export"):
            for name in self._formats:
                self._open_files.enter_context(exported(blocks, self._path, name))

    def _smoothed(self, measured: Blocks, smoothing: OfflineSmoothing) -> Blocks:
        """Return the smoothed recording, and count its people: gaps are filled and ids joined."""
        smooth = smoothed(measured, **asdict(smoothing))
        blocks = self._open_files.enter_context(kept_in(self._path.parent, smooth))
        self.frames_with_people = 0
        self.ids = set()
        for block in blocks:
            self.frames_with_people += int((block.people_counts > 0).sum())
            self.ids.update(block.ids.tolist())
        return blocks
