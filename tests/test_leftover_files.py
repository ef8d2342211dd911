"""What a killed program leaves behind is deleted, and what a living one writes is not."""

from __future__ import annotations

import errno
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from vitruvian import files
from vitruvian.files import folder_written_aside, write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


LEFTOVER = ".vitruvian-0123456789abcdef.part"

without_locks = pytest.mark.skipif(sys.platform == "win32", reason="Windows needs no locks")


@pytest.fixture(autouse=True)
def no_folder_was_swept() -> Iterator[None]:
    files.sweep.cache_clear()
    yield
    files.sweep.cache_clear()


def fail(error: OSError) -> None:
    raise error


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_a_killed_program_left_is_deleted_by_the_next_one(tmp_path: Path) -> None:
    program = (
        "import os, sys, pathlib; from vitruvian.files import written_aside\n"
        f"with written_aside(pathlib.Path({str(tmp_path / 'out.csv')!r})): os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 9
    (left,) = names(tmp_path)
    assert left.startswith(".vitruvian-")
    write_bytes(tmp_path / "other.csv", b"whole")
    assert names(tmp_path) == ["other.csv"]


def test_what_a_living_program_writes_is_not_deleted(tmp_path: Path) -> None:
    program = (
        "import pathlib; from vitruvian.files import written_aside\n"
        f"with written_aside(pathlib.Path({str(tmp_path / 'out.csv')!r})) as aside:\n"
        "    aside.write_text('whole'); print('written', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        files.sweep(tmp_path)
        writer.communicate("\n")
    assert writer.returncode == 0
    assert (tmp_path / "out.csv").read_text() == "whole"


def test_only_our_own_temporary_files_are_deleted(tmp_path: Path) -> None:
    kept = [
        "out.csv",
        ".vitruvian-0123456789abcdef.part.csv",
        ".vitruvian-0123456789ABCDEF.part",
        ".vitruvian-notes.part",
        "x.vitruvian-0123456789abcdef.part",
        ".vitruvian-0123456789abcde.part",
    ]
    for name in (*kept, LEFTOVER):
        (tmp_path / name).write_text("data")
    (tmp_path / LEFTOVER.replace("0", "1")).mkdir()
    (tmp_path / LEFTOVER.replace("0", "2")).symlink_to(tmp_path / "out.csv")
    files.sweep(tmp_path)
    assert not (tmp_path / LEFTOVER).exists()
    assert len(names(tmp_path)) == len(kept) + 2
    assert all((tmp_path / name).read_text() == "data" for name in kept)


def test_a_folder_is_swept_once(tmp_path: Path) -> None:
    files.sweep(tmp_path)
    (tmp_path / LEFTOVER).touch()
    write_bytes(tmp_path / "out.csv", b"")
    assert LEFTOVER in names(tmp_path)


@without_locks
def test_a_file_that_is_swept_before_it_is_locked_gets_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl  # noqa: PLC0415 - Windows does not have it

    flock, calls = fcntl.flock, []

    def sweep_first(descriptor: int, operation: int) -> None:
        calls.append(descriptor)
        if len(calls) == 1:
            files.sweep.__wrapped__(tmp_path)  # another program finds the new file
        flock(descriptor, operation)

    monkeypatch.setattr("fcntl.flock", sweep_first)
    write_bytes(tmp_path / "out.csv", b"whole")
    assert len(calls) == 3  # the new file, its sweep, and the second new file
    assert (tmp_path / "out.csv").read_bytes() == b"whole"
    assert names(tmp_path) == ["out.csv"]


@without_locks
def test_where_there_are_no_locks_files_are_written_and_nothing_is_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fcntl.flock", lambda *_: fail(OSError(errno.ENOLCK, "no locks")))
    (tmp_path / LEFTOVER).touch()
    write_bytes(tmp_path / "out.csv", b"whole")
    assert names(tmp_path) == [LEFTOVER, "out.csv"]


def test_a_folder_that_a_killed_program_left_is_deleted_and_one_in_use_is_not(
    tmp_path: Path,
) -> None:
    left = tmp_path / ".vitruvian-0123456789abcdef.folder"
    left.mkdir()
    (left / "1").touch()
    (tmp_path / ".vitruvian-mine.folder").mkdir()
    with folder_written_aside(tmp_path / "a_json", str.isdigit) as aside:
        assert not left.exists()
        files.sweep.cache_clear()
        files.sweep(tmp_path)
        assert aside.is_dir()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".vitruvian-mine.folder", "a_json"]
