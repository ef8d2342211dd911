"""What is drawn of one input: an image or a video for each kind of image."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from vitruvian.files import output_errors, written_aside
from vitruvian.images.writer import png
from vitruvian.video.writer import VideoWriter

if TYPE_CHECKING:
    from types import TracebackType

    from vitruvian.inputs.source import Source
    from vitruvian.types import Image

_log = logging.getLogger(__name__)

_WITH_SOUND = "annotated"  # the kind of video that keeps the sound of its input


class DrawnFiles:
    """The images and videos of one input, which are written inside a `with` block.

    They appear at the end of the block, after all of them are complete. On an exception they are
    discarded.

    Args:
        path: The path of the files without their endings.
        source: The input.

    Attributes:
        files: The paths of the files.
    """

    def __init__(self, path: Path, source: Source) -> None:
        self.files: list[Path] = []
        self._path = path
        self._source = source
        self._videos: dict[str, VideoWriter] = {}
        self._start_s: float | None = None  # of the first frame; written videos begin with it
        self._open_files = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Move all files to their names, or discard them after an exception.

        Raises:
            OutputError: A file cannot be written.
        """
        self._open_files.__exit__(kind, error, traceback)

    def write(self, images: dict[str, Image], timestamp_s: float) -> None:
        """Write the images that were made of the next frame.

        Args:
            images: (H, W, 3) RGB or (H, W) grey, uint8, by the name that becomes part of the file's
                name: "mask" is written to <input>.mask.png or .mp4.
            timestamp_s: The frame's time in seconds.

        Raises:
            OutputError: A file cannot be written.
        """
        if self._start_s is None:
            self._start_s = timestamp_s
        for kind, image in images.items():
            if self._source.is_image:
                self._write_image(kind, image)
            else:
                self._write_frame(kind, image, self._start_s, timestamp_s)

    def finish(self) -> None:
        """Complete all files, which are then ready to be moved.

        Raises:
            OutputError: A file cannot be written.
        """
        for writer in self._videos.values():
            writer.finish()

    def _write_image(self, kind: str, image: Image) -> None:
        path = self._file(f".{kind}.png")
        aside = self._open_files.enter_context(written_aside(path))
        with output_errors(path):
            aside.write_bytes(png(image))

    def _write_frame(self, kind: str, image: Image, start_s: float, timestamp_s: float) -> None:
        if kind not in self._videos:
            writer = VideoWriter(
                self._file(f".{kind}.mp4"),
                self._source.frame_rate,
                sound_from=self._sound_path() if kind == _WITH_SOUND else None,
                sound_start_s=start_s,
            )
            self._videos[kind] = self._open_files.enter_context(writer)
        self._videos[kind].write(image, timestamp_s - start_s)

    def _sound_path(self) -> Path | None:
        """Return the file with the sound, unless it was removed while it is read."""
        path = self._source.path
        if path is not None and not path.is_file():
            _log.warning(
                "%s: the video lacks sound, because the file was removed.", self._source.name
            )
            return None
        return path

    def _file(self, ending: str) -> Path:
        path = Path(f"{self._path}{ending}")
        self.files.append(path)
        return path
