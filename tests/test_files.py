from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from vitruvian.errors import MediaError, OptionError, OutputError
from vitruvian.files import as_path, folder_written_aside, output_errors, write_bytes, written_aside


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write_half(path: Path, error: BaseException) -> None:
    """Begin to write a file, then raise an error."""
    with written_aside(path) as aside:
        aside.write_text("half")
        raise error


def fail(error: OSError) -> None:
    raise error


def test_a_file_appears_at_the_end_of_the_block(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with written_aside(path) as aside:
        aside.write_text("half")
        assert not path.exists()
        aside.write_text("whole")
    assert path.read_text() == "whole"
    assert names(tmp_path) == ["out.csv"]


def test_an_existing_file_is_replaced_at_the_end_of_the_block(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with written_aside(path) as aside:
        aside.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"


def test_each_writer_has_a_hidden_file_of_its_own_beside_the_target(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    with written_aside(path) as one, written_aside(path) as other:
        assert one != other
        for aside, text in ((one, "one"), (other, "other")):
            assert aside.parent == tmp_path
            assert aside.name.startswith(".vitruvian-")
            aside.write_text(text)
    assert path.read_text() == "one"  # whole: the block that ended last
    assert names(tmp_path) == ["out.mp4"]


def test_a_name_may_be_as_long_as_the_file_system_permits(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 251 + ".csv")
    write_bytes(path, b"whole")
    assert names(tmp_path) == [path.name]
    with pytest.raises(OutputError, match=r"cannot be written \(.*\): give a shorter name"):
        write_bytes(tmp_path / ("n" * 252 + ".csv"), b"whole")


@pytest.mark.parametrize(
    "error", [ZeroDivisionError(), KeyboardInterrupt(), MediaError("no"), OSError(28, "full")]
)
def test_after_an_exception_the_old_file_stays_and_nothing_else(
    tmp_path: Path, error: BaseException
) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(type(error)) as raised:
        write_half(path, error)
    assert raised.value is error
    assert path.read_text() == "old"
    assert names(tmp_path) == ["out.csv"]


def test_missing_folders_are_created(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "out.csv"
    write_bytes(path, b"whole")
    assert path.read_bytes() == b"whole"


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "free disk space"),
        (errno.EFBIG, "ulimit -f"),
        (errno.EMFILE, "ulimit -n"),
        (errno.EACCES, "your permission to write"),
    ],
)
def test_an_error_of_the_disk_is_an_output_error_with_its_reason_and_advice(
    tmp_path: Path, number: int, advice: str
) -> None:
    error = OSError(number, "the reason")
    with (
        pytest.raises(OutputError, match=r"out\.csv cannot be written \(the reason\): ") as raised,
        output_errors(tmp_path / "out.csv"),
    ):
        fail(error)
    assert advice in str(raised.value)
    assert raised.value.__cause__ is error


def test_an_error_of_a_network_folder_at_the_end_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.dup", lambda _: fail(OSError(errno.ENOSPC, "No space left")))
    with pytest.raises(OutputError, match=r"\(No space left\)"):
        write_bytes(tmp_path / "out.csv", b"whole")
    assert names(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not delete a folder in use")
def test_a_folder_that_disappears_does_not_hide_the_first_error(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    error = ZeroDivisionError()

    def remove_and_fail() -> None:
        with written_aside(folder / "out.csv") as aside:
            aside.unlink()
            folder.rmdir()
            raise error

    with pytest.raises(ZeroDivisionError) as raised:
        remove_and_fail()
    assert raised.value is error


@pytest.mark.parametrize("make", ["folder", "pipe"])
def test_what_is_no_file_is_not_replaced(tmp_path: Path, make: str) -> None:
    path = tmp_path / "out.csv"
    if make == "folder":
        path.mkdir()
    elif hasattr(os, "mkfifo"):
        os.mkfifo(path)
    else:
        pytest.skip("Windows has no named pipes in folders")
    with (
        pytest.raises(OutputError, match="it exists and is not a file"),
        written_aside(path),
    ):
        pytest.fail("the block must not run")
    assert names(tmp_path) == ["out.csv"]


def test_a_file_or_a_broken_link_in_the_place_of_the_folder_is_an_output_error(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "absent")
    for place in ("file", "link"):
        with (
            pytest.raises(OutputError, match="what is in its place is not a folder"),
            written_aside(tmp_path / place / "out.csv"),
        ):
            pytest.fail("the block must not run")


@pytest.mark.parametrize("given", [None, 5, True, b"a", ["a"], "a\0b", "\ud800", Path("a\0b")])
def test_what_is_no_path_is_refused(given: object) -> None:
    with pytest.raises(OptionError, match=r"^path is .*: give the path of a file\.$"):
        as_path(given, "path")


def test_a_path_with_a_byte_that_is_no_text_is_a_path() -> None:
    assert as_path("\udcff.mp4", "path") == Path("\udcff.mp4")


def test_a_folder_appears_complete_and_replaces_the_one_of_an_earlier_run(tmp_path: Path) -> None:
    path = tmp_path / "a_json"
    for content in ("1", "2"):
        with folder_written_aside(path, str.isdigit) as aside:
            (aside / content).touch()
            assert aside.parent == tmp_path
            assert [file.name for file in path.glob("*")] == ["1"] * (content == "2")
        assert [file.name for file in path.iterdir()] == [content]
    assert [file.name for file in tmp_path.iterdir()] == ["a_json"]


def test_an_exception_leaves_the_folder_of_an_earlier_run(tmp_path: Path) -> None:
    path = tmp_path / "a_json"
    with folder_written_aside(path, str.isdigit) as aside:
        (aside / "1").touch()

    def fail() -> None:
        with folder_written_aside(path, str.isdigit) as aside:
            (aside / "2").touch()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [file.name for file in path.iterdir()] == ["1"]
    assert [file.name for file in tmp_path.iterdir()] == ["a_json"]
