"""Memory does not grow with the length of a video: from a fake source and a fake network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FRAMES_OF_TEN_MINUTES = 18_000
FRAMES_OF_TWELVE_HOURS = 1_300_000
GROWTH_BYTES = 50 * 2**20

# A program of its own, because the peak of a process never falls again.
PROGRAM = """
import resource, sys
from pathlib import Path
from tests.jobs.endless import run_endless_video
run_endless_video(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(","))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
# Of the others, OpenPose writes more than a million files, and DeepLabCut a column for each id.
FORMATS = "csv,jsonl,parquet,coco"


def peak_bytes(frames: int, folder: Path, formats: str) -> int:
    """Return the peak memory of a program that runs on a video of so many frames."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(frames), folder, formats],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return int(done.stdout) * (1 if sys.platform == "darwin" else 1024)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no getrusage")
def test_memory_grows_by_less_than_the_results_of_a_longer_video(tmp_path: Path) -> None:
    short = peak_bytes(3000, tmp_path / "short", "csv,jsonl")
    results_bytes = (12_000 - 3000) * 1097
    assert peak_bytes(12_000, tmp_path / "long", "csv,jsonl") < short + results_bytes / 2


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no getrusage")
def test_memory_does_not_grow_from_ten_minutes_to_twelve_hours(tmp_path: Path) -> None:
    short = peak_bytes(FRAMES_OF_TEN_MINUTES, tmp_path / "short", FORMATS)
    assert peak_bytes(FRAMES_OF_TWELVE_HOURS, tmp_path / "long", FORMATS) < short + GROWTH_BYTES
