from __future__ import annotations

import os
import signal
import sys
import threading
import time
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from vitruvian.errors import MediaError, OptionError
from vitruvian.jobs import batch
from vitruvian.jobs.plan import Job
from vitruvian.jobs.settings import Settings
from vitruvian.jobs.stopping import Stop
from vitruvian.jobs.summary import Summary
from vitruvian.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.options import PoseOptions


class FakeNetworks:
    """Can be referenced weakly."""


def planned_jobs(*inputs: str) -> list[Job]:
    return [Job(Path(name), Path("out", name)) for name in inputs]


def run_all(
    monkeypatch: pytest.MonkeyPatch, run: Callable[[str], Summary], *inputs: str
) -> list[tuple[Any, Any]]:
    """Run a batch, in which `run` takes the place of each job. Return the outcomes by name."""
    monkeypatch.setattr("vitruvian.jobs.job.run", lambda planned, *_, **__: run(planned.name))
    planned = planned_jobs(*inputs)
    outcomes = batch.run_all(planned, Settings(), Profile(), Stop(), jobs=1)
    return [(planned_job.name, outcome) for planned_job, outcome in outcomes]


def summary(source: str) -> Summary:
    return Summary(source, 1, 1, 1, 1.0, ())


def test_networks_stay_loaded_from_one_job_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[weakref.ref[FakeNetworks]] = []

    def make_networks(_: PoseOptions) -> FakeNetworks:
        networks = FakeNetworks()
        loaded.append(weakref.ref(networks))
        return networks

    def run(source: str) -> Summary:
        assert [networks() is not None for networks in loaded] == [True]
        return summary(source)

    monkeypatch.setattr("vitruvian.jobs.batch.Networks", make_networks)
    outcomes = run_all(monkeypatch, run, "a", "b")
    assert outcomes == [("a", summary("a")), ("b", summary("b"))]
    assert loaded[0]() is None


def test_an_option_that_the_engine_lacks_is_refused_before_the_first_job(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[str] = []

    def run(source: str) -> Summary:
        started.append(source)
        return summary(source)

    def make_networks(_: PoseOptions) -> None:
        raise OptionError("the engine does not have the device")

    monkeypatch.setattr("vitruvian.jobs.batch.Networks", make_networks)
    with pytest.raises(OptionError, match="the engine does not have the device"):
        run_all(monkeypatch, run, "a", "b")
    assert started == []


@pytest.mark.parametrize(
    "error",
    [
        MediaError("b is damaged"),
        ZeroDivisionError("division by zero"),
        MemoryError(),
        RecursionError(),
        PermissionError(13, "Permission denied"),
        UnicodeDecodeError("utf-8", b"\xe9", 0, 1, "invalid"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_exception_stops_the_other_jobs(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def run(source: str) -> Summary:
        if source == "b":
            raise error
        return summary(source)

    monkeypatch.setattr("vitruvian.jobs.batch.Networks", lambda _: FakeNetworks())
    outcomes = run_all(monkeypatch, run, "a", "b", "c")
    assert outcomes == [("a", summary("a")), ("b", error), ("c", summary("c"))]


def test_a_failed_job_keeps_nothing_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[weakref.ref[FakeNetworks]] = []

    def run(_: str) -> Summary:
        image = FakeNetworks()
        held.append(weakref.ref(image))
        try:
            return summary(str(1 / 0))
        except ZeroDivisionError as error:
            raise ValueError from error

    monkeypatch.setattr("vitruvian.jobs.batch.Networks", lambda _: FakeNetworks())
    ((_, error),) = run_all(monkeypatch, run, "a")
    assert isinstance(error, ValueError)
    assert held[0]() is None


def test_an_exception_that_is_its_own_cause_is_an_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_: str) -> Summary:
        error = MediaError("a is damaged")
        raise error from error

    monkeypatch.setattr("vitruvian.jobs.batch.Networks", lambda _: FakeNetworks())
    ((_, error),) = run_all(monkeypatch, run, "a")
    assert isinstance(error, MediaError)


def test_a_run_whose_caller_fails_is_abandoned(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[bool] = []
    is_running = threading.Event()

    def run(planned: Job, *_: Any, **__: Any) -> Summary:
        if planned.name == "b":
            is_running.set()
            while not stop.is_abandoned:
                time.sleep(0.01)
            stopped.append(stop.is_requested)
        return summary(planned.name)

    monkeypatch.setattr("vitruvian.jobs.batch.Networks", lambda _: FakeNetworks())
    monkeypatch.setattr("vitruvian.jobs.job.run", run)
    stop = Stop()
    planned = planned_jobs("a", "b", "c")
    outcomes = batch.run_all(planned, Settings(), Profile(), stop, jobs=2)
    assert next(outcomes) == (planned[0], summary("a"))
    assert is_running.wait(timeout=10)
    outcomes.close()
    assert stopped == [False]  # its files are discarded, not kept as if the user had stopped it


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals between processes")
def test_after_ctrl_c_no_further_job_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(source: str) -> Summary:
        if source == "b":
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.5)  # the signal reaches the main thread
        return summary(source)

    monkeypatch.setattr("vitruvian.jobs.batch.Networks", lambda _: FakeNetworks())
    outcomes = run_all(monkeypatch, run, "a", "b", "c", "d")
    assert outcomes == [("a", summary("a")), ("b", summary("b")), ("c", None), ("d", None)]
