"""Several inputs at the same time, each a job."""

from __future__ import annotations

import traceback
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from typing import TYPE_CHECKING

from vitruvian.files import sweep
from vitruvian.formats.writers import check_libraries
from vitruvian.jobs import job, manifest
from vitruvian.jobs.album_results import OpenAlbum
from vitruvian.jobs.plan import Job
from vitruvian.jobs.progress import progress_bar
from vitruvian.jobs.summary import Finished
from vitruvian.networks import Networks

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from vitruvian.jobs.settings import Settings
    from vitruvian.jobs.stopping import Stop
    from vitruvian.jobs.summary import Outcome
    from vitruvian.profile import Profile

_POLL_S = 0.1  # Windows reports signals only between two waits


def run_all(
    planned: Sequence[Job],
    settings: Settings,
    profile: Profile,
    stop: Stop,
    *,
    jobs: int,
    decoding_threads: int = 0,
    show_progress: bool = True,
) -> Generator[tuple[Job, Outcome], None, None]:
    """Run several inputs at the same time. An exception in one does not stop the others.

    Temporary files that a killed run left in the folders of the files are deleted first.

    Args:
        planned: The jobs of a plan.
        settings: What is done with each input.
        profile: Receives the seconds spent on each stage.
        stop: Stops the run. Ctrl-C and the other signals that ask a program to end request it.
        jobs: How many inputs run at the same time.
        decoding_threads: How many threads decode each video; 0 for one per core.
        show_progress: Whether to show progress bars, on a terminal.

    Yields:
        Each job, in the given order, with its outcome; after the last photograph of a folder, also
        a job for the folder. The files of inputs that were stopped contain the frames until then.

    Raises:
        OptionError, WeightsError, EngineError: As `Pose`, before the first input.
        MissingLibraryError: A format needs a library that is not installed, before the first input.
    """
    check_libraries(settings.formats)
    albums = {each.album.output: OpenAlbum(each.album) for each in planned if each.album}
    with profile.measure("open"):
        # The jobs share these networks. Held here, they stay loaded from one job to the next.
        _networks = Networks(settings.pose)
    finished = {
        output
        for output, album in albums.items()
        if settings.resumes and manifest.finished_files(output, album.series, settings)
    }
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
            if planned_job.album and planned_job.album.output in finished:
                return Finished(planned_job.name, ())
            outcome = _outcome_of(
                lambda: job.run(
                    planned_job,
                    settings,
                    profile,
                    stop,
                    decoding_threads=decoding_threads,
                    show_progress=show_progress,
                )
            )
            bar.update()
            return outcome

        running = [pool.submit(run, planned_job) for planned_job in planned]
        try:
            for planned_job, future in zip(planned, running, strict=True):
                while not wait([future], timeout=_POLL_S).done:
                    pass
                outcome = future.result()
                yield planned_job, outcome
                if planned_job.album is not None:
                    album = albums[planned_job.album.output]
                    album.add(outcome)
                    if album.is_over:
                        written = _outcome_of(partial(album.write, settings))
                        yield Job(album.series, album.output), written
        finally:
            stop.abandon()


def _outcome_of(work: Callable[[], Outcome]) -> Outcome:
    """Return the outcome of some work, or the exception that ended it."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - whatever it is, the other inputs run on
        _free_locals(error)
        return error


def _free_locals(error: BaseException | None) -> None:
    """Free what the functions that failed still hold, such as images."""
    seen: set[int] = set()  # a chain of exceptions may lead back to its beginning
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
