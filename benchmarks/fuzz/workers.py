"""Processes that try inputs, and may crash or hang."""

from __future__ import annotations

import faulthandler
import math
import os
import resource
import signal
import threading
import time
from contextlib import ExitStack, suppress
from multiprocessing import connection, get_context
from typing import TYPE_CHECKING, TypeAlias

from tqdm import tqdm

from .soak import Vitals
from .verdict import Tried, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from typing import Self

    from .place import Place

    Attempt: TypeAlias = Callable[[int, Place], Tried]

LIMIT_S = 20.0
_MEMORY_LIMIT_BYTES = 8 << 30  # of addresses, of which the runtime and threads need one
_LAST_LINES = 40
_POLL_S = 0.5
_processes = get_context("spawn")  # a fork would share the parent's threads and memory


class Worker:
    """A process that tries one input after the other. It is replaced if it dies.

    Args:
        attempt: what it does with the number of an input.
        place: where it reads and writes.
        limit_s: how long an input may take.
        held_limit_bytes: a process that holds more between two inputs is replaced.

    Attributes:
        place: where it reads and writes.
    """

    def __init__(
        self,
        attempt: Attempt,
        place: Place,
        limit_s: float = LIMIT_S,
        held_limit_bytes: float = math.inf,
    ) -> None:
        self._attempt = attempt
        self.place = place
        self._limit_s = limit_s
        self._held_limit_bytes = held_limit_bytes
        place.create()
        self._start()

    def _start(self) -> None:
        self.connection, theirs = _processes.Pipe()
        self._process = _processes.Process(
            target=_serve, args=(self._attempt, self.place, theirs), daemon=True
        )
        self._process.start()
        theirs.close()  # so that the death of the process ends the connection
        self.connection.recv()  # it is ready; what it loads is no part of the first input

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid or 0

    def give(self, number: int) -> None:
        """Let it try an input."""
        if Vitals.of(self.pid).memory_bytes > self._held_limit_bytes:
            self.close()
            self._start()
        self._number, self._start_s = number, time.monotonic()
        self.connection.send(number)

    def take(self) -> Tried | None:
        """Return what came of the input, or None if it is not done yet."""
        if self.connection.poll():
            try:
                tried: Tried = self.connection.recv()
            except (EOFError, ConnectionResetError):
                return self._replaced(Verdict.CRASH)
            return tried
        if time.monotonic() - self._start_s > self._limit_s:
            os.kill(self.pid, signal.SIGUSR1)  # it writes to its log where it hangs
            self._process.join(_POLL_S)
            return self._replaced(Verdict.HANG)
        return None

    def close(self) -> None:
        """End the process, by force if it is busy."""
        self.connection.close()
        self._process.join(_POLL_S)
        self._process.kill()
        self._process.join()

    def _replaced(self, verdict: Verdict) -> Tried:
        """Start another process in place of one that has died, and return what it died of."""
        seconds = time.monotonic() - self._start_s
        self.close()
        lines = self.place.log.read_text(errors="replace").splitlines()[-_LAST_LINES:]
        detail = "\n".join((f"exit code {self._process.exitcode}", *lines))
        self._start()
        return Tried(self._number, self.place.noted(), verdict, detail, seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def try_all(
    attempt: Attempt,
    numbers: Iterable[int],
    places: Sequence[Place],
    limit_s: float = LIMIT_S,
    held_limit_bytes: float = math.inf,
) -> Generator[tuple[Worker, Tried], None, None]:
    """Try inputs in one process for each place, as they become free.

    Yields:
        What came of each input, in the order in which they end, and the worker.
    """
    waiting = iter(numbers)
    with ExitStack() as running:
        workers = [
            running.enter_context(Worker(attempt, place, limit_s, held_limit_bytes))
            for place in places
        ]
        busy = [worker for worker in workers if _give_next(worker, waiting)]
        while busy:
            connection.wait([worker.connection for worker in busy], _POLL_S)
            for worker in list(busy):
                tried = worker.take()
                if tried is not None:
                    yield worker, tried
                    if not _give_next(worker, waiting):
                        busy.remove(worker)


def _give_next(worker: Worker, numbers: Iterator[int]) -> bool:
    number = next(numbers, None)
    if number is not None:
        worker.give(number)
    return number is not None


def _serve(attempt: Attempt, place: Place, parent: Connection) -> None:
    """Try the inputs whose numbers the parent sends, in a process of its own."""
    log = place.log.open("w")
    for stream in (1, 2):  # native code prints, too
        os.dup2(log.fileno(), stream)
    faulthandler.enable(log)
    faulthandler.register(signal.SIGUSR1, log)
    tqdm.set_lock(threading.RLock())  # its own lock is between processes, and outlives a killed one
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_LIMIT_BYTES, _MEMORY_LIMIT_BYTES))
    parent.send(None)
    with suppress(EOFError):  # the parent ends the connection
        while True:
            number = parent.recv()
            log.truncate(0)
            parent.send(attempt(number, place))
