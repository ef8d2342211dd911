"""What reaches the terminal: messages above progress bars, in colour, and none of native code."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

_STDERR = 2  # the file descriptor to which native code writes


def echo_above_progress_bars(message: object, *, err: bool = False) -> None:
    """Print a line on stdout, or on stderr, without damaging the progress bars."""
    from tqdm import tqdm  # noqa: PLC0415 - takes time to load, which --help does not need

    with tqdm.external_write_mode():
        click.echo(message, file=sys.stderr if err else sys.stdout)


def styled(text: str, **style: Any) -> str:
    """Return a text in a style of `click.style`, or as it is if the user wants no colour.

    `click.echo` removes the style if the output is not a terminal.
    """
    return text if os.environ.get("NO_COLOR") else click.style(text, **style)


@contextmanager
def warnings_shown(*, are_shown: bool = True) -> Iterator[None]:
    """Print the warnings that this package logs inside the block, each in one line on stderr.

    An input that is read twice, to find people and to draw them, gives the same warning twice. It
    is printed once.
    """
    logger = logging.getLogger("vitruvian")
    handler = _WarningHandler() if are_shown else logging.NullHandler()
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


class _WarningHandler(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self._shown: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        message = f"{styled('Warning:', fg='yellow')} {printable(record.getMessage())}"
        if message in self._shown:
            return
        self._shown.add(message)
        echo_above_progress_bars(message, err=True)


@contextmanager
def native_code_silenced() -> Iterator[None]:
    """Let only Python write to stderr inside the block, which `streams.unfailing` must contain.

    The decoders of JPEG, PNG and camera drivers print messages there about data that they can
    read all the same.
    """
    with Path(os.devnull).open("w") as nowhere:
        shown = os.dup(_STDERR)
        os.dup2(nowhere.fileno(), _STDERR)
        try:
            yield
        finally:
            os.dup2(shown, _STDERR)
            os.close(shown)
