"""The fuzzing harness finds what it looks for, and finds nothing in its first inputs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from benchmarks.fuzz import seed_images
from benchmarks.fuzz.attempt import Attempt
from benchmarks.fuzz.checks import check_only, check_whole
from benchmarks.fuzz.place import Place
from benchmarks.fuzz.report import Report
from benchmarks.fuzz.verdict import LARGEST_MEMORY_BYTES, BrokenPromiseError, Tried, Verdict
from tests.support.recordings import write_csv
from tests.support.results import result
from tests.support.sample import ROOT
from tests.support.videos import encode, four_colors
from vitruvian.jobs.summary import Summary

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")


def test_the_first_inputs_hold(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.fuzz", "--inputs", "200", "--kept", tmp_path],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "| inputs | 200 |" in done.stdout


def _dies(number: int, place: Place) -> Tried:
    place.note(f"input {number}")
    if number == 1:
        os.abort()
    if number == 2:
        time.sleep(600)
    return Tried(number, place.noted(), Verdict.SUCCESS)


def test_a_crash_and_a_hang_are_those_of_their_inputs(tmp_path: Path) -> None:
    from benchmarks.fuzz.workers import try_all  # noqa: PLC0415 - Windows has no resource limits

    place = Place(tmp_path / "0", tmp_path)
    tried = {tried.number: tried for _, tried in try_all(_dies, range(4), [place], limit_s=1.0)}
    assert [tried[number].verdict for number in range(4)] == [
        Verdict.SUCCESS,
        Verdict.CRASH,
        Verdict.HANG,
        Verdict.SUCCESS,
    ]
    assert (tried[1].what, tried[2].what) == ("input 1", "input 2")
    assert "Aborted" in tried[1].detail
    assert "in _dies" in tried[2].detail


def test_an_input_follows_from_the_seed_and_its_number(tmp_path: Path) -> None:
    place = Place(tmp_path / "0", tmp_path / "seeds")
    place.create()
    seed_images.write(place.seeds)

    def tried(seed: int) -> list[tuple[str, bytes]]:
        attempt, tried = Attempt(seed, ("media",)), []
        for number in range(8):
            what = attempt(number, place).what
            (path,) = (path for path in place.inputs.iterdir() if path.name in what)
            tried.append((what, path.read_bytes()))
        return tried

    first = tried(1)
    assert first == tried(1)
    assert first != tried(2)


@pytest.fixture
def whole(tmp_path: Path) -> Summary:
    """A summary of two frames, and its files."""
    files = tmp_path / "a.csv", tmp_path / "a.annotated.mp4"
    write_csv(files[0], *(result(index=index, timestamp_s=index / 10) for index in range(2)))
    encode(files[1], [four_colors()] * 2, container_options={"movflags": "faststart"})
    return Summary("a", 2, 2, 1, 0.1, files)


def test_whole_files_are_accepted(whole: Summary, tmp_path: Path) -> None:
    check_whole(whole)
    check_only(tmp_path, whole.files)


@pytest.mark.parametrize("left", [0.999, 0.7, 0.0])
@pytest.mark.parametrize("position", [0, 1])
def test_files_that_are_cut_short_are_found(whole: Summary, position: int, left: float) -> None:
    file = whole.files[position]
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * left)])
    with pytest.raises(BrokenPromiseError, match=file.name):
        check_whole(whole)


def test_a_frame_that_is_missing_in_the_table_is_found(whole: Summary) -> None:
    lines = whole.files[0].read_text().splitlines(keepends=True)
    whole.files[0].write_text("".join(lines[:-33]))
    with pytest.raises(BrokenPromiseError, match=r"a\.csv has 1 frames"):
        check_whole(whole)


def test_a_file_that_is_left_is_found(whole: Summary, tmp_path: Path) -> None:
    (tmp_path / ".a.1234.csv").touch()
    with pytest.raises(BrokenPromiseError, match=r"\.a\.1234\.csv"):
        check_only(tmp_path, whole.files)


def test_files_that_native_code_opens_are_found(tmp_path: Path) -> None:
    from benchmarks.fuzz.opened import OpenedFiles  # noqa: PLC0415 - Linux only

    encode(tmp_path / "clip.mp4", [np.zeros((48, 64, 3), np.uint8)])
    (tmp_path / "list.txt").write_text("ffconcat version 1.0\nfile clip.mp4\n")
    opened = OpenedFiles(tmp_path)
    assert opened.names() == set()
    with av.open(str(tmp_path / "list.txt"), format="concat"):
        assert opened.names() == {"list.txt", "clip.mp4"}
    assert opened.names() == set()


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("peak_bytes", [0, LARGEST_MEMORY_BYTES + 1])
def test_the_report_counts_and_keeps_faults(
    tmp_path: Path, verdict: Verdict, peak_bytes: int
) -> None:
    place = Place(tmp_path / "0", tmp_path)
    place.create()
    (place.inputs / "fuzzed.png").write_bytes(b"broken")
    report = Report(tmp_path / "kept", seed=5)
    text = report.add(Tried(7, "a PNG", verdict, "why", 1.0, peak_bytes), place)
    is_good = verdict in {Verdict.SUCCESS, Verdict.OWN_ERROR} and not peak_bytes
    assert report.is_good == is_good
    assert "| inputs | 1 |" in report.table()
    assert (tmp_path / "kept" / "5-7" / "fuzzed.png").exists() != is_good
    assert ("why" in text) != is_good
