"""Lends a few copies of something expensive to any number of borrowers, in order of requests."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Hashable
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_T = TypeVar("_T")


class Pool(Generic[_T]):
    """Copies of something, each lent to one borrower at a time.

    Copies are lent in the order of the requests. A further copy is made when all others are lent.
    All methods may be called from any thread.

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
        except BaseException:  # also after an interrupt, another copy may be made
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


class SharedPools(Generic[_T]):
    """Pools by a key. Each exists as long as somebody holds it.

    All methods but `abandon` may be called from any thread.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._pools = WeakValueDictionary[Hashable, Pool[_T]]()
        self._loading = dict[Hashable, Lock]()

    def get(self, key: Hashable, make: Callable[[], _T], capacity: int) -> Pool[_T]:
        """Return the pool of a key, or a new one.

        Threads that ask for the same key at once make one pool. They do not hold up the others.

        Args:
            key: decides which pools are the same.
            make: makes a copy for a new pool.
            capacity: the greatest number of copies in a new pool.
        """
        with self._lock:
            loading = self._loading.setdefault(key, Lock())
        with loading:
            with self._lock:
                pool = self._pools.get(key)
            if pool is None:
                pool = Pool(make, capacity)
                with self._lock:
                    self._pools[key] = pool
            return pool

    def __len__(self) -> int:
        """Return the number of pools that somebody holds."""
        return len(self._pools)

    def abandon(self) -> None:
        """Leave all pools to the parent process, after a fork.

        The copies are never freed in this process: that would wait for threads that exist only in
        the parent, or crash.
        """
        for pool in list(self._pools.values()):
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(pool))
        self._pools = WeakValueDictionary()
        self._lock, self._loading = Lock(), {}  # threads of the parent may hold the old locks
