"""Stages that run at the same time: each in its own threads, with a few items between them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_T = TypeVar("_T")
_R = TypeVar("_R")

_SPARE = 1  # evens out varying durations; more would only keep more images in memory
# Two frames of 4K, or one of 8K. A larger one is only computed when it is asked for, so that a
# stage holds no more than the frame that it works on.
_AHEAD_BYTES = 128 * 2**20
_END: Any = object()


@contextmanager
def mapped(
    function: Callable[[_T], _R], items: Iterable[_T], workers: int
) -> Iterator[Iterator[_R]]:
    """Yield an iterator over `function(item)` for each item, computed by `workers` threads.

    The results come in the order of the items. They are computed before the iterator asks for them,
    but only a few in advance, and fewer if the arrays in the items and the results are large. An
    exception of the function is raised in place of its result. At the end of the block, calls that
    have started are finished and all threads have ended.
    """

    def results() -> Iterator[_R]:
        pending: deque[Future[_R]] = deque()
        most = workers + _SPARE
        for item in items:
            most = min(most, _items_ahead(item, workers))
            pending.append(pool.submit(function, item))
            del item
            while len(pending) > most:
                held = [pending.popleft().result()]
                most = min(most, _items_ahead(held, workers))
                yield held.pop()
        while pending:
            yield pending.popleft().result()

    pool = ThreadPoolExecutor(workers)
    try:
        yield results()
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def ahead(items: Iterable[_T]) -> Iterator[Iterator[_T]]:
    """Yield an iterator over the same items, each produced by a thread before it is asked for.

    Only a few items are produced in advance, and none if the arrays in it are large. The items keep
    their order. An exception of `items` is raised after the last item. At the end of the block the
    thread has ended, so that `items` can be closed.
    """
    iterator = iter(items)

    def produced() -> Iterator[_T]:
        def submit() -> Future[_T]:
            return pool.submit(next, iterator, _END)

        pending = deque([submit()])
        while (held := [pending.popleft().result()])[0] is not _END:
            pending.extend(submit() for _ in range(_items_ahead(held, 1) - len(pending)))
            yield held.pop()  # a stage that waits keeps nothing of what it has passed on
            if not pending:
                pending.append(submit())

    pool = ThreadPoolExecutor(1)
    try:
        yield produced()
    finally:
        pool.shutdown(cancel_futures=True)


def _items_ahead(item: object, workers: int) -> int:
    """Return how many items of this size may be computed before they are asked for."""
    return min(workers + _SPARE, workers * _AHEAD_BYTES // max(_size_bytes(item), 1))


def _size_bytes(item: object) -> int:
    """Return the size of all arrays in an item, also in tuples, dicts and dataclasses."""
    if isinstance(item, (tuple, list)):
        return sum(map(_size_bytes, item))
    if isinstance(item, dict):
        return sum(map(_size_bytes, item.values()))
    if is_dataclass(item):
        return sum(_size_bytes(getattr(item, field.name)) for field in fields(item))
    return int(getattr(item, "nbytes", 0))


class Newest(Iterator[_T]):
    """An iterator of `latest`.

    Attributes:
        dropped: The number of items that were dropped so far.
    """

    def __init__(self, items: Iterator[_T]) -> None:
        self._items = items
        self.dropped = 0

    def __next__(self) -> _T:
        return next(self._items)


@contextmanager
def latest(items: Iterable[_T]) -> Iterator[Newest[_T]]:
    """Yield an iterator over the newest of items that do not wait, such as a camera's frames.

    An item is dropped if a newer one arrives before it is asked for. Exceptions and the end of the
    block are as in `ahead`.
    """
    newest: SimpleQueue[_T] = SimpleQueue()
    is_over = Event()

    def keep_newest() -> None:
        for item in items:
            if is_over.is_set():
                return
            with suppress(Empty):
                newest.get_nowait()
                taken.dropped += 1
            newest.put(item)

    def newest_items() -> Iterator[_T]:
        future = thread.submit(keep_newest)
        future.add_done_callback(lambda _: newest.put(_END))
        yield from iter(newest.get, _END)
        future.result()  # raises the exception of `items`, if there was one

    taken = Newest(newest_items())
    with ThreadPoolExecutor(1) as thread:
        try:
            yield taken
        finally:
            is_over.set()
