from __future__ import annotations

import os
import signal
import sys
import threading
import time
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from vitruvian.errors import MediaError, OptionError
from vitruvian.jobs import batch
from vitruvian.jobs.stopping import Stop
from vitruvian.jobs.summary import Summary
from vitruvian.media.image_writer import write_image
from vitruvian.options import PoseOptions
from vitruvian.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Callable

IMAGE = np.zeros((48, 64, 3), np.uint8)


class FakeNetworks:
    """Can be referenced weakly."""


def run_all(
    monkeypatch: pytest.MonkeyPatch, run: Callable[[str], Summary], *inputs: str
) -> list[tuple[Any, Any]]:
    """Run a batch, in which `run` takes the place of each job."""
    monkeypatch.setattr("vitruvian.jobs.job.run", lambda source, *_, **__: run(source))
    stop = Stop()
    return [*batch.run_all(inputs, Path("out"), PoseOptions(), Profile(), stop, jobs=1)]


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

    monkeypatch.setattr("vitruvian.assembly.Networks", lambda _: FakeNetworks())
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

    monkeypatch.setattr("vitruvian.assembly.Networks", lambda _: FakeNetworks())
    ((_, error),) = run_all(monkeypatch, run, "a")
    assert isinstance(error, ValueError)
    assert held[0]() is None


def test_a_run_whose_caller_fails_is_abandoned(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[bool] = []
    is_running = threading.Event()

    def run(source: str, *given: Any, **_: Any) -> Summary:
        stop = given[3]
        if source == "b":
            is_running.set()
            while not stop.is_abandoned:
                time.sleep(0.01)
            stopped.append(stop.is_requested)
        return summary(source)

    monkeypatch.setattr("vitruvian.assembly.Networks", lambda _: FakeNetworks())
    monkeypatch.setattr("vitruvian.jobs.job.run", run)
    stop = Stop()
    outcomes = batch.run_all(("a", "b", "c"), Path("out"), PoseOptions(), Profile(), stop, jobs=2)
    assert next(outcomes) == ("a", summary("a"))
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

    monkeypatch.setattr("vitruvian.assembly.Networks", lambda _: FakeNetworks())
    outcomes = run_all(monkeypatch, run, "a", "b", "c", "d")
    assert outcomes == [("a", summary("a")), ("b", summary("b")), ("c", None), ("d", None)]


def test_images_and_videos_that_were_drawn_are_no_inputs(tmp_path: Path) -> None:
    for name in ("one.png", "one.annotated.png", "one.mask.png"):
        write_image(tmp_path / name, IMAGE)
    assert batch.sources([str(tmp_path), "0"]) == [tmp_path / "one.png", "0"]
    # They are inputs if they are named, not found in a folder.
    drawn = str(tmp_path / "one.mask.png")
    assert batch.sources([drawn]) == [drawn]
    (tmp_path / "one.png").unlink()
    with pytest.raises(MediaError, match="this program drew"):
        batch.sources([str(tmp_path)])


def test_inputs_that_would_write_the_same_file_are_refused() -> None:
    with pytest.raises(OptionError, match=r"2 inputs would write film\.csv"):
        batch.sources(["film.mp4", "elsewhere/film.mov"])
