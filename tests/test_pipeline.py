from __future__ import annotations

import threading
import weakref
from collections import deque
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import pytest

from vitruvian.pipeline import ahead, latest, mapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = {*threading.enumerate()}
    yield
    assert {*threading.enumerate()} == before


def failing_after(items: int) -> Iterator[int]:
    yield from range(items)
    raise OSError("failed")


def test_the_order_is_kept() -> None:
    with ahead(range(100)) as first, ahead(2 * item for item in first) as second:
        assert [*second] == [*range(0, 200, 2)]
    with ahead(()) as nothing:
        assert [*nothing] == []
    with ahead([None, 0, [1]]) as unusual:
        assert [*unusual] == [None, 0, [1]]


def test_stages_run_at_the_same_time() -> None:
    barrier = threading.Barrier(2, timeout=10)

    def items() -> Iterator[int]:
        yield 0
        barrier.wait()
        yield 1

    with ahead(items()) as produced:
        assert next(produced) == 0
        barrier.wait()  # 1 is produced before it is requested
        assert next(produced) == 1


def test_only_a_few_items_are_produced_ahead() -> None:
    produced_items = []

    def items() -> Iterator[int]:
        for item in count():
            produced_items.append(item)
            yield item

    with ahead(items()) as taken:
        for _ in range(10):
            next(taken)
    assert 10 <= len(produced_items) <= 13


@dataclass
class Item:
    """Holds an array, as a frame does."""

    image: np.ndarray


@pytest.mark.parametrize(
    ("megabytes", "most"), [(1, 3), (64, 3), (65, 2), (128, 2), (129, 1), (1000, 1)]
)
@pytest.mark.parametrize("wrap", [lambda x: x, Item, lambda x: (None, {"annotated": x}, [])])
def test_fewer_large_items_are_in_memory_at_a_time(
    megabytes: int, most: int, wrap: Callable[[np.ndarray], object]
) -> None:
    produced_items = []

    def items() -> Iterator[object]:
        for item in range(8):
            produced_items.append(item)
            yield wrap(np.broadcast_to(np.uint8(0), megabytes * 2**20))

    with ahead(items()) as taken:
        for requested, _ in enumerate(taken, start=1):
            assert len(produced_items) < requested + most
    assert len(produced_items) == 8


class Large:
    """Can be referenced weakly. It is so large that none is produced ahead."""

    nbytes = 2**30


@pytest.mark.parametrize("stage", [ahead, lambda items: mapped(lambda item: item, items, 1)])
def test_stages_do_not_keep_what_they_have_passed_on(stage: type[ahead]) -> None:
    def large(number: int) -> Large:
        item = Large()
        references[number] = weakref.ref(item)
        return item

    references: dict[int, weakref.ref[Large]] = {}
    with stage(map(large, range(5))) as first, stage(first) as second:
        for number in range(5):
            assert next(second) is not None
            assert [*references] == [*range(number + 1)]
            assert references[number]() is None


def test_an_exception_comes_after_the_items_before_it() -> None:
    seen = []
    with ahead(failing_after(5)) as first, ahead(item for item in first) as second:
        with pytest.raises(OSError, match="failed"):
            seen.extend(item for item in second)
        assert [*second] == []
    assert seen == [0, 1, 2, 3, 4]


def take_two(items: Iterator[int], error: type[BaseException]) -> None:
    next(items)
    next(items)
    raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
@pytest.mark.parametrize("stage", [ahead, latest])
def test_a_block_left_early_leaves_nothing_running(
    stage: type[ahead], error: type[BaseException]
) -> None:
    items = (item for item in count())
    with pytest.raises(error), stage(items) as first, ahead(first) as second:
        take_two(second, error)
    items.close()  # no thread is running it


def test_latest_yields_only_the_newest_item() -> None:
    first_is_taken, all_are_produced = threading.Event(), threading.Event()

    def camera() -> Iterator[int]:
        yield 0
        first_is_taken.wait(timeout=10)
        yield from range(1, 100)
        all_are_produced.set()

    with latest(camera()) as items:
        assert next(items) == 0
        first_is_taken.set()
        assert all_are_produced.wait(timeout=10)
        assert [*items] == [99]
        assert items.dropped == 98


def test_latest_raises_the_exception_of_a_camera() -> None:
    with latest(failing_after(3)) as items, pytest.raises(OSError, match="failed"):
        deque(items)


def test_mapped_processes_several_items_at_a_time_and_keeps_their_order() -> None:
    barrier = threading.Barrier(3, timeout=10)

    def double(item: int) -> int:
        if item < 3:
            barrier.wait()  # three at a time
        if item == 7:
            raise ValueError(item)
        return 2 * item

    seen = []
    with mapped(double, count(), workers=3) as doubled, pytest.raises(ValueError, match="7"):
        seen.extend(doubled)
    assert seen == [0, 2, 4, 6, 8, 10, 12]


def test_mapped_takes_fewer_large_items_at_a_time() -> None:
    taken = []

    def items() -> Iterator[np.ndarray]:
        for item in range(8):
            taken.append(item)
            yield np.broadcast_to(np.uint8(0), 300 * 2**20)

    with mapped(len, items(), workers=4) as lengths:
        for requested, _ in enumerate(lengths, start=1):
            assert len(taken) <= requested + 1
    assert len(taken) == 8
