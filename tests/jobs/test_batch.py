from __future__ import annotations

import os
import signal
import sys
import time
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from vitruvian.errors import MediaError, OptionError
from vitruvian.jobs import batch
from vitruvian.jobs.plan import Job
from vitruvian.jobs.summary import Summary
from vitruvian.media.options import InputOptions
from vitruvian.options import PoseOptions
from vitruvian.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Callable


class FakeNetworks:
    """Can be referenced weakly."""


def run_all(
    monkeypatch: pytest.MonkeyPatch, run: Callable[[str], Summary], *inputs: str
) -> list[tuple[Any, Any]]:
    """Run a batch, in which `run` takes the place of each job. Return the outcomes by name."""
    monkeypatch.setattr("vitruvian.jobs.job.run", lambda planned, *_, **__: run(planned.name))
    planned = [Job(Path(name), Path("out", name)) for name in inputs]
    outcomes = batch.run_all(planned, PoseOptions(), InputOptions(), Profile(), jobs=1)
    return [(planned.name, outcome) for planned, outcome in outcomes]


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

    monkeypatch.setattr("vitruvian.assembly.Networks", make_networks)
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

    monkeypatch.setattr("vitruvian.assembly.Networks", make_networks)
    with pytest.raises(OptionError, match="the engine does not have the device"):
        run_all(monkeypatch, run, "a", "b")
    assert started == []


def test_an_error_does_not_stop_the_other_jobs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    error = MediaError("b is damaged")

    def run(source: str) -> Summary:
        if source == "b":
            raise error
        return summary(source)

    monkeypatch.setattr("vitruvian.assembly.Networks", lambda _: FakeNetworks())
    outcomes = run_all(monkeypatch, run, "a", "b", "c")
    assert outcomes == [("a", summary("a")), ("b", error), ("c", summary("c"))]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals between processes")
def test_after_ctrl_c_no_further_job_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(source: str) -> Summary:
        if source == "b":
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.5)  # the signal reaches the main thread
        return summary(source)

    monkeypatch.setattr("vitruvian.assembly.Networks", lambda _: FakeNetworks())
    outcomes = run_all(monkeypatch, run, "a", "b", "c", "d")
    assert outcomes == [("a", summary("a")), ("b", summary("b")), ("c", None), ("d", None)]
