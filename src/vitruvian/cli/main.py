"""The command `vitruvian`: the group of all commands, whose errors it prints in one line."""

from __future__ import annotations

import signal
from typing import Any

import click

from vitruvian.cli.angles import angles
from vitruvian.cli.convert import convert
from vitruvian.cli.draw import draw
from vitruvian.cli.engines import engines
from vitruvian.cli.evaluate import evaluate
from vitruvian.cli.models import models
from vitruvian.cli.path import path
from vitruvian.cli.repetitions import reps
from vitruvian.cli.run import run
from vitruvian.cli.smooth import smooth
from vitruvian.cli.streams import unfailing
from vitruvian.cli.web import web
from vitruvian.errors import VitruvianError
from vitruvian.version import __version__


class _Group(click.Group):
    """A group that prints an error of this package as its message, without a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command, whatever becomes of the standard streams."""
        with unfailing():
            return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except VitruvianError as error:
            raise click.ClickException(str(error)) from error
        except KeyboardInterrupt:  # before the first input is started
            raise click.exceptions.Exit(128 + signal.SIGINT) from None


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Find the human body in images and video."""


_COMMANDS = (run, convert, smooth, angles, reps, path, draw, evaluate, engines, models, web)

for command in _COMMANDS:
    main.add_command(command)
