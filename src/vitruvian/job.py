"""The main job: an input → a CSV, an annotated picture or video, a mask."""

from __future__ import annotations

import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tqdm import tqdm

from vitruvian import draw, media
from vitruvian.errors import MediaError, OptionError
from vitruvian.export import CsvWriter
from vitruvian.files import written_aside
from vitruvian.record import VideoWriter, write_picture

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable

    from vitruvian.media import Source
    from vitruvian.pose import Pose
    from vitruvian.profile import Profile
    from vitruvian.types import Image, PoseResult

_USUAL_FRAME_RATE = 30.0


@dataclass(frozen=True)
class Summary:
    """What became of an input; prints as one line."""

    name: str
    frames: int
    frames_with_person: int
    seconds: float
    files: tuple[Path, ...]

    def __str__(self) -> str:
        frames = f"{self.frames} frame{'s' if self.frames != 1 else ''}"
        return (
            f"{self.name}: {frames}, a person in {self.frames_with_person}; {self.seconds:.1f} s, "
            f"{self.frames / self.seconds:.1f} frames/s → {', '.join(map(str, self.files))}"
        )


def sources(inputs: Iterable[str]) -> list[str | os.PathLike[str]]:
    """The inputs, folders replaced by what is in them, but for what this program wrote there.

    Raises:
        MediaError: a folder has nothing to look at.
        OptionError: two inputs would write files of the same name.
    """
    found = [
        source
        for source in media.expand(inputs)
        if not (isinstance(source, Path) and Path(source.stem).suffix in {".annotated", ".mask"})
    ]
    stems = Counter(media.stem(source) for source in found)
    for stem, count in stems.items():
        if count > 1:
            raise OptionError(
                f"{count} inputs would write {stem}.csv: run them into different folders."
            )
    return found


def run(
    source: str | os.PathLike[str],
    folder: Path,
    pose_for: Callable[[bool], Pose],
    profile: Profile,
    *,
    annotate: bool = True,
    label: str = "",
) -> Summary:
    """Find the person in every frame of an input, and write what was found.

    Files appear at the end, whole. Where the input breaks off, or the user stops it, they hold what
    there was until then.

    Args:
        source: a file, a camera's number, or a stream's address.
        folder: where the files go.
        pose_for: gives the `Pose` for a still picture (true) or a video (false).
        profile: where the seconds are added, by stage.
        annotate: also draw what was found.
        label: put before the progress bar's title.

    Raises:
        MediaError: the input cannot be read, or breaks off.
        OutputError: a file cannot be written; nothing of it is left.
    """
    start_s = time.perf_counter()
    stopped: MediaError | KeyboardInterrupt | None = None
    with profile.measure("open"):
        frames = media.open_source(source)
        pose = pose_for(frames.is_picture)
        pose.reset()
    with frames, _Writers(folder, frames, annotate, profile) as writers:
        bar = tqdm(
            profile.iterate("decode", frames),
            desc=f"{label}{frames.name}",
            total=frames.frame_count,
            unit=" frames",
            leave=False,
            disable=frames.is_picture or not sys.stderr.isatty(),
        )
        try:
            for frame in bar:
                writers.write(frame.image, pose.process(frame.image, frame.timestamp_s))
        except MediaError as error:
            stopped = error
        except KeyboardInterrupt as error:
            # This is how a camera is switched off.
            stopped = None if frames.is_live else error
        finally:
            bar.close()
    if stopped is not None:
        raise stopped
    return Summary(
        frames.name,
        writers.frames,
        writers.frames_with_person,
        time.perf_counter() - start_s,
        tuple(writers.files),
    )


class _Writers(ExitStack):
    """The files of one input; on leaving they are moved to their places."""

    def __init__(self, folder: Path, source: Source, annotate: bool, profile: Profile) -> None:
        super().__init__()
        self.files: list[Path] = []
        self.frames = self.frames_with_person = 0
        self._place = folder / source.stem
        self._source = source
        self._annotate = annotate
        self._profile = profile
        self._videos: dict[str, VideoWriter] = {}

    def __enter__(self) -> _Writers:
        path = self._path("csv")
        aside = self.enter_context(written_aside(path))
        self._rows = CsvWriter(self.enter_context(aside.open("w", encoding="utf-8", newline="")))
        return self

    def write(self, image: Image, result: PoseResult) -> None:
        """Write what was found in a frame."""
        self.frames += 1
        self.frames_with_person += len(result) > 0
        with self._profile.measure("export"):
            self._rows.write(result)
        if self._annotate:
            with self._profile.measure("draw"):
                annotated = draw.annotate(image, result)
            self._write_image("annotated", annotated, result.timestamp_s)
        if result.segmentation_masks is not None:
            # Nobody is a black mask; several people are one.
            union = result.segmentation_masks.max(axis=0, initial=0)
            self._write_image("mask", np.rint(union * 255).astype(np.uint8), result.timestamp_s)

    def _write_image(self, kind: str, image: Image, timestamp_s: float) -> None:
        with self._profile.measure("encode"):
            if self._source.is_picture:
                write_picture(self._path(f"{kind}.png"), image)
                return
            if kind not in self._videos:
                frame_rate = self._source.frame_rate or _USUAL_FRAME_RATE
                writer = VideoWriter(self._path(f"{kind}.mp4"), frame_rate)
                self._videos[kind] = self.enter_context(writer)
            self._videos[kind].write(image, timestamp_s)

    def _path(self, ending: str) -> Path:
        path = self._place.with_name(f"{self._place.name}.{ending}")
        self.files.append(path)
        return path
