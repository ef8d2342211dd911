"""A batch that was killed, and goes on with `--resume`."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import SAMPLE, names, program, run, start
from tests.support.sample import frames
from tests.support.videos import encode

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = ("--format", "csv", "--format", "jsonl", "--format", "openpose", "--format", "dlc")


def write_clips(folder: Path, count: int) -> list[Path]:
    """Write short videos of a person, each with another content."""
    folder.mkdir()
    images = frames(20 + count)
    paths = [folder / f"clip{number:02}.mp4" for number in range(count)]
    for number, path in enumerate(paths):
        encode(path, images[number : number + 20])
    return paths


def content_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file in a folder and its subfolders."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def kill_and_resume(clips: list[Path], out: Path, expected: dict[str, str], wait_s: float) -> None:
    out.mkdir()
    process = start(*clips, "-o", out, *OPTIONS, "--jobs", 2, "--resume", model="lite")
    time.sleep(wait_s)
    process.kill()
    process.communicate(timeout=60)
    # A program of its own, which does not believe that the folder is clean.
    done = program("run", *clips, "-o", out, *OPTIONS, "--model-complexity", "lite", "--resume")
    assert done.returncode == 0, done.stderr
    assert content_of(out) == expected
    assert {path.name for path in out.iterdir() if path.is_dir()} == {
        f"{clip.stem}_json" for clip in clips
    }
    shutil.rmtree(out)


def assert_killed_batches_resume(folder: Path, count: int, moments: int) -> None:
    clips = write_clips(folder / "clips", count)
    begin_s = time.monotonic()
    done = run(*clips, "-o", folder / "whole", *OPTIONS, "--jobs", 1, "--threads", 1)
    assert done.returncode == 0, done.stderr
    duration_s = time.monotonic() - begin_s
    expected = content_of(folder / "whole")
    seconds = random.Random(0)  # noqa: S311 - no secret
    for _ in range(moments):
        kill_and_resume(clips, folder / "out", expected, seconds.uniform(0.3, 1.0) * duration_s)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot kill without a trace")
def test_a_killed_batch_resumes_to_the_bytes_of_one_that_was_never_killed(tmp_path: Path) -> None:
    assert_killed_batches_resume(tmp_path, count=3, moments=2)


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot kill without a trace")
def test_a_batch_of_12_resumes_after_20_random_moments(tmp_path: Path) -> None:
    assert_killed_batches_resume(tmp_path, count=12, moments=20)


def test_a_finished_input_is_skipped_and_a_changed_one_runs_again(tmp_path: Path) -> None:
    clips = write_clips(tmp_path / "clips", 2)
    out = tmp_path / "out"
    arguments = (*clips, "-o", out, "--no-annotate", "--json")
    statuses = [json.loads(line)["status"] for line in run(*arguments).stdout.splitlines()]
    assert statuses == ["done", "done"]
    first = content_of(out)
    shutil.copy(clips[0], clips[1])
    lines = [json.loads(line) for line in run(*arguments, "--resume").stdout.splitlines()]
    assert [line["status"] for line in lines] == ["finished before", "done"]
    assert [line["input"] for line in lines] == [str(clip) for clip in clips]
    second = content_of(out)
    assert second["clip00.npz"] == first["clip00.npz"]
    assert second["clip01.csv"] == first["clip00.csv"]
    shown = run(*arguments[:-1], "--resume").stdout
    assert "Finished before, and skipped: 2 inputs" in shown


def test_each_option_that_changes_results_is_in_the_recording(tmp_path: Path) -> None:
    done = run(SAMPLE, "-o", tmp_path, "--no-annotate", "--every", "40", "--resize", "320")
    assert done.returncode == 0
    table = (tmp_path / "jumping_jacks.csv").read_text().splitlines()
    assert [line.split(",")[0] for line in table[1::33]] == ["0", "40", "80"]
    assert {line.split(",")[15] for line in table[1:]} == {"320"}
    assert names(tmp_path) == [
        f"jumping_jacks.{ending}" for ending in ("csv", "npz", "vitruvian.json")
    ]
