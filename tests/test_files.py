from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vitruvian.errors import MediaError, OutputError
from vitruvian.files import written_aside

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write_half(path: Path, error: BaseException) -> None:
    """Begin to write a file, then raise an error."""
    with written_aside(path) as aside:
        aside.write_text("half")
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


def test_the_temporary_file_is_a_dotfile_beside_the_target_with_the_same_suffix(
    tmp_path: Path,
) -> None:
    path = tmp_path / "out.mp4"
    with written_aside(path) as one, written_aside(path) as other:
        one.touch()
        other.touch()
        assert one != other
        for aside in (one, other):
            assert (aside.parent, aside.suffix) == (tmp_path, ".mp4")
            assert aside.name.startswith(".out.")


@pytest.mark.parametrize("error", [ZeroDivisionError(), KeyboardInterrupt(), MediaError("no")])
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
    with written_aside(path) as aside:
        aside.touch()
    assert path.exists()


def test_a_full_disk_is_an_output_error_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    full = OSError(28, "No space left")
    with pytest.raises(
        OutputError, match=r"out\.csv cannot be written \(No space left\)"
    ) as raised:
        write_half(path, full)
    assert raised.value.__cause__ is full
    assert names(tmp_path) == []


def test_a_block_that_writes_no_file_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file"), written_aside(tmp_path / "out.csv"):
        pass


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "out.csv").mkdir()
    with (
        pytest.raises(OutputError, match="it exists and is not a file"),
        written_aside(tmp_path / "out.csv"),
    ):
        pytest.fail("the block must not run")


def test_a_file_in_the_place_of_the_folder_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "folder").touch()
    with (
        pytest.raises(OutputError, match="choose another folder"),
        written_aside(tmp_path / "folder" / "out.csv"),
    ):
        pytest.fail("the block must not run")
