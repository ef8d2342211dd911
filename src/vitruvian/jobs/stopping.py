"""Stopping a run before its end: by Ctrl-C, and by the other signals that ask a program to end."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Ctrl-C, the request of a system that shuts down, and a terminal that is closed. Windows has
# Ctrl-Break in place of the last one.
_SIGNALS = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
]


class Stop:
    """Tells running jobs to end early. Any thread may use it.

    Attributes:
        is_requested: Whether the user wants the run to end. Files keep the frames until then.
        is_abandoned: Whether the run has failed as a whole. The files that it is writing are
            discarded, because nothing would report that they are incomplete.
        signal_number: The signal that was the request, None if there was none.
    """

    def __init__(self) -> None:
        self.is_requested = self.is_abandoned = False
        self.signal_number: int | None = None

    def request(self, signal_number: int | None = None) -> None:
        """End the run, and keep the results until now."""
        self.signal_number = signal_number
        self.is_requested = True

    def abandon(self) -> None:
        """End the run, and discard what is not complete. After the last job it does nothing."""
        self.is_abandoned = True

    @contextmanager
    def requested_by_signals(self) -> Iterator[None]:
        """Let the first signal in the block request the stop, and the second end the program.

        A signal that the program was told to ignore, as by `nohup`, remains ignored. Only the main
        thread receives signals; in a block of another thread they do what they did before.
        """

        def request(number: int, _: object) -> None:
            self.request(number)
            for each in handled:
                signal.signal(each, signal.SIG_DFL)

        previous = {number: signal.getsignal(number) for number in _SIGNALS}
        is_main = threading.current_thread() is threading.main_thread()
        handled = [n for n in _SIGNALS if is_main and previous[n] not in {signal.SIG_IGN, None}]
        try:
            for number in handled:
                signal.signal(number, request)
            yield
        finally:
            for number in handled:
                signal.signal(number, previous[number])


class AbandonedError(Exception):
    """Raised in a job whose run was abandoned, so that its files are discarded."""
