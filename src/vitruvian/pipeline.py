"""Stages that work at the same time: each in threads of its own, a few items between them."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import repeat, takewhile
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_T = TypeVar("_T")
_R = TypeVar("_R")

_SPARE = 1  # evens out what takes now more time, now less; more would only hold more pictures
_END: Any = object()


@contextmanager
def mapped(
    function: Callable[[_T], _R], items: Iterable[_T], workers: int
) -> Iterator[Iterator[_R]]:
    """What a function makes of each item: `workers` at a time, in the order of the items.

    It is made before it is asked for, but never more than a few. What the function raises is raised
    in its place. At the end of the block what has begun is finished, and no thread is left.
    """

    def made() -> Iterator[_R]:
        making: deque[Future[_R]] = deque()
        for item in items:
            making.append(pool.submit(function, item))
            if len(making) > workers + _SPARE:
                yield making.popleft().result()
        while making:
            yield making.popleft().result()

    pool = ThreadPoolExecutor(workers)
    try:
        yield made()
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def ahead(items: Iterable[_T]) -> Iterator[Iterator[_T]]:
    """The same items, in their order, each made in a thread before it is asked for.

    What making them raises is raised after the last item. At the end of the block the thread is
    gone: `items` may be closed.
    """
    iterator = iter(items)
    with mapped(lambda end: next(iterator, end), repeat(_END), workers=1) as made:
        yield takewhile(lambda item: item is not _END, made)


@contextmanager
def latest(items: Iterable[_T]) -> Iterator[Iterator[_T]]:
    """Of items that come by themselves, always the newest; those that nobody asked for are dropped.

    Otherwise like `ahead`.
    """
    newest: SimpleQueue[_T] = SimpleQueue()
    is_over = Event()

    def keep_newest() -> None:
        for item in items:
            with suppress(Empty):
                newest.get_nowait()
            newest.put(item)
            if is_over.is_set():
                return

    def made() -> Iterator[_T]:
        keeping = thread.submit(keep_newest)
        keeping.add_done_callback(lambda _: newest.put(_END))
        yield from iter(newest.get, _END)
        keeping.result()

    with ThreadPoolExecutor(1) as thread:
        try:
            yield made()
        finally:
            is_over.set()
