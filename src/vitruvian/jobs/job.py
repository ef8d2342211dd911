"""The main job: an input → a CSV, an annotated picture or video, a mask. Many inputs at a time."""

from __future__ import annotations

import signal
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import numpy as np
from tqdm import tqdm

from vitruvian.draw.annotate import annotate
from vitruvian.draw.trails import Trails
from vitruvian.errors import MediaError, OptionError, VitruvianError
from vitruvian.files import written_aside
from vitruvian.formats.csv import CsvWriter
from vitruvian.media import opening
from vitruvian.media.images import write_image
from vitruvian.media.inputs import expand, stem
from vitruvian.media.video_writer import VideoWriter
from vitruvian.pipeline import ahead, latest

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from vitruvian.media.source import Source
    from vitruvian.pose import Pose
    from vitruvian.profile import Profile
    from vitruvian.result import PoseResult
    from vitruvian.types import Image

_USUAL_FRAME_RATE = 30.0
_POLL_S = 0.1  # Windows tells of Ctrl-C only between two waits


@dataclass(frozen=True)
class Drawing:
    """How people are drawn: each in a colour of its own with its id; with the way they came."""

    by_id: bool = False
    trails: bool = False


PLAIN = Drawing()


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
        MediaError: a folder has nothing to look at, or nothing is left.
        OptionError: two inputs would write files of the same name.
    """
    found = [
        source
        for source in expand(inputs)
        if not (isinstance(source, Path) and Path(source.stem).suffix in {".annotated", ".mask"})
    ]
    if not found:
        raise MediaError("All inputs are pictures and videos that this program drew: give others.")
    stems = Counter(stem(source) for source in found)
    for name, count in stems.items():
        if count > 1:
            raise OptionError(
                f"{count} inputs would write {name}.csv: run them into different folders."
            )
    return found


def run_all(
    inputs: Sequence[str | os.PathLike[str]],
    folder: Path,
    pose_for: Callable[[bool], Pose],
    profile: Profile,
    *,
    jobs: int,
    decoding_threads: int = 0,
    drawing: Drawing | None = PLAIN,
) -> Generator[tuple[str | os.PathLike[str], Summary | VitruvianError], None, None]:
    """Run several inputs at the same time; an error in one does not stop the others.

    Args:
        inputs: files, cameras' numbers, streams' addresses.
        folder: where the files go.
        pose_for: gives each thread its `Pose` for still pictures (true) and for videos (false).
        profile: where the seconds are added, by stage.
        jobs: how many at a time.
        decoding_threads: of each video; 0 for as many as there are cores.
        drawing: how to draw what was found; None draws nothing.

    Yields:
        Each input, in their order, with what became of it.

    Raises:
        KeyboardInterrupt: at the end, if Ctrl-C left an input unfinished. What was running has
            written what it had seen. A camera is finished by Ctrl-C.
    """
    interrupted: KeyboardInterrupt | None = None
    with (
        _stop_on_interrupt() as stop,
        ThreadPoolExecutor(jobs) as pool,
        _progress_bar("all", len(inputs), "inputs", is_shown=len(inputs) > 1) as bar,
    ):

        def begin(source: str | os.PathLike[str]) -> Summary | VitruvianError | KeyboardInterrupt:
            try:
                return run(
                    source,
                    folder,
                    pose_for,
                    profile,
                    stop,
                    decoding_threads=decoding_threads,
                    drawing=drawing,
                )
            except (VitruvianError, KeyboardInterrupt) as error:
                return error
            finally:
                bar.update()

        running = [pool.submit(begin, source) for source in inputs]
        try:
            for source, future in zip(inputs, running, strict=True):
                while not wait([future], timeout=_POLL_S).done:
                    pass
                outcome = future.result()
                if isinstance(outcome, KeyboardInterrupt):
                    interrupted = outcome
                else:
                    yield source, outcome
        finally:
            stop.set()
    if interrupted is not None:
        raise interrupted


def run(
    source: str | os.PathLike[str],
    folder: Path,
    pose_for: Callable[[bool], Pose],
    profile: Profile,
    stop: Event,
    *,
    decoding_threads: int = 0,
    drawing: Drawing | None = PLAIN,
) -> Summary:
    """Find the person in every frame of an input, and write what was found.

    Files appear at the end, whole. Where the input breaks off, or is stopped, they hold what there
    was until then. The arguments are those of `run_all`, and `stop`, which is set to stop it.

    Raises:
        MediaError: the input cannot be read, or breaks off.
        OutputError: a file cannot be written; nothing of it is left.
        KeyboardInterrupt: it was stopped; but a camera may be.
    """
    if stop.is_set():
        raise KeyboardInterrupt
    start_s = time.perf_counter()
    broken_off: MediaError | KeyboardInterrupt | None = None
    with profile.measure("open"), ExitStack() as on_error:
        frames = on_error.enter_context(opening.open_source(source, decoding_threads))
        pose = pose_for(frames.is_image)
        pose.reset()
        on_error.pop_all()
    infer = profile.timed("infer", pose.process)
    depict = profile.timed("draw", _depicting(drawing))
    keep = latest if frames.is_live else ahead
    with (
        frames,
        _Writers(folder, frames, profile) as writers,
        keep(profile.iterate("decode", frames)) as decoded,
        ahead((f.image, infer(f.image, f.timestamp_s)) for f in decoded) as inferred,
        ahead((result, depict(image, result)) for image, result in inferred) as drawn,
        ahead(starmap(writers.write, drawn)) as written,
        _progress_bar(
            frames.name, frames.frame_count, "frames", is_shown=not frames.is_image
        ) as bar,
    ):
        try:
            for _ in written:
                bar.update()
                if stop.is_set():
                    broken_off = None if frames.is_live else KeyboardInterrupt()
                    break
        except MediaError as error:
            broken_off = error
    if broken_off is not None:
        raise broken_off
    seconds = time.perf_counter() - start_s
    return Summary(
        frames.name, writers.frames, writers.frames_with_person, seconds, tuple(writers.files)
    )


def _depicting(
    drawing: Drawing | None,
) -> Callable[[Image, PoseResult], dict[str, Image]]:
    """What makes the pictures of a frame; its trails are those of one input."""
    if drawing is None:
        return _masks
    by_id, trails = drawing.by_id, Trails() if drawing.trails else None

    def depict(image: Image, result: PoseResult) -> dict[str, Image]:
        below = trails(image, result) if trails else image
        return {"annotated": annotate(below, result, by_id=by_id), **_masks(image, result)}

    return depict


def _masks(_image: Image, result: PoseResult) -> dict[str, Image]:
    if result.segmentation_masks is None:
        return {}
    # Nobody is a black mask; several people are one.
    union = result.segmentation_masks.max(axis=0, initial=0)
    return {"mask": np.rint(union * 255).astype(np.uint8)}


class _Writers(ExitStack):
    """The files of one input; on leaving they are moved to their places."""

    def __init__(self, folder: Path, source: Source, profile: Profile) -> None:
        super().__init__()
        self.files: list[Path] = []
        self.frames = self.frames_with_person = 0
        self._place = folder / source.stem
        self._source = source
        self._profile = profile
        self._videos: dict[str, VideoWriter] = {}

    def __enter__(self) -> _Writers:
        path = self._path("csv")
        aside = self.enter_context(written_aside(path))
        self._rows = CsvWriter(self.enter_context(aside.open("w", encoding="utf-8", newline="")))
        return self

    def write(self, result: PoseResult, pictures: dict[str, Image]) -> None:
        """Write what was found in a frame."""
        self.frames += 1
        self.frames_with_person += len(result) > 0
        with self._profile.measure("export"):
            self._rows.write(result)
        with self._profile.measure("encode"):
            for kind, picture in pictures.items():
                self._write_picture(kind, picture, result.timestamp_s)

    def _write_picture(self, kind: str, picture: Image, timestamp_s: float) -> None:
        if self._source.is_image:
            write_image(self._path(f"{kind}.png"), picture)
            return
        if kind not in self._videos:
            frame_rate = self._source.frame_rate or _USUAL_FRAME_RATE
            writer = VideoWriter(self._path(f"{kind}.mp4"), frame_rate)
            self._videos[kind] = self.enter_context(writer)
        self._videos[kind].write(picture, timestamp_s)

    def _path(self, ending: str) -> Path:
        path = self._place.with_name(f"{self._place.name}.{ending}")
        self.files.append(path)
        return path


@contextmanager
def _stop_on_interrupt() -> Iterator[Event]:
    """An event that the first Ctrl-C sets; the second ends the program on the spot."""
    stop = Event()
    usual = signal.getsignal(signal.SIGINT)

    def ask_to_stop(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    if not callable(usual):  # a shell told us to ignore it
        yield stop
        return
    signal.signal(signal.SIGINT, ask_to_stop)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, usual)


def _progress_bar(name: str, total: int | None, unit: str, *, is_shown: bool) -> tqdm[None]:
    return tqdm(
        desc=name,
        total=total,
        unit=f" {unit}",
        leave=False,
        disable=not is_shown or not sys.stderr.isatty(),
    )
