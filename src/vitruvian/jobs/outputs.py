"""The files of one input: a CSV file, and an image or a video for each kind of image."""

from __future__ import annotations

import logging
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self, TextIO

from vitruvian.files import output_errors, written_aside
from vitruvian.formats.csv import CsvWriter
from vitruvian.media.image_writer import png
from vitruvian.media.video_writer import VideoWriter

if TYPE_CHECKING:
    from types import TracebackType

    from vitruvian.media.source import Source
    from vitruvian.profile import Profile
    from vitruvian.result import PoseResult
    from vitruvian.types import Image

_log = logging.getLogger(__name__)

_WITH_SOUND = "annotated"  # the kind of video that keeps the sound of its input


class Outputs:
    """The files of one input, which are written inside a `with` block.

    They appear at the end of the block, together: all of them are complete before the first one is
    moved to its name. On an exception they are discarded.

    Args:
        path: The path of the files without their endings.
        source: The input.
        profile: Receives the seconds spent on "export" (CSV) and "encode" (images and videos).

    Attributes:
        files: The paths of the files.
        frames: The number of frames written.
        frames_with_people: The number of these in which a person was found.
        ids: The ids of all people.
    """

    def __init__(self, path: Path, source: Source, profile: Profile) -> None:
        self.files: list[Path] = []
        self.frames = self.frames_with_people = 0
        self.ids: set[int] = set()
        self._path = path
        self._source = source
        self._profile = profile
        self._videos: dict[str, VideoWriter] = {}
        self._start_s = 0.0  # of the first frame; written videos begin with it
        self._open_files = ExitStack()

    def __enter__(self) -> Self:
        """Begin the CSV file.

        Raises:
            OutputError: The folder cannot be written to.
        """
        self._csv_path = self._file(".csv")
        with self._open_files:
            aside = self._open_files.enter_context(written_aside(self._csv_path))
            with output_errors(self._csv_path):
                self._csv_file = aside.open("w", encoding="utf-8", newline="")
                self._open_files.callback(_close_incomplete, self._csv_file)
                self._csv = CsvWriter(self._csv_file)
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
            result: The result.
            images: (H, W, 3) RGB or (H, W) grey, uint8, by the name that becomes part of the file's
                name: "mask" is written to <input>.mask.png or .mp4.

        Raises:
            OutputError: A file cannot be written.
        """
        if self.frames == 0:
            self._start_s = result.timestamp_s
        self.frames += 1
        self.frames_with_people += len(result) > 0
        self.ids.update(result.ids.tolist())
        with self._profile.measure("export"), output_errors(self._csv_path):
            self._csv.write(result)
        with self._profile.measure("encode"):
            for kind, image in images.items():
                if self._source.is_image:
                    self._write_image(kind, image)
                else:
                    self._write_frame(kind, image, result.timestamp_s)

    def _write_image(self, kind: str, image: Image) -> None:
        path = self._file(f".{kind}.png")
        aside = self._open_files.enter_context(written_aside(path))
        with output_errors(path):
            aside.write_bytes(png(image))

    def _write_frame(self, kind: str, image: Image, timestamp_s: float) -> None:
        if kind not in self._videos:
            writer = VideoWriter(
                self._file(f".{kind}.mp4"),
                self._source.frame_rate,
                sound_from=self._sound_path() if kind == _WITH_SOUND else None,
                sound_start_s=self._start_s,
            )
            self._videos[kind] = self._open_files.enter_context(writer)
        self._videos[kind].write(image, timestamp_s - self._start_s)

    def _sound_path(self) -> Path | None:
        """Return the file with the sound, unless it was removed while it is read."""
        path = self._source.path
        if path is not None and not path.is_file():
            _log.warning(
                "%s: the video lacks sound, because the file was removed.", self._source.name
            )
            return None
        return path

    def _finish(self) -> None:
        for writer in self._videos.values():
            writer.finish()
        with output_errors(self._csv_path):
            self._csv_file.close()

    def _file(self, ending: str) -> Path:
        path = Path(f"{self._path}{ending}")
        self.files.append(path)
        return path


def _close_incomplete(file: TextIO) -> None:
    """Close a file that is deleted afterwards, so that its last bytes need not be written."""
    with suppress(OSError):
        file.close()
