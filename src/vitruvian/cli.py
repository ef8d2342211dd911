"""The command line: arguments in, exit status out."""

from __future__ import annotations

import sys
from contextlib import closing
from functools import cache
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vitruvian import __version__
from vitruvian.errors import VitruvianError
from vitruvian.pipeline import cores
from vitruvian.profile import Profile
from vitruvian.weights import store

if TYPE_CHECKING:
    from collections.abc import Callable

_Command = TypeVar("_Command", bound="Callable[..., Any]")

_MODELS = ("lite", "full", "heavy")
_CONFIDENCE = click.FloatRange(0, 1)


class _Commands(click.Group):
    """Says what went wrong in one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except VitruvianError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Find the human body in pictures and video."""


def _turned_off(name: str, option: str, text: str) -> Callable[[_Command], _Command]:
    return click.option(name, option, is_flag=True, flag_value=False, default=True, help=text)


@main.command(short_help="Find the person in every frame.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="Folder for what is written; the current one by default.",
)
@click.option("--static-image-mode", is_flag=True, help="Search every frame anew.")
@click.option(
    "--model-complexity",
    type=click.Choice([*_MODELS, "0", "1", "2"]),
    default="full",
    show_default=True,
    callback=lambda _context, _option, value: int(value) if value.isdecimal() else value,
    help="The more exact, the slower: 0 is lite, 1 full, 2 heavy.",
)
@_turned_off("--no-smooth-landmarks", "smooth_landmarks", "Leave the jitter in.")
@click.option("--enable-segmentation", is_flag=True, help="Write the person's mask, and tint it.")
@_turned_off("--no-smooth-segmentation", "smooth_segmentation", "Do not blend masks over time.")
@click.option("--min-detection-confidence", type=_CONFIDENCE, default=0.5, show_default=True)
@click.option("--min-tracking-confidence", type=_CONFIDENCE, default=0.5, show_default=True)
@_turned_off("--no-annotate", "annotate", "Write no annotated picture or video.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    help="Inputs run at the same time; by default as many as there are cores.",
)
@click.option("--profile", "show_profile", is_flag=True, help="Tell where the seconds went.")
def run(
    inputs: tuple[str, ...],
    folder: Path,
    annotate: bool,
    jobs: int | None,
    show_profile: bool,
    **pose_options: Any,
) -> None:
    """Find the person in every frame of each INPUT.

    INPUT is a picture, a video, a folder of them, a camera's number or a stream's address. For each
    are written: <name>.csv, one row a landmark; <name>.annotated.png or .mp4; and, with
    --enable-segmentation, <name>.mask.png or .mp4.
    """
    # OpenCV, FFmpeg and the runtime take half a second to load: not for --help.
    from vitruvian import job  # noqa: PLC0415
    from vitruvian.pose import Pose, threads_each  # noqa: PLC0415

    try:
        sources = job.sources(inputs)
    except VitruvianError as error:
        raise click.UsageError(str(error)) from error
    jobs = min(jobs or cores(), len(sources))
    if pose_options.get("threads") is None:
        pose_options |= threads_each(jobs)
    profile = Profile()

    @cache
    def pose_of(_thread: int, is_picture: bool) -> Pose:
        options = {**pose_options, **({"static_image_mode": True} if is_picture else {})}
        return Pose(**options, profile=profile)

    def pose_for(is_picture: bool) -> Pose:
        """One for all pictures, one for all videos of a thread: loading the networks takes time."""
        return pose_of(get_ident(), is_picture)

    failures = 0
    with (
        profile.measure_wall(),
        closing(
            job.run_all(sources, folder, pose_for, profile, jobs=jobs, annotate=annotate)
        ) as outcomes,
    ):
        for source, outcome in outcomes:
            if isinstance(outcome, VitruvianError):
                where = "" if str(source) in str(outcome) else f"{source}: "
                _say(f"Error: {where}{outcome}", err=True)
                failures += 1
            else:
                _say(outcome)
    if show_profile:
        click.echo(profile, err=True)
    sys.exit(1 if failures else 0)


def _say(message: object, *, err: bool = False) -> None:
    """Print a line above the progress bars."""
    from tqdm import tqdm  # noqa: PLC0415 - not for --help, either

    with tqdm.external_write_mode():
        click.echo(message, err=err)


@main.group()
def models() -> None:
    """Get and check the weights."""


_names = click.argument("names", nargs=-1, type=click.Choice([*store.WEIGHTS]), metavar="[NAME]...")


@models.command()
@_names
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder that has the files; VITRUVIAN_WEIGHTS may name it too.",
)
def pull(names: tuple[str, ...], folder: Path | None) -> None:
    """Fetch the weights NAME..., or all, unless they are here already."""
    for name in names or store.WEIGHTS:
        click.echo(store.pull(name, folder=folder))


@models.command("list")
def list_models() -> None:
    """Say which weights there are, and which of them are here."""
    for name, file in store.WEIGHTS.items():
        click.echo(f"{name:<20} {file.size_bytes / 1e6:5.1f} MB  {_state(name)}")


@models.command()
@_names
def verify(names: tuple[str, ...]) -> None:
    """Compare the weights NAME..., or all, with their pinned hashes."""
    states = {name: _state(name) for name in names or store.WEIGHTS}
    for name, state in states.items():
        click.echo(f"{name:<20} {state}")
    sys.exit(0 if set(states.values()) == {"here"} else 1)


@models.command()
@click.argument("name", required=False, type=click.Choice([*store.WEIGHTS]), metavar="[NAME]")
def path(name: str | None) -> None:
    """Print the cache folder, or where in it the weights NAME belong."""
    click.echo(store.path(name) if name else store.home())


def _state(name: str) -> str:
    if store.is_verified(name):
        return "here"
    return "damaged" if store.path(name).exists() else "missing"
