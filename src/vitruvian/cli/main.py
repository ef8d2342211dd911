"""The command line: arguments in, exit status out."""

from __future__ import annotations

import functools
import os
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vitruvian import __version__
from vitruvian.engines import choice as engines
from vitruvian.engines import protocol
from vitruvian.engines import threads as engine_threads
from vitruvian.errors import EngineError, OptionError, VitruvianError
from vitruvian.options import DEVICES, ENGINES, MODELS, PRECISIONS
from vitruvian.profile import Profile
from vitruvian.weights import cache, catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Command = TypeVar("_Command", bound="Callable[..., Any]")

_SEARCHES = ("frame", "tiles", "auto")
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


@contextmanager
def _native_code_silenced() -> Iterator[None]:
    """Only Python writes to stderr. LiteRT greets there when it loads, and has no switch for it."""
    stderr = sys.stderr
    if stderr is None:  # as with 2>&-
        yield
        return
    with (
        os.fdopen(os.dup(2), "w", 1, encoding=stderr.encoding, errors=stderr.errors) as terminal,
        Path(os.devnull).open("w") as nowhere,
    ):
        os.dup2(nowhere.fileno(), 2)
        sys.stderr = terminal
        try:
            yield
        finally:
            sys.stderr = stderr
            os.dup2(terminal.fileno(), 2)


def _turned_off(name: str, option: str, text: str) -> Callable[[_Command], _Command]:
    return click.option(name, option, is_flag=True, flag_value=False, default=True, help=text)


def _number_or_all(value: str) -> int | None:
    if value == "all":
        return None
    if not value.isdecimal() or not int(value):
        raise click.BadParameter(f"{value} is no number of people: give 1, 2, … or all.")
    return int(value)


def _place_or_name(value: str) -> Any:
    """A name as it is, "0.5,0.3" as a point; what is neither, `Pose` refuses."""
    try:
        return tuple(float(part) for part in value.split(","))
    except ValueError:
        return value


_threads = click.option(
    "--threads",
    type=click.IntRange(1, 256),
    help="For the networks; chosen if left out.",
)


@main.command(short_help="Find people in every frame.")
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
    type=click.Choice([*MODELS, "0", "1", "2"]),
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
@click.option(
    "--num-poses",
    default="1",
    show_default=True,
    metavar="N|all",
    callback=lambda _context, _option, value: _number_or_all(value),
    help="How many people at most, each followed by its own id.",
)
@click.option(
    "--select",
    default="prominent",
    show_default=True,
    metavar="WHOM",
    callback=lambda _context, _option, value: _place_or_name(value),
    help="Whom, if there are more: prominent, largest, centre, first, or a point, as 0.5,0.3.",
)
@click.option(
    "--search",
    type=click.Choice(_SEARCHES),
    help="Where: in the frame as a whole, in tiles of it, or automatically in ever smaller ones. "
    "By default frame for one prominent person, else auto.",
)
@click.option(
    "--search-interval",
    "search_interval_s",
    type=float,
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="In video, how long the search of a whole frame may take, a part in each frame.",
)
@click.option(
    "--engine", type=click.Choice(ENGINES), help="The runtime; `vitruvian engines` compares."
)
@click.option("--device", type=click.Choice(DEVICES), default="cpu", show_default=True)
@click.option("--precision", type=click.Choice(PRECISIONS), default="float32", show_default=True)
@_threads
@_turned_off("--no-annotate", "annotate", "Write no annotated picture or video.")
@click.option("--trails", is_flag=True, help="Draw the way that each person came.")
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
    trails: bool,
    jobs: int | None,
    show_profile: bool,
    **pose_options: Any,
) -> None:
    """Find people in every frame of each INPUT.

    INPUT is a picture, a video, a folder of them, a camera's number or a stream's address. For each
    are written: <name>.csv, one row a landmark; <name>.annotated.png or .mp4; and, with
    --enable-segmentation, <name>.mask.png or .mp4.
    """
    # OpenCV, FFmpeg and the runtime take half a second to load: not for --help.
    from vitruvian.jobs import job  # noqa: PLC0415
    from vitruvian.media.inputs import display_name  # noqa: PLC0415
    from vitruvian.pose import Pose  # noqa: PLC0415

    if trails and pose_options["static_image_mode"]:
        raise click.UsageError("--trails follows people: leave --static-image-mode out.")
    try:
        sources = job.sources(inputs)
    except VitruvianError as error:
        raise click.UsageError(str(error)) from error
    cores = engine_threads.available()
    jobs = min(jobs or cores, len(sources))
    share = max(cores // jobs, 1) if jobs > 1 else None
    pose_options["threads"] = pose_options["threads"] or share
    by_id = pose_options["num_poses"] != 1
    drawing = job.Drawing(by_id=by_id, trails=trails) if annotate else None
    profile = Profile()

    @functools.cache
    def pose_of(_thread: int, is_image: bool) -> Pose:
        options = {**pose_options, **({"static_image_mode": True} if is_image else {})}
        return Pose(**options, profile=profile)

    def pose_for(is_image: bool) -> Pose:
        """One for all pictures, one for all videos of a thread: loading the networks takes time."""
        return pose_of(get_ident(), is_image)

    failures = 0
    with (
        _native_code_silenced(),
        profile.measure_wall(),
        closing(
            job.run_all(
                sources,
                folder,
                pose_for,
                profile,
                jobs=jobs,
                decoding_threads=share or 0,
                drawing=drawing,
            )
        ) as outcomes,
    ):
        for source, outcome in outcomes:
            if isinstance(outcome, OptionError):  # it would be the same for all
                raise click.UsageError(str(outcome))
            if isinstance(outcome, VitruvianError):
                name = display_name(source)
                where = "" if name in str(outcome) else f"{name}: "
                _say(f"Error: {where}{outcome}", err=True)
                failures += 1
            else:
                _say(outcome)
    if show_profile:
        click.echo(profile, err=True)
    sys.exit(1 if failures else 0)


@main.command("engines")
@_threads
def list_engines(threads: int | None) -> None:
    """Say which engines are here, how fast each is, and which one is chosen."""
    from vitruvian.jobs import engine_speed as timing  # noqa: PLC0415 - likewise

    setup = protocol.Setup(threads=threads)
    chosen, reason = engines.choose()
    networks = timing.networks()
    click.secho(" " * 14 + "".join(f"{network:>9}" for network in networks), bold=True)
    for name in ENGINES:
        click.echo(f"{'*' if name == chosen else ' '} {name:<12}", nl=False)
        try:
            for network, side_px in networks.values():
                with _native_code_silenced():
                    taken_ms = timing.milliseconds(name, network, side_px, setup)
                click.echo(f"{taken_ms:9.1f}", nl=False)
            click.echo()
        except EngineError as error:
            click.echo(f"    {error}")
    count = setup.thread_count
    click.echo(f"\nMilliseconds a picture, {count} thread{'s' * (count > 1)}.", nl=False)
    click.echo(f" * is chosen: {reason}.")


def _say(message: object, *, err: bool = False) -> None:
    """Print a line above the progress bars."""
    from tqdm import tqdm  # noqa: PLC0415 - not for --help, either

    with tqdm.external_write_mode():
        click.echo(message, err=err)


@main.group()
def models() -> None:
    """Get and check the weights."""


_names = click.argument(
    "names", nargs=-1, type=click.Choice([*catalogue.WEIGHTS]), metavar="[NAME]..."
)


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
    for name in names or catalogue.WEIGHTS:
        click.echo(cache.pull(name, folder=folder))


@models.command("list")
def list_models() -> None:
    """Say which weights there are, and which of them are here."""
    for name, file in catalogue.WEIGHTS.items():
        click.echo(f"{name:<20} {file.size_bytes / 1e6:5.1f} MB  {_state(name)}")


@models.command()
@_names
def verify(names: tuple[str, ...]) -> None:
    """Compare the weights NAME..., or all, with their pinned hashes."""
    states = {name: _state(name) for name in names or catalogue.WEIGHTS}
    for name, state in states.items():
        click.echo(f"{name:<20} {state}")
    sys.exit(0 if set(states.values()) == {"here"} else 1)


@models.command()
@click.argument("name", required=False, type=click.Choice([*catalogue.WEIGHTS]), metavar="[NAME]")
def path(name: str | None) -> None:
    """Print the cache folder, or where in it the weights NAME belong."""
    click.echo(cache.path(name) if name else cache.home())


def _state(name: str) -> str:
    if cache.is_verified(name):
        return "here"
    return "damaged" if cache.path(name).exists() else "missing"
