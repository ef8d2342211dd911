"""Keeps LiteRT's greeting off the user's terminal.

Native code of LiteRT writes one line to stderr when a process prepares its first network. LiteRT
has no option, environment variable or function that turns it off: its logger reads none, and the
library does not export the logger's level.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

GREETING = b"INFO: Created TensorFlow Lite XNNPACK delegate for CPU."

_STDERR = 2  # its file descriptor, to which native code writes
_JOIN_TIMEOUT_S = 1.0

_first_network = Lock()
_is_greeted = False

if hasattr(os, "register_at_fork"):  # not on Windows
    # A process is not forked while stderr is redirected: the child would keep the redirection.
    os.register_at_fork(
        before=_first_network.acquire,
        after_in_parent=_first_network.release,
        after_in_child=_first_network.release,
    )


@contextmanager
def removed() -> Iterator[None]:
    """Remove LiteRT's greeting from stderr inside a block that prepares a network.

    Only the first block of a process does anything. Other blocks wait until it has ended.
    """
    global _is_greeted  # noqa: PLW0603 - LiteRT greets once per process, too
    with _first_network:
        if not _is_greeted:
            with _filtered_stderr():
                yield
            _is_greeted = True
            return
    yield


@contextmanager
def _filtered_stderr() -> Iterator[None]:
    """Send stderr through a thread that passes on everything but the greeting.

    Other threads, and programs that they start, may write to stderr inside the block; nothing of
    theirs is lost. Nothing is filtered if stderr is closed, or if there are no descriptors or
    threads left.
    """
    filtering = _start_filter()
    if filtering is None:
        yield
        return
    stderr, write_end, forwarding = filtering
    os.dup2(write_end, _STDERR)
    os.close(write_end)
    try:
        yield
    finally:
        os.dup2(stderr, _STDERR)  # this also closes the last write end of the pipe
        # A program that was started inside the block still has a write end, and may run for long.
        forwarding.join(_JOIN_TIMEOUT_S)


def _start_filter() -> tuple[int, int, Thread] | None:
    """Return a copy of stderr, the end of a pipe to write to, and the thread that reads from it."""
    opened: list[int] = []
    try:
        opened.append(os.dup(_STDERR))
        opened.extend(os.pipe())
        stderr, read_end, write_end = opened
        forwarding = Thread(target=_forward, args=(read_end, stderr), daemon=True)
        forwarding.start()
    except (OSError, RuntimeError):
        for descriptor in opened:
            os.close(descriptor)
        return None
    return stderr, write_end, forwarding


def _forward(read_end: int, stderr: int) -> None:
    """Copy lines from a pipe to stderr until no write end is open, and close both."""
    with open(read_end, "rb") as lines, open(stderr, "wb", buffering=0) as target:
        for line in lines:
            # Another thread may have begun the line; Windows ends it with two characters.
            kept = re.sub(re.escape(GREETING) + rb"\r?\n", b"", line)
            with suppress(OSError):  # stderr has no reader; writers must not wait
                target.write(kept)
