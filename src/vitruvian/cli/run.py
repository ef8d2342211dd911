"""`vitruvian run`: find people in images and videos, and write files."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import fields
from itertools import chain
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from vitruvian.analysis.options import RoomOptions
from vitruvian.cli.json_lines import json_line
from vitruvian.cli.options import (
    CommandWithSections,
    input_options,
    offline_smoothing_options,
    output_folder,
    pose_options,
    room_options,
)
from vitruvian.cli.plan_notes import plan_notes
from vitruvian.cli.refusals import (
    refuse_tracking,
    refuse_trails_on_nothing,
    refuse_what_is_read_once,
)
from vitruvian.cli.report import Report
from vitruvian.cli.smoothing import smoothing_option, take_smoothing
from vitruvian.cli.terminal import (
    echo_above_progress_bars,
    native_code_silenced,
    warnings_shown,
)
from vitruvian.engines import threads as engine_threads
from vitruvian.errors import OptionError, VitruvianError
from vitruvian.formats.writers import RECORDING, WRITERS, check_libraries
from vitruvian.inputs.options import InputOptions
from vitruvian.inputs.parsing import ImageSeries
from vitruvian.jobs.plan import make_plan
from vitruvian.options import PoseOptions
from vitruvian.profile import Profile
from vitruvian.weights import cache

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from vitruvian.jobs.plan import Plan
    from vitruvian.jobs.stopping import Stop
    from vitruvian.jobs.summary import Outcome


@click.command(cls=CommandWithSections, short_help="Find people in every frame.")
@pose_options
@input_options
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@output_folder
@click.option(
    "--no-annotate",
    "annotate",
    is_flag=True,
    flag_value=False,
    default=True,
    help="Do not write an annotated image or video.",
)
@click.option("--trails", is_flag=True, help="Draw the recent path of each person.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="The number of inputs that run at the same time. By default, one per core.",
)
@smoothing_option
@offline_smoothing_options
@room_options
@click.option(
    "--format",
    "formats",
    type=click.Choice([name for name in WRITERS if name != RECORDING]),
    multiple=True,
    default=("csv",),
    show_default=True,
    help="A format of the results, in addition to the recording. May be given several times.",
)
@click.option("--resume", is_flag=True, help="Skip inputs that an earlier run has finished.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print a JSON object for each input, and no table."
)
@click.option("--verbose", is_flag=True, help="Print the traceback of each error.")
@click.option("--profile", "show_profile", is_flag=True, help="Print how long each stage took.")
@click.pass_context
def run(
    context: click.Context,
    /,
    inputs: tuple[str, ...],
    folder: Path,
    annotate: bool,
    trails: bool,
    jobs: int | None,
    formats: tuple[str, ...],
    resume: bool,
    quiet: bool,
    as_json: bool,
    verbose: bool,
    show_profile: bool,
    **options: Any,
) -> None:
    """Find people in every frame of each INPUT.

    An INPUT is an image, a video, a folder of them, the number of a camera, an address, a pattern
    of numbered images such as frame_%04d.png, or - for standard input. For each one, these files
    are written:

    \b
    <name>.npz                    the recording, which other commands read
    <name>.csv                    one row per landmark, or what --format says
    <name>.annotated.png or .mp4  the people drawn; a video keeps its sound
    <name>.mask.png or .mp4       the people's masks, with --enable-segmentation
    <name>.vitruvian.json         what was written, for --resume
    """  # noqa: D301 - click keeps the lines of a paragraph that begins with this control character
    # FFmpeg and the runtime take half a second to load, which --help does not need.
    from vitruvian.jobs import batch  # noqa: PLC0415
    from vitruvian.jobs.drawing import Drawing  # noqa: PLC0415
    from vitruvian.jobs.settings import Settings  # noqa: PLC0415
    from vitruvian.jobs.stopping import Stop  # noqa: PLC0415

    refuse_trails_on_nothing(trails, annotate)
    if options["static_image_mode"]:
        refuse_tracking(trails, formats)
    smoothing = take_smoothing(context, options)
    room = RoomOptions(**{f.name: options.pop(f.name) for f in fields(RoomOptions)})
    drawn = [".annotated"] * annotate + [".mask"] * options["enable_segmentation"]
    try:
        of_input = InputOptions(**{f.name: options.pop(f.name) for f in fields(InputOptions)})
        plan = _plan(context, inputs, folder, drawn)
        check_libraries(formats)
    except VitruvianError as error:
        raise click.UsageError(str(error)) from error
    if smoothing is not None and annotate:
        refuse_what_is_read_once(plan)
    cores = engine_threads.available()
    jobs = min(jobs or cores, len(plan.jobs))
    cores_per_job = max(cores // jobs, 1) if jobs > 1 else None
    options["threads"] = options["threads"] or cores_per_job
    of_pose = PoseOptions(**options)
    profile = Profile()
    if quiet:
        _pull_weights(of_pose)
    names = [*(name for name, _ in plan.failed), *(job.name for job in plan.jobs)]
    report = Report(names, is_quiet=quiet or as_json, is_verbose=verbose)
    settings = Settings(
        of_pose,
        of_input,
        Drawing(by_id=of_pose.num_poses != 1, trails=trails) if annotate else None,
        formats,
        smoothing,
        room,
        resume,
    )
    stop = Stop()
    with (
        native_code_silenced(),
        warnings_shown(are_shown=not quiet),
        profile.measure_wall(),
        closing(
            batch.run_all(
                plan.jobs,
                settings,
                profile,
                stop,
                jobs=jobs,
                decoding_threads=cores_per_job or 0,
                show_progress=not quiet,
            )
        ) as outcomes,
    ):
        by_name = ((job.name, outcome) for job, outcome in outcomes)
        _report_each(chain(plan.failed, by_name), report, as_json=as_json)
    report.finish(plan_notes(plan))
    if show_profile:
        _print_profile(profile)
    sys.exit(0 if report.is_good else _exit_status(stop))


def _pull_weights(options: PoseOptions) -> None:
    """Download the weights without a progress bar, which they get if a network pulls them."""
    for weights in ("pose_detection", f"pose_landmark_{options.model}"):
        cache.pull(weights, progress=False)


def _report_each(outcomes: Iterable[tuple[str, Outcome]], report: Report, *, as_json: bool) -> None:
    """Report the outcome of each input as soon as it is known."""
    try:
        for name, outcome in outcomes:
            report.add(name, outcome)
            if as_json:
                echo_above_progress_bars(json_line(name, outcome))
    except OptionError as error:  # the engine does not have the device or the precision
        raise click.UsageError(str(error)) from error


def _print_profile(profile: Profile) -> None:
    from vitruvian.native import library  # noqa: PLC0415 - loads the library

    click.echo(profile, err=True)
    click.echo(f"All but the networks: {library.description()}.", err=True)


def _exit_status(stop: Stop) -> int:
    """Return the exit status of a run in which something failed or was stopped."""
    # 128 and the number of a signal is what shells report for it.
    return 1 if stop.signal_number is None else 128 + stop.signal_number


def _plan(
    context: click.Context, inputs: Sequence[str], folder: Path, drawn: Collection[str]
) -> Plan:
    """Return the plan of the run. Numbered images are one video if --frame-rate was given."""
    in_series = context.get_parameter_source("frame_rate") is not ParameterSource.DEFAULT
    plan = make_plan(inputs, folder, in_series=in_series, drawn=drawn)
    if in_series and not any(isinstance(job.source, ImageSeries) for job in plan.jobs):
        raise OptionError("--frame-rate is for numbered images, but there are none: leave it out.")
    return plan
