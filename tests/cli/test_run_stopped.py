"""What is left of a batch that is stopped, killed, or runs out of space or of its inputs."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from typing import TYPE_CHECKING

import av
import pytest

from tests.cli.program import SAMPLE, names, rows, run, run_after, start, wait_for_temporary_files

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no signals, and does not delete files in use"
)


@pytest.fixture
def videos(tmp_path: Path) -> list[Path]:
    """The paths of three videos."""
    paths = [tmp_path / f"{name}.mp4" for name in "abc"]
    for path in paths:
        shutil.copy(SAMPLE, path)
    return paths


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder for the files."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def files_of(inputs: str, *, is_finished: bool = True) -> list[str]:
    """Return the names of the files of some inputs, in order."""
    kinds = ["annotated.mp4", "csv", "npz", *["vitruvian.json"] * is_finished]
    return [f"{name}.{kind}" for name in inputs for kind in kinds]


def assert_whole(folder: Path, name: str) -> int:
    """Check that the files of an input are whole, and return their number of frames."""
    frames = {row["frame"] for row in rows(folder / f"{name}.csv")}
    table = (folder / f"{name}.csv").read_text()
    assert table.endswith("\n")
    assert table.count("\n") == 1 + 33 * len(frames)
    with av.open(folder / f"{name}.annotated.mp4") as video:
        assert len([*video.decode(video=0)]) == len(frames)
    return len(frames)


@pytest.mark.parametrize(("name", "jobs"), [("SIGINT", 1), ("SIGTERM", 2)])
def test_after_a_signal_the_files_have_the_frames_until_then(
    videos: list[Path], out: Path, name: str, jobs: int
) -> None:
    process = start(*videos, "-o", out, "--jobs", jobs)
    wait_for_temporary_files(out, jobs)
    process.send_signal(getattr(signal, name))
    stdout, stderr = process.communicate(timeout=300)
    assert process.returncode == 128 + getattr(signal, name)
    assert stderr == ""
    notes = stdout.replace("\n  ", " ")
    started = "abc"[:jobs]
    assert names(out) == files_of(started, is_finished=False)
    for path in videos[:jobs]:
        frames = assert_whole(out, path.stem)
        assert 0 < frames < 120
        assert f"{path} (its files have the first {frames} frame" in notes
    assert f"Not started: {videos[jobs]}" in notes


@pytest.mark.parametrize("is_killed", [True, False])
def test_what_a_killed_run_leaves_is_deleted_by_the_next(
    videos: list[Path], out: Path, image: Path, is_killed: bool
) -> None:
    (out / "mine.txt").touch()
    process = start(*videos, "-o", out, "--jobs", 2)
    wait_for_temporary_files(out, 2)
    if is_killed:
        process.kill()
    else:  # the second signal ends the program at once
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGTERM)
    process.communicate(timeout=300)
    assert process.returncode in {-signal.SIGKILL, -signal.SIGTERM, 128 + signal.SIGTERM}
    if is_killed:
        left = [name for name in names(out) if name != "mine.txt"]
        assert len(left) == 2  # the recording is kept in files without names
        assert all(name.startswith(".vitruvian-") for name in left)
    assert run(image, "-o", out, "--no-annotate").returncode == 0
    kept = {*files_of("ab", is_finished=False)}
    assert {*names(out)} - kept == {
        *("mine.txt", "person.csv", "person.npz", "person.vitruvian.json")
    }


def test_a_run_leaves_alone_what_another_writes_into_the_same_folder(
    videos: list[Path], out: Path
) -> None:
    processes = [start(videos[0], "-o", out, model="lite") for _ in range(2)]
    for process in processes:
        _, stderr = process.communicate(timeout=300)
        assert (process.returncode, stderr) == (0, "")
    assert names(out) == files_of("a")
    assert assert_whole(out, "a") == 120


def test_an_input_that_is_removed_or_cut_midway_does_not_harm_the_others(
    videos: list[Path], out: Path
) -> None:
    process = start(*videos, "-o", out, "--jobs", 2, model="full")
    wait_for_temporary_files(out, 2)
    os.truncate(videos[0], 50_000)
    videos[1].unlink()
    videos[2].write_bytes(b"no video")
    stdout, stderr = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "Traceback" not in stderr
    assert f"Failed: {videos[2]}" in stdout.replace("\n  ", " ")
    assert {*files_of("ab", is_finished=False)} <= {*names(out)} <= {*files_of("ab")}
    assert 0 < assert_whole(out, "a") <= 120
    assert assert_whole(out, "b") == 120


def test_a_folder_that_is_deleted_midway_is_reported(videos: list[Path], out: Path) -> None:
    process = start(videos[0], "-o", out, model="full")
    wait_for_temporary_files(out, 1)
    shutil.rmtree(out)
    stdout, stderr = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "cannot be written (No such file or directory)" in stderr
    assert "Traceback" not in stderr
    ending = stdout.replace("\n  ", " ")  # of a line that is broken, because the name is long
    assert ending.endswith(f"No files were written.\nFailed: {videos[0]}\n")


def test_on_a_full_disk_no_part_of_a_file_remains(image: Path, out: Path) -> None:
    assert run(image, "-o", out.parent).returncode == 0  # with the weights in the cache
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))"
    done = run_after(limit, image, SAMPLE, "-o", out)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.count("cannot be written") == 2
    assert names(out) == []
