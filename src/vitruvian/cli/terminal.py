"""What reaches the terminal: messages above progress bars, and nothing from native code."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator


def echo_above_progress_bars(message: object, *, err: bool = False) -> None:
    """Print a line on stdout, or on stderr, without damaging the progress bars."""
    from tqdm import tqdm  # noqa: PLC0415 - takes time to load, which --help does not need

    with tqdm.external_write_mode():
        click.echo(message, err=err)


@contextmanager
def native_code_silenced() -> Iterator[None]:
    """Let only Python write to stderr inside the block.

    LiteRT prints a message there when it loads, and has no option to turn it off.
    """
    stderr = sys.stderr
    if stderr is None:  # stderr is closed, as with 2>&-
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
