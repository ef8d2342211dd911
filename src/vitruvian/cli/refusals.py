"""What `vitruvian run` refuses before it begins: options that contradict each other or an input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vitruvian.formats.writers import WRITERS
from vitruvian.inputs.parsing import ImageSeries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vitruvian.jobs.plan import Plan


def refuse_trails_on_nothing(trails: bool, annotate: bool) -> None:
    """Refuse trails where no annotated image or video is written.

    Raises:
        UsageError: There are trails.
    """
    if trails and not annotate:
        raise click.UsageError(
            "--trails draws on the annotated image or video: leave --no-annotate out."
        )


def refuse_tracking(trails: bool, formats: Iterable[str]) -> None:
    """Refuse what needs people who are tracked, where images are independent.

    Raises:
        UsageError: There are trails or a format of motion.
    """
    motion = [f"--format {name}" for name in formats if WRITERS[name].needs_motion]
    needing = ["--trails"] * trails + motion
    if needing:
        raise click.UsageError(
            f"{needing[0]} needs people who are tracked: leave --static-image-mode out."
        )


def refuse_what_is_read_once(plan: Plan) -> None:
    """Refuse inputs on which smoothed recordings cannot be drawn.

    Raises:
        UsageError: An input is a camera, an address or standard input.
    """
    for job in plan.jobs:
        if not isinstance(job.source, (Path, ImageSeries)):
            raise click.UsageError(
                f"{job.name} can be read only once, and --smoothing offline draws in a second "
                "pass: add --no-annotate."
            )
