"""`vitruvian run`: find people in images and videos, and write files."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from vitruvian.cli.pose_options import PoseCommand, pose_options
from vitruvian.cli.report import Report
from vitruvian.cli.terminal import native_code_silenced, warnings_shown
from vitruvian.engines import threads as engine_threads
from vitruvian.errors import OptionError, VitruvianError
from vitruvian.options import PoseOptions
from vitruvian.profile import Profile
from vitruvian.weights import cache


@click.command(cls=PoseCommand, short_help="Find people in every frame.")
@pose_options
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    metavar="FOLDER",
    help="The folder for the files. It is created if it does not exist.",
)
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
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("--verbose", is_flag=True, help="Print the traceback of each error.")
@click.option("--profile", "show_profile", is_flag=True, help="Print how long each stage took.")
def run(
    inputs: tuple[str, ...],
    folder: Path,
    annotate: bool,
    trails: bool,
    jobs: int | None,
    quiet: bool,
    verbose: bool,
    show_profile: bool,
    **options_of_pose: Any,
) -> None:
    """Find people in every frame of each INPUT.

    An INPUT is an image, a video, a folder of them, the number of a camera, or the address of a
    stream. For each one, these files are written:

    \b
    <name>.csv                    one row per landmark
    <name>.annotated.png or .mp4  the people drawn; a video keeps its sound
    <name>.mask.png or .mp4       the people's masks, with --enable-segmentation
    """  # noqa: D301 - click keeps the lines of a paragraph that begins with this control character
    # OpenCV, FFmpeg and the runtime take half a second to load, which --help does not need.
    from vitruvian.jobs import batch  # noqa: PLC0415
    from vitruvian.jobs.drawing import Drawing  # noqa: PLC0415
    from vitruvian.jobs.stopping import Stop  # noqa: PLC0415
    from vitruvian.media.inputs import display_name  # noqa: PLC0415

    if trails and not annotate:
        raise click.UsageError(
            "--trails draws on the annotated image or video: leave --no-annotate out."
        )
    if trails and options_of_pose["static_image_mode"]:
        raise click.UsageError(
            "--trails needs people who are tracked: leave --static-image-mode out."
        )
    try:
        sources = batch.sources(inputs)
    except VitruvianError as error:
        raise click.UsageError(str(error)) from error
    cores = engine_threads.available()
    jobs = min(jobs or cores, len(sources))
    cores_per_job = max(cores // jobs, 1) if jobs > 1 else None
    options_of_pose["threads"] = options_of_pose["threads"] or cores_per_job
    options = PoseOptions(**options_of_pose)
    profile = Profile()
    if quiet:  # otherwise they are downloaded when they are needed, with a progress bar
        for weights in ("pose_detection", f"pose_landmark_{options.model}"):
            cache.pull(weights, progress=False)
    names = [display_name(source) for source in sources]
    report = Report(names, is_quiet=quiet, is_verbose=verbose)
    stop = Stop()
    with (
        native_code_silenced(),
        warnings_shown(are_shown=not quiet),
        profile.measure_wall(),
        closing(
            batch.run_all(
                sources,
                folder,
                options,
                profile,
                stop,
                jobs=jobs,
                decoding_threads=cores_per_job or 0,
                drawing=Drawing(by_id=options.num_poses != 1, trails=trails) if annotate else None,
                show_progress=not quiet,
            )
        ) as outcomes,
    ):
        try:
            for name, (_, outcome) in zip(names, outcomes, strict=True):
                report.add(name, outcome)
        except OptionError as error:  # the engine does not have the device or the precision
            raise click.UsageError(str(error)) from error
    report.finish()
    if show_profile:
        click.echo(profile, err=True)
    if report.is_good:
        sys.exit(0)
    # 128 and the number of a signal is what shells report for it.
    sys.exit(1 if stop.signal_number is None else 128 + stop.signal_number)
