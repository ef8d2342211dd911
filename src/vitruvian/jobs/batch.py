"""Several inputs at the same time, each a job."""

from __future__ import annotations

import traceback
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, TypeAlias

from vitruvian import assembly
from vitruvian.files import sweep
from vitruvian.jobs import job
from vitruvian.jobs.drawing import PLAIN
from vitruvian.jobs.progress import progress_bar

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from vitruvian.jobs.drawing import Drawing
    from vitruvian.jobs.plan import Job
    from vitruvian.jobs.stopping import Stop
    from vitruvian.jobs.summary import Summary
    from vitruvian.media.options import InputOptions
    from vitruvian.options import PoseOptions
    from vitruvian.profile import Profile

# An input's summary, the exception that ended it, or None if it was not started.
Outcome: TypeAlias = "Summary | Exception | None"

_POLL_S = 0.1  # Windows reports signals only between two waits


def run_all(
    planned: Sequence[Job],
    options: PoseOptions,
    input_options: InputOptions,
    profile: Profile,
    stop: Stop,
    *,
    jobs: int,
    decoding_threads: int = 0,
    drawing: Drawing | None = PLAIN,
    show_progress: bool = True,
) -> Generator[tuple[Job, Outcome], None, None]:
    """Run several inputs at the same time. An exception in one does not stop the others.

    Temporary files that a killed run left in the folders of the files are deleted first.

    Args:
        planned: The jobs of a plan.
        options: The options of `Pose`. For images, `static_image_mode` is always true.
        input_options: How the inputs are read.
        profile: Receives the seconds spent on each stage.
        stop: Stops the run. Ctrl-C and the other signals that ask a program to end request it.
        jobs: How many inputs run at the same time.
        decoding_threads: How many threads decode each video; 0 for one per core.
        drawing: How people are drawn; None for no annotated images and videos.
        show_progress: Whether to show progress bars, on a terminal.

    Yields:
        Each job, in the given order, with its summary or its exception; with None if the run was
        stopped before the job was started. The files of inputs that were stopped contain the
        frames until then.

    Raises:
        OptionError, WeightsError, EngineError: As `Pose`, before the first input.
    """
    with profile.measure("open"):
        # The jobs share these networks. Held here, they stay loaded from one job to the next.
        _networks = assembly.Networks(options)
    for folder in {planned_job.output.parent for planned_job in planned}:
        sweep(folder)
    with (
        stop.requested_by_signals(),
        ThreadPoolExecutor(jobs) as pool,
        progress_bar(
            "all", len(planned), "inputs", is_shown=show_progress and len(planned) > 1
        ) as bar,
    ):

        def run(planned_job: Job) -> Outcome:
            if stop.is_requested or stop.is_abandoned:
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
            except Exception as error:  # noqa: BLE001 - whatever it is, the other inputs run on
                _free_locals(error)
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
            stop.abandon()


def _free_locals(error: BaseException | None) -> None:
    """Free what the functions that failed still hold, such as images."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
