from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from vitruvian.jobs.stopping import Stop

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no signals between processes"
)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_the_first_signal_requests_the_stop_and_the_second_would_end_the_program(name: str) -> None:
    number = getattr(signal, name)
    before = signal.signal(number, signal.SIG_DFL)
    try:
        stop = Stop()
        with stop.requested_by_signals():
            assert not stop.is_requested
            os.kill(os.getpid(), number)
            assert stop.is_requested
            assert stop.signal_number == number
            assert not stop.is_abandoned
            assert signal.getsignal(number) == signal.SIG_DFL
        assert signal.getsignal(number) == signal.SIG_DFL
    finally:
        signal.signal(number, before)


def test_a_signal_that_is_ignored_remains_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        stop = Stop()
        with stop.requested_by_signals():
            os.kill(os.getpid(), signal.SIGHUP)
        assert not stop.is_requested
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_another_thread_than_the_main_one_handles_no_signals() -> None:
    handlers = []

    def block() -> None:
        with Stop().requested_by_signals():
            handlers.append(signal.getsignal(signal.SIGTERM))

    before = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=block)
    thread.start()
    thread.join()
    assert handlers == [before]
