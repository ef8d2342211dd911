"""The choice of smoothing on the command line, and which options may be given with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from vitruvian.analysis.options import OfflineSmoothing
from vitruvian.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = TypeVar("Command", bound=Callable[..., Any])

_OF_OFFLINE = {"cutoff_hz": "--cutoff", "max_gap_s": "--max-gap"}


def smoothing_option(command: Command) -> Command:
    """Decorate a command with the choice between live and offline smoothing."""
    return click.option(
        "--smoothing",
        type=click.Choice(("none", "live", "offline")),
        help="none is --no-smooth-landmarks. live, the default, knows only the frames before, as "
        "MediaPipe does. offline also knows those after, fills gaps and joins ids; an annotated "
        "video is then drawn in a second pass.",
    )(command)


def offline_smoothing(cutoff_hz: float, max_gap_s: float, strength: float) -> OfflineSmoothing:
    """Return how recordings are smoothed.

    Raises:
        UsageError: The cutoff that results from the strength is not permitted.
    """
    try:
        return OfflineSmoothing(cutoff_hz / strength, max_gap_s)
    except OptionError as error:
        raise click.UsageError(
            f"--cutoff {cutoff_hz:g} with --strength {strength:g} is not permitted: {error}"
        ) from error


def take_smoothing(context: click.Context, options: dict[str, Any]) -> OfflineSmoothing | None:
    """Take the choice out of `options`, and set the options of `Pose` as it asks.

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
        options["smoothing_strength"] = 1.0  # nothing is filtered live
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
