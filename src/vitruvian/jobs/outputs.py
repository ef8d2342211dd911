"""The files of one input: a CSV file, and an image or a video for each kind of image."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from vitruvian.files import written_aside
from vitruvian.formats.csv import CsvWriter
from vitruvian.media.images import write_image
from vitruvian.media.video_writer import VideoWriter

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.media.source import Source
    from vitruvian.profile import Profile
    from vitruvian.result import PoseResult
    from vitruvian.types import Image

_WITH_SOUND = "annotated"  # the kind of video that keeps the sound of its input


class Outputs(ExitStack):
    """The files of one input, which are written inside a `with` block.

    They appear at the end of the block, complete. On an exception they are discarded.

    Args:
        folder: The folder for the files.
        source: The input.
        profile: Receives the seconds spent on "export" (CSV) and "encode" (images and videos).

    Attributes:
        files: The paths of the files.
        frames: The number of frames written.
        frames_with_people: The number of these in which a person was found.
        ids: The ids of all people.
    """

    def __init__(self, folder: Path, source: Source, profile: Profile) -> None:
        super().__init__()
        self.files: list[Path] = []
        self.frames = self.frames_with_people = 0
        self.ids: set[int] = set()
        self._folder = folder
        self._source = source
        self._profile = profile
        self._videos: dict[str, VideoWriter] = {}

    def __enter__(self) -> Self:
        aside = self.enter_context(written_aside(self._path("csv")))
        self._csv = CsvWriter(self.enter_context(aside.open("w", encoding="utf-8", newline="")))
        return self

    def write(self, result: PoseResult, images: dict[str, Image]) -> None:
        """Write the result of the next frame, and the images made from it.

        Args:
            result: The result.
            images: (H, W, 3) RGB or (H, W) grey, uint8, by the name that becomes part of the file's
                name: "mask" is written to <input>.mask.png or .mp4.

        Raises:
            OutputError: A file cannot be written.
        """
        self.frames += 1
        self.frames_with_people += len(result) > 0
        self.ids.update(result.ids.tolist())
        with self._profile.measure("export"):
            self._csv.write(result)
        with self._profile.measure("encode"):
            for kind, image in images.items():
                self._write_image(kind, image, result.timestamp_s)

    def _write_image(self, kind: str, image: Image, timestamp_s: float) -> None:
        if self._source.is_image:
            write_image(self._path(f"{kind}.png"), image)
            return
        if kind not in self._videos:
            writer = VideoWriter(
                self._path(f"{kind}.mp4"),
                self._source.frame_rate,
                sound_from=self._source.path if kind == _WITH_SOUND else None,
                sound_start_s=self._start_s,
            )
            self._videos[kind] = self.enter_context(writer)
        self._videos[kind].write(image, timestamp_s - self._start_s)

    def _path(self, ending: str) -> Path:
        path = self._folder / f"{self._source.stem}.{ending}"
        self.files.append(path)
        return path
