"""Several inputs at the same time, each a job."""

from __future__ import annotations

import traceback
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from vitruvian import assembly
from vitruvian.errors import MediaError, OptionError
from vitruvian.files import sweep
from vitruvian.jobs import job
from vitruvian.jobs.drawing import PLAIN
from vitruvian.jobs.progress import progress_bar
from vitruvian.media.inputs import expand, stem

if TYPE_CHECKING:
    import os
    from collections.abc import Generator, Iterable, Sequence

    from vitruvian.jobs.drawing import Drawing
    from vitruvian.jobs.stopping import Stop
    from vitruvian.jobs.summary import Summary
    from vitruvian.options import PoseOptions
    from vitruvian.profile import Profile

# An input's summary, the exception that ended it, or None if it was not started.
Outcome: TypeAlias = "Summary | Exception | None"

_POLL_S = 0.1  # Windows reports signals only between two waits


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
    stop: Stop,
    *,
    jobs: int,
    decoding_threads: int = 0,
    drawing: Drawing | None = PLAIN,
    show_progress: bool = True,
) -> Generator[tuple[str | os.PathLike[str], Outcome], None, None]:
    """Run several inputs at the same time. An exception in one does not stop the others.

    Temporary files that a killed run left in the folder are deleted first.

    Args:
        inputs: Paths of images and videos, numbers of cameras, addresses of streams.
        folder: The folder for the files.
        options: The options of `Pose`. For images, `static_image_mode` is always true.
        profile: Receives the seconds spent on each stage.
        stop: Stops the run. Ctrl-C and the other signals that ask a program to end request it.
        jobs: How many inputs run at the same time.
        decoding_threads: How many threads decode each video; 0 for one per core.
        drawing: How people are drawn; None for no annotated images and videos.
        show_progress: Whether to show progress bars, on a terminal.

    Yields:
        Each input, in the given order, with its summary or its exception; with None if the run was
        stopped before the input was started. The files of inputs that were stopped contain the
        frames until then.

    Raises:
        OptionError, WeightsError, EngineError: As `Pose`, before the first input.
    """
    with profile.measure("open"):
        # The jobs share these networks. Held here, they stay loaded from one job to the next.
        _networks = assembly.Networks(options)
    sweep(folder)
    with (
        stop.requested_by_signals(),
        ThreadPoolExecutor(jobs) as pool,
        progress_bar(
            "all", len(inputs), "inputs", is_shown=show_progress and len(inputs) > 1
        ) as bar,
    ):

        def run(source: str | os.PathLike[str]) -> Outcome:
            if stop.is_requested or stop.is_abandoned:
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
            except Exception as error:  # noqa: BLE001 - whatever it is, the other inputs run on
                _free_locals(error)
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
            stop.abandon()


def _free_locals(error: BaseException | None) -> None:
    """Free what the functions that failed still hold, such as images."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
