"""Lends a few copies of something expensive to any number of borrowers, in the order they ask."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_T = TypeVar("_T")


class Pool(Generic[_T]):
    """Copies of something, each lent to one borrower at a time.

    Who asks first is served first, so no borrower waits longer than the others. A copy is made when
    all others are lent. All methods may be called from any thread.

    Args:
        make: makes a copy. The first one is made at once, so that its errors are raised here.
        capacity: the greatest number of copies.
    """

    def __init__(self, make: Callable[[], _T], capacity: int) -> None:
        self._make = make
        self._capacity = capacity
        self._lock = Lock()
        self._idle = [make()]
        self._count = 1
        self._waiting: deque[Future[_T]] = deque()

    @contextmanager
    def lend(self) -> Iterator[_T]:
        """Lend a copy for the duration of the block; wait until one is free."""
        copy = self._take()
        try:
            yield copy
        finally:
            self._give_back(copy)

    def _take(self) -> _T:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            makes = self._count < self._capacity
            if makes:
                self._count += 1
            else:
                promised: Future[_T] = Future()
                self._waiting.append(promised)
        return self._made() if makes else self._received(promised)

    def _made(self) -> _T:
        try:
            return self._make()
        except BaseException:
            with self._lock:
                self._count -= 1
            raise

    def _received(self, promised: Future[_T]) -> _T:
        try:
            return promised.result()
        except BaseException:  # an interrupt while waiting must not lose the copy
            if not promised.cancel():
                self._give_back(promised.result())
            raise

    def _give_back(self, copy: _T) -> None:
        with self._lock:
            while self._waiting:
                promised = self._waiting.popleft()
                if promised.set_running_or_notify_cancel():
                    promised.set_result(copy)
                    return
            self._idle.append(copy)
