"""One input: find the people in all of its frames, and write the files."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace
from itertools import starmap
from typing import TYPE_CHECKING

from vitruvian.errors import MediaError
from vitruvian.jobs.drawing import PLAIN, Drawing, draw_function
from vitruvian.jobs.outputs import Outputs
from vitruvian.jobs.progress import progress_bar
from vitruvian.jobs.summary import Summary
from vitruvian.media import opening
from vitruvian.pipeline import Newest, ahead, latest
from vitruvian.pose import Pose

if TYPE_CHECKING:
    from threading import Event

    from vitruvian.jobs.plan import Job
    from vitruvian.media.options import InputOptions
    from vitruvian.options import PoseOptions
    from vitruvian.profile import Profile


def run(
    planned: Job,
    options: PoseOptions,
    input_options: InputOptions,
    profile: Profile,
    stop: Event,
    *,
    decoding_threads: int = 0,
    drawing: Drawing | None = PLAIN,
    show_progress: bool = True,
) -> Summary:
    """Find the people in every frame of an input, and write the files.

    The files appear at the end, complete. If the input is interrupted or the run is stopped, they
    contain the frames until then, and the summary says so.

    Args:
        planned: The input, and where its files go.
        options: The options of `Pose`. For an image, `static_image_mode` is always true.
        input_options: How the input is read.
        profile: Receives the seconds spent on each stage.
        stop: Another thread sets it to stop the run.
        decoding_threads: How many threads decode a video; 0 for one per core.
        drawing: How people are drawn; None for no annotated image or video.
        show_progress: Whether to show a progress bar, on a terminal.

    Raises:
        OptionError, WeightsError, EngineError: As `Pose`.
        MediaError: The input cannot be read at all.
        OutputError: A file cannot be written; no file remains.
    """
    start_s = time.perf_counter()
    is_stopped = False
    interruption: MediaError | None = None
    with profile.measure("open"), ExitStack() as on_error:
        frames = on_error.enter_context(
            opening.open_source(planned.source, decoding_threads, input_options)
        )
        if frames.is_image:
            options = replace(options, static_image_mode=True)
        pose = Pose(**vars(options), profile=profile)
        on_error.pop_all()
    infer = profile.timed("infer", pose.process)
    draw = profile.timed("draw", draw_function(drawing))
    keep = latest if frames.is_live else ahead
    with (
        frames,
        Outputs(planned.output, frames, profile) as outputs,
        keep(profile.iterate("decode", frames)) as decoded,
        ahead((f.image, infer(f.image, f.timestamp_s)) for f in decoded) as inferred,
        ahead((result, draw(image, result)) for image, result in inferred) as drawn,
        ahead(starmap(outputs.write, drawn)) as written,
        progress_bar(
            frames.name,
            frames.frame_count,
            "frames",
            is_shown=show_progress and not frames.is_image,
        ) as bar,
    ):
        try:
            for _ in written:
                bar.update()
                if stop.is_set():
                    is_stopped = not frames.is_live and not frames.is_image
                    break
        except MediaError as error:  # the files keep the frames before it
            interruption = error
    return Summary(
        frames.name,
        outputs.frames,
        outputs.frames_with_people,
        len(outputs.ids),
        time.perf_counter() - start_s,
        tuple(outputs.files),
        is_image=frames.is_image,
        is_stopped=is_stopped,
        left_out=decoded.dropped if isinstance(decoded, Newest) else 0,
        error=interruption,
    )
