"""Several inputs at the same time, each a job."""

from __future__ import annotations

import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeAlias

from vitruvian import assembly
from vitruvian.errors import MediaError, OptionError, VitruvianError
from vitruvian.jobs import job
from vitruvian.jobs.drawing import PLAIN
from vitruvian.jobs.progress import progress_bar
from vitruvian.media.inputs import expand, stem

if TYPE_CHECKING:
    import os
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from vitruvian.jobs.drawing import Drawing
    from vitruvian.jobs.summary import Summary
    from vitruvian.options import PoseOptions
    from vitruvian.profile import Profile

# An input's summary, its error, or None if it was not started.
Outcome: TypeAlias = "Summary | VitruvianError | None"

_POLL_S = 0.1  # Windows reports Ctrl-C only between two waits


def sources(inputs: Iterable[str]) -> list[str | os.PathLike[str]]:
    """Replace each folder by the images and videos in it, except those that this program drew.

    Raises:
        MediaError: A folder cannot be read or contains no images or videos, or no input remains.
        OptionError: Two inputs would write files of the same name.
    """
    found = [
        source
        for source in expand(inputs)
        if not (isinstance(source, Path) and Path(source.stem).suffix in {".annotated", ".mask"})
    ]
    if not found:
        raise MediaError(
            "All inputs are images and videos that this program drew: give other inputs."
        )
    stems = Counter(stem(source) for source in found)
    for name, count in stems.items():
        if count > 1:
            raise OptionError(
                f"{count} inputs would write {name}.csv: run each with another output folder."
            )
    return found


def run_all(
    inputs: Sequence[str | os.PathLike[str]],
    folder: Path,
    options: PoseOptions,
    profile: Profile,
    *,
    jobs: int,
    decoding_threads: int = 0,
    drawing: Drawing | None = PLAIN,
    show_progress: bool = True,
) -> Generator[tuple[str | os.PathLike[str], Outcome], None, None]:
    """Run several inputs at the same time. An error in one does not stop the others.

    Args:
        inputs: Paths of images and videos, numbers of cameras, addresses of streams.
        folder: The folder for the files.
        options: The options of `Pose`. For images, `static_image_mode` is always true.
        profile: Receives the seconds spent on each stage.
        jobs: How many inputs run at the same time.
        decoding_threads: How many threads decode each video; 0 for one per core.
        drawing: How people are drawn; None for no annotated images and videos.
        show_progress: Whether to show progress bars, on a terminal.

    Yields:
        Each input, in the given order, with its summary or its error; with None if Ctrl-C stopped
        the run before the input was started. The files of inputs that Ctrl-C stopped contain the
        frames until then.

    Raises:
        OptionError, WeightsError, EngineError: As `Pose`, before the first input.
    """
    with profile.measure("open"):
        # The jobs share these networks. Held here, they stay loaded from one job to the next.
        _networks = assembly.Networks(options)
    with (
        _stop_on_interrupt() as stop,
        ThreadPoolExecutor(jobs) as pool,
        progress_bar(
            "all", len(inputs), "inputs", is_shown=show_progress and len(inputs) > 1
        ) as bar,
    ):

        def run(source: str | os.PathLike[str]) -> Outcome:
            if stop.is_set():
                return None
            try:
                return job.run(
                    source,
                    folder,
                    options,
                    profile,
                    stop,
                    decoding_threads=decoding_threads,
                    drawing=drawing,
                    show_progress=show_progress,
                )
            except VitruvianError as error:
                return error
            finally:
                bar.update()

        running = [pool.submit(run, source) for source in inputs]
        try:
            for source, future in zip(inputs, running, strict=True):
                while not wait([future], timeout=_POLL_S).done:
                    pass
                yield source, future.result()
        finally:
            stop.set()


@contextmanager
def _stop_on_interrupt() -> Iterator[Event]:
    """Yield an event that the first Ctrl-C sets. The second Ctrl-C ends the program at once."""
    stop = Event()
    previous = signal.getsignal(signal.SIGINT)

    def request_stop(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    if not callable(previous):  # the shell that started the program made it ignore Ctrl-C
        yield stop
        return
    signal.signal(signal.SIGINT, request_stop)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, previous)
