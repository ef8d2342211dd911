"""The options of smoothing on the command line, and which of them may be given together.

That of the strength, --strength, is an option of `Pose`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.jobs.settings import OfflineSmoothing

    Command = TypeVar("Command", bound=Callable[..., Any])

_LEAST_CUTOFF_HZ = 0.5  # slower motion of a body is none
_OF_OFFLINE = {"cutoff_hz": "--cutoff", "max_gap_s": "--max-gap"}


def offline_smoothing_options(command: Command) -> Command:
    """Decorate a command with the options of offline smoothing."""
    for option in (
        click.option(
            "--max-gap",
            "max_gap_s",
            type=click.FloatRange(0, 5),
            default=0.5,
            show_default=True,
            metavar="SECONDS",
            help="Fill gaps up to this length offline.",
        ),
        click.option(
            "--cutoff",
            "cutoff_hz",
            type=click.FloatRange(_LEAST_CUTOFF_HZ, 100),
            default=6.0,
            show_default=True,
            metavar="HZ",
            help="Remove motion that is faster than this frequency offline.",
        ),
    ):
        command = option(command)
    return command


def smoothing_option(command: Command) -> Command:
    """Decorate a command with the choice between live and offline smoothing."""
    return click.option(
        "--smoothing",
        type=click.Choice(("none", "live", "offline")),
        help="none is --no-smooth-landmarks. live, the default, knows only the frames before, as "
        "MediaPipe does. offline also knows those after, fills gaps and joins ids; annotated "
        "videos show what was measured.",
    )(command)


def offline_smoothing(cutoff_hz: float, max_gap_s: float, strength: float) -> OfflineSmoothing:
    """Return how recordings are smoothed.

    Raises:
        UsageError: Too little would be left of the motion.
    """
    from vitruvian.jobs.settings import OfflineSmoothing  # noqa: PLC0415 - as in `run`

    if cutoff_hz / strength < _LEAST_CUTOFF_HZ:
        raise click.UsageError(
            f"--cutoff {cutoff_hz:g} with --strength {strength:g} is a cutoff of "
            f"{cutoff_hz / strength:g} Hz: give values with at least {_LEAST_CUTOFF_HZ:g} Hz."
        )
    return OfflineSmoothing(cutoff_hz / strength, max_gap_s)


def take_smoothing(context: click.Context, options: dict[str, Any]) -> OfflineSmoothing | None:
    """Take the options of smoothing out of `options`, and set `smooth_landmarks` as they ask.

    Returns:
        How recordings are smoothed; None unless it is offline.

    Raises:
        UsageError: Options contradict each other.
    """
    chosen = options.pop("smoothing")
    of_offline = {name: options.pop(name) for name in _OF_OFFLINE}
    if chosen not in (None, "none") and not options["smooth_landmarks"]:
        raise click.UsageError(
            f"--no-smooth-landmarks is --smoothing none, and not {chosen}: leave one of both out."
        )
    options["smooth_landmarks"] &= chosen in (None, "live")
    if chosen == "offline":
        if options["static_image_mode"]:
            raise click.UsageError(
                "--smoothing offline needs people who are tracked: leave --static-image-mode out."
            )
        strength = options["smoothing_strength"]
        options["smoothing_strength"] = 1.0  # there is nothing to filter live
        return offline_smoothing(**of_offline, strength=strength)
    for name, spelled in _OF_OFFLINE.items():
        if _is_given(context, name):
            raise click.UsageError(
                f"{spelled} is for --smoothing offline: add that, or leave {spelled} out."
            )
    if _is_given(context, "smoothing_strength") and not options["smooth_landmarks"]:
        raise click.UsageError(
            "--strength is for --smoothing live and offline: choose one of them, or leave "
            "--strength out."
        )
    return None


def _is_given(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is not ParameterSource.DEFAULT
