"""One input: find the people in all of its frames, and write the files."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import starmap
from typing import TYPE_CHECKING

from vitruvian.errors import MediaError
from vitruvian.formats.writers import RECORDING, of_independent_images
from vitruvian.jobs import manifest
from vitruvian.jobs.album_results import TABLE
from vitruvian.jobs.drawing import draw_function
from vitruvian.jobs.outputs import Outputs
from vitruvian.jobs.progress import progress_bar
from vitruvian.jobs.second_pass import SecondPass
from vitruvian.jobs.stopping import AbandonedError
from vitruvian.jobs.summary import Finished, Summary
from vitruvian.media import opening
from vitruvian.pipeline import Newest, ahead, latest
from vitruvian.pose import Pose
from vitruvian.provenance import header_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tqdm import tqdm

    from vitruvian.inputs.source import Frame, Source
    from vitruvian.jobs.plan import Job
    from vitruvian.jobs.settings import Settings
    from vitruvian.jobs.stopping import Stop
    from vitruvian.options import PoseOptions
    from vitruvian.profile import Profile
    from vitruvian.result import PoseResult
    from vitruvian.types import Image


def run(
    planned: Job,
    settings: Settings,
    profile: Profile,
    stop: Stop,
    *,
    decoding_threads: int = 0,
    show_progress: bool = True,
) -> Summary | Finished:
    """Find the people in every frame of an input, and write the files.

    The files appear at the end, complete. If the input is interrupted or the run is stopped, they
    contain the frames until then, and the summary says so. After any other exception, no file
    remains. Only an input that was read to its end gets a manifest.

    Args:
        planned: The input, and where its files go.
        settings: What is done with the input.
        profile: Receives the seconds spent on each stage.
        stop: Another thread may use it to stop the run.
        decoding_threads: How many threads decode a video; 0 for one per core.
        show_progress: Whether to show a progress bar, on a terminal.

    Raises:
        OptionError, WeightsError, EngineError: As `Pose`.
        MediaError: The input cannot be read at all.
        OutputError: A file cannot be written.
        AbandonedError: The run was abandoned.
    """
    if settings.resumes:
        files = manifest.finished_files(planned.output, planned.source, settings)
        if files is not None:
            return Finished(planned.name, files)
    start_s = time.perf_counter()
    reopen = partial(opening.open_source, planned.source, decoding_threads, settings.inputs)
    with profile.measure("open"), ExitStack() as on_error:
        source = on_error.enter_context(reopen())
        options = settings.pose
        if source.is_image:
            options = replace(options, static_image_mode=True)
        infer = _inference(options, profile)
        header = settings.room.added_to(header_of(planned.source, options, settings.inputs))
        manifest.remove(planned.output)
        if planned.album is not None:
            manifest.remove(planned.album.output)
        on_error.pop_all()
    is_in_album = source.is_image and planned.album is not None
    smoothing = None if source.is_image else settings.smoothing
    second_pass = None
    if smoothing is not None and settings.drawing is not None:
        second_pass = SecondPass(
            planned.source, settings, profile, stop, decoding_threads, show_progress
        )
    draw = profile.timed("draw", draw_function(None if second_pass else settings.drawing))

    # This and `map` pass each image on without keeping it.
    def drawn_from(image: Image, result: PoseResult) -> tuple[PoseResult, dict[str, Image]]:
        return result, draw(image, result)

    readable = _Readable(source)
    keep = latest if source.is_live else ahead
    with (
        source,
        Outputs(
            planned.output,
            source,
            header,
            _formats(settings, source, is_in_album=is_in_album),
            profile,
            smoothing,
            second_pass,
            None if header.sha256 is None else reopen,
        ) as outputs,
        keep(profile.iterate("decode", readable)) as decoded,
        ahead(map(infer, decoded)) as inferred,
        ahead(starmap(drawn_from, inferred)) as drawn,
        ahead(starmap(outputs.write, drawn)) as written,
        progress_bar(
            source.name,
            source.frame_count,
            "frames",
            is_shown=show_progress and not source.is_image,
        ) as bar,
    ):
        is_stopped = _write_all(written, bar, stop) and not (source.is_live or source.is_image)
    is_stopped |= second_pass is not None and second_pass.is_stopped
    files = tuple(outputs.files)
    if readable.interruption is None and not is_stopped and not is_in_album:
        path = manifest.write(planned.output, planned.source, header.sha256, settings, files)
        files += (path,)
    return Summary(
        source.name,
        outputs.frames,
        outputs.frames_with_people,
        len(outputs.ids),
        time.perf_counter() - start_s,
        files,
        is_image=source.is_image,
        is_stopped=is_stopped,
        left_out=decoded.dropped if isinstance(decoded, Newest) else 0,
        broken_frames=source.broken.count,
        error=readable.interruption,
        result=outputs.last if is_in_album else None,
    )


def _inference(
    options: PoseOptions, profile: Profile
) -> Callable[[Frame], tuple[Image, PoseResult]]:
    """Return a function that finds the people in the next frame of an input.

    It returns the image and the result, and keeps neither.
    """
    infer = profile.timed("infer", Pose(**vars(options), profile=profile).process)

    def inferred_from(frame: Frame) -> tuple[Image, PoseResult]:
        return frame.image, replace(infer(frame.image, frame.timestamp_s), index=frame.index)

    return inferred_from


def _write_all(written: Iterable[None], bar: tqdm[None], stop: Stop) -> bool:
    """Write the frames, and return whether a stop was requested before the last one.

    Raises:
        AbandonedError: The run was abandoned.
    """
    for _ in written:
        bar.update()
        if stop.is_abandoned:
            raise AbandonedError
        if stop.is_requested:
            return True
    return False


def _formats(settings: Settings, source: Source, *, is_in_album: bool) -> tuple[str, ...]:
    """Return the formats of an input. A photograph of a folder has only a table of its own."""
    if is_in_album:
        return (TABLE,) if TABLE in settings.formats else ()
    formats = tuple(dict.fromkeys((RECORDING, *settings.formats)))
    return of_independent_images(formats, source.name) if source.is_image else formats


class _Readable:
    """The frames of a source that can be read; an interruption is their end.

    Attributes:
        interruption: Why there are no more frames; None at the end of the source.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self.interruption: MediaError | None = None

    def __iter__(self) -> Iterator[Frame]:
        try:
            yield from self._source
        except MediaError as error:
            self.interruption = error
