"""The benchmarks start and print a table. No time is asserted."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks.people.boxes import RecordedBoxes
from benchmarks.people.truth import Photograph
from tests.support.opensim import models_or_skip, opensim_or_skip
from tests.support.sample import ROOT, SAMPLE
from vitruvian.formats.predictions import read
from vitruvian.images.writer import write_image
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.types import Image

SECOND_SYSTEM = ROOT / "benchmarks" / "second_system"
needs_node = pytest.mark.skipif(
    not (SECOND_SYSTEM / "node_modules").exists(),
    reason="npm ci in benchmarks/second_system installs it",
)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (("speed", "--model", "lite", "--frames", "2", "--blocks", "1", SAMPLE), "whole job"),
        (("offline_smoothing", "--model", "lite"), "| asked |"),
        pytest.param(("angles",), "| heavy | 4 | 4 | 4 | 4 | 0 | 0 |", marks=pytest.mark.long),
        (("path", "--model", "lite"), "17.1 ± 1.5"),
        (("rig", "--model", "lite"), "read back, mm"),
        (("stages", "--model", "lite", "--frames", "3", SAMPLE), "GFLOP/s"),
        pytest.param(
            ("streams", "--streams", "3", "--seconds", "1"),
            "RSS, MB",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc"),
        ),
        pytest.param(
            ("jobs", "--model", "lite", "--copies", "2", "--turns", "1", SAMPLE),
            "--jobs",
            marks=[
                pytest.mark.long,
                pytest.mark.skipif(sys.platform != "linux", reason="it pins processes to cores"),
            ],
        ),
    ],
)
def test_benchmarks_start(command: tuple[object, ...], expected: str) -> None:
    name, *arguments = map(str, command)
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert expected in done.stdout
    assert "| lite |" in done.stdout


@pytest.mark.long
def test_the_benchmark_of_evaluations_starts() -> None:
    arguments = ("--images", "4", "--scored", "4", "--turns", "1")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.evaluation", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "| 4 | " in done.stdout
    assert "10 systems on 4 images: " in done.stdout


@pytest.mark.long
def test_the_benchmark_of_opensim_fits_each_model() -> None:
    opensim_or_skip()
    models_or_skip()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.opensim_kinematics"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    rms_cm = {row[0].strip("| "): float(row[1]) for row in rows[1:]}
    assert [*rms_cm] == ["truth", "lite", "full", "heavy"]
    assert max(rms_cm["truth"], rms_cm["lite"], rms_cm["full"]) < 4


def run_second_system(script: str, folder: Path) -> tuple[Path, Image]:
    """Return the results of a script for a frame of the sample, whose id is 7, and the frame."""
    with open_source(SAMPLE) as frames:
        image = next(iter(frames)).image
    write_image(folder / "frame.png", image)
    images, out = folder / "images.json", folder / "results.json"
    images.write_text(json.dumps([{"image_id": 7, "path": str(folder / "frame.png")}]))
    name, *arguments = script.split()
    subprocess.run(["node", SECOND_SYSTEM / name, *arguments, images, out], check=True)
    return out, image


@needs_node
@pytest.mark.parametrize("model", ["lightning", "thunder", "multipose"])
def test_movenet_writes_results_that_are_read(model: str, tmp_path: Path) -> None:
    out, image = run_second_system(f"movenet.mjs {model}", tmp_path)
    (person,) = read(out)
    assert person.image == 7
    assert (person.keypoints > 0).all()
    assert (person.keypoints < (image.shape[1], image.shape[0])).all()


@needs_node
def test_centernet_writes_the_box_of_a_person_that_is_repeated_as_a_finder(tmp_path: Path) -> None:
    out, image = run_second_system("centernet.mjs", tmp_path)
    photographs = [Photograph(tmp_path / "frame.png", image, (), (), image_id=7)]
    ((left, top, right, bottom),) = RecordedBoxes(out, photographs)(image)
    assert 170 < left < 320 < right < 470  # the columns of the mannequin
    assert 0 <= top < 240 < bottom <= 480
