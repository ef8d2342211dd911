from __future__ import annotations

import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor
from itertools import count
from threading import Event

import pytest

from vitruvian.pool import Pool


def numbered(capacity: int) -> Pool[int]:
    numbers = count()
    return Pool(lambda: next(numbers), capacity)


def test_one_borrower_gets_the_same_copy_again() -> None:
    pool = numbered(4)
    for _ in range(3):
        with pool.lend() as copy:
            assert copy == 0


def test_copies_are_made_when_all_others_are_lent() -> None:
    pool = numbered(2)
    with pool.lend() as one, pool.lend() as other:
        assert {one, other} == {0, 1}


def test_no_copy_is_lent_twice() -> None:
    pool, lent, lock = numbered(3), set[int](), threading.Lock()

    def borrow(_: int) -> None:
        with pool.lend() as copy:
            with lock:
                assert copy not in lent
                lent.add(copy)
            with lock:
                lent.remove(copy)

    with ThreadPoolExecutor(8) as threads:
        assert len([*threads.map(borrow, range(2000))]) == 2000
    assert pool._count <= 3


def test_the_first_to_ask_is_the_first_to_get() -> None:
    pool, order = numbered(1), list[int]()

    def borrow(number: int) -> None:
        with pool.lend():
            order.append(number)

    with ThreadPoolExecutor(8) as threads, pool.lend():
        for number in range(8):
            threads.submit(borrow, number)
            while len(pool._waiting) <= number:
                pass
    assert order == [*range(8)]


def test_a_copy_comes_back_after_an_error() -> None:
    pool = numbered(1)
    with pytest.raises(ZeroDivisionError), pool.lend():
        raise ZeroDivisionError
    with pool.lend() as copy:
        assert copy == 0


def test_what_making_a_copy_raises_reaches_the_borrower() -> None:
    divisors = iter([1, 0, 2])
    pool = Pool(lambda: 2 // next(divisors), 2)
    with pool.lend():
        with pytest.raises(ZeroDivisionError), pool.lend():
            pass
        with pool.lend() as copy:
            assert copy == 1
    with pytest.raises(ZeroDivisionError):
        Pool(lambda: 1 // 0, 1)


def test_a_borrower_who_no_longer_waits_loses_no_copy() -> None:
    pool, is_waiting = numbered(1), Event()
    with ThreadPoolExecutor(1) as threads, pool.lend():

        def borrow() -> None:
            is_waiting.set()
            with pool.lend():
                pass

        borrowed = threads.submit(borrow)
        is_waiting.wait()
        while not pool._waiting:
            pass
        pool._waiting[0].cancel()
        with pytest.raises(CancelledError):
            borrowed.result()
    with pool.lend() as copy:
        assert copy == 0
