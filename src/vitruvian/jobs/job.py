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
    from collections.abc import Iterator

    from vitruvian.inputs.source import Frame, Source
    from vitruvian.jobs.plan import Job
    from vitruvian.jobs.settings import Settings
    from vitruvian.jobs.stopping import Stop
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
    is_stopped = False
    photographs: list[PoseResult] = []
    options = settings.pose
    reopen = partial(opening.open_source, planned.source, decoding_threads, settings.inputs)
    with profile.measure("open"), ExitStack() as on_error:
        frames = on_error.enter_context(reopen())
        is_in_album = frames.is_image and planned.album is not None
        if frames.is_image:
            options = replace(options, static_image_mode=True)
        pose = Pose(**vars(options), profile=profile)
        header = settings.room.added_to(header_of(planned.source, options, settings.inputs))
        manifest.remove(planned.output)
        if planned.album is not None:
            manifest.remove(planned.album.output)
        on_error.pop_all()
    readable = _Readable(frames)
    smoothing = None if frames.is_image else settings.smoothing
    second_pass = None
    if smoothing is not None and settings.drawing is not None:
        second_pass = SecondPass(
            planned.source, settings, profile, stop, decoding_threads, show_progress
        )
    infer = profile.timed("infer", pose.process)
    draw = profile.timed("draw", draw_function(None if second_pass else settings.drawing))

    # These and `map` pass each image on without keeping it.
    def inferred_from(frame: Frame) -> tuple[Image, PoseResult]:
        result = infer(frame.image, frame.timestamp_s)
        result = replace(result, index=frame.index)
        if is_in_album:
            photographs.append(replace(result, segmentation_masks=None))
        return frame.image, result

    def drawn_from(image: Image, result: PoseResult) -> tuple[PoseResult, dict[str, Image]]:
        return result, draw(image, result)

    keep = latest if frames.is_live else ahead
    with (
        frames,
        Outputs(
            planned.output,
            frames,
            header,
            _formats(settings, frames, is_in_album=is_in_album),
            profile,
            smoothing,
            second_pass,
            None if header.sha256 is None else reopen,
        ) as outputs,
        keep(profile.iterate("decode", readable)) as decoded,
        ahead(map(inferred_from, decoded)) as inferred,
        ahead(starmap(drawn_from, inferred)) as drawn,
        ahead(starmap(outputs.write, drawn)) as written,
        progress_bar(
            frames.name,
            frames.frame_count,
            "frames",
            is_shown=show_progress and not frames.is_image,
        ) as bar,
    ):
        for _ in written:
            bar.update()
            if stop.is_abandoned:
                raise AbandonedError
            if stop.is_requested:
                is_stopped = not frames.is_live and not frames.is_image
                break
    is_stopped |= second_pass is not None and second_pass.is_stopped
    files = tuple(outputs.files)
    if readable.interruption is None and not is_stopped and not is_in_album:
        path = manifest.write(planned.output, planned.source, header.sha256, settings, files)
        files += (path,)
    return Summary(
        frames.name,
        outputs.frames,
        outputs.frames_with_people,
        len(outputs.ids),
        time.perf_counter() - start_s,
        files,
        is_image=frames.is_image,
        is_stopped=is_stopped,
        left_out=decoded.dropped if isinstance(decoded, Newest) else 0,
        broken_frames=frames.broken.count,
        error=readable.interruption,
        result=photographs[0] if photographs else None,
    )


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
