"""Several inputs at the same time, each a job."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING, TypeAlias

from vitruvian import assembly
from vitruvian.errors import VitruvianError
from vitruvian.jobs import job
from vitruvian.jobs.drawing import PLAIN
from vitruvian.jobs.progress import progress_bar

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from vitruvian.jobs.drawing import Drawing
    from vitruvian.jobs.plan import Job
    from vitruvian.jobs.summary import Summary
    from vitruvian.media.options import InputOptions
    from vitruvian.options import PoseOptions
    from vitruvian.profile import Profile

# An input's summary, its error, or None if it was not started.
Outcome: TypeAlias = "Summary | VitruvianError | None"

_POLL_S = 0.1  # Windows reports Ctrl-C only between two waits


def run_all(
    planned: Sequence[Job],
    options: PoseOptions,
    input_options: InputOptions,
    profile: Profile,
    *,
    jobs: int,
    decoding_threads: int = 0,
    drawing: Drawing | None = PLAIN,
    show_progress: bool = True,
) -> Generator[tuple[Job, Outcome], None, None]:
    """Run several inputs at the same time. An error in one does not stop the others.

    Args:
        planned: The jobs of a plan.
        options: The options of `Pose`. For images, `static_image_mode` is always true.
        input_options: How the inputs are read.
        profile: Receives the seconds spent on each stage.
        jobs: How many inputs run at the same time.
        decoding_threads: How many threads decode each video; 0 for one per core.
        drawing: How people are drawn; None for no annotated images and videos.
        show_progress: Whether to show progress bars, on a terminal.

    Yields:
        Each job, in the given order, with its summary or its error; with None if Ctrl-C stopped
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
            "all", len(planned), "inputs", is_shown=show_progress and len(planned) > 1
        ) as bar,
    ):

        def run(planned_job: Job) -> Outcome:
            if stop.is_set():
                return None
            try:
                return job.run(
                    planned_job,
                    options,
                    input_options,
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

        running = [pool.submit(run, planned_job) for planned_job in planned]
        try:
            for planned_job, future in zip(planned, running, strict=True):
                while not wait([future], timeout=_POLL_S).done:
                    pass
                yield planned_job, future.result()
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
