"""The examples that are scripts run as a user runs them."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import av
import numpy as np
import PIL.Image
import pytest

import vitruvian
from tests.support.opensim import models_or_skip, opensim_or_skip
from tests.support.sample import ROOT, SAMPLE, frames, mannequin

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = ROOT / "examples"
SCRIPTS = sorted(EXAMPLES.glob("*.py"))


def run(name: str, *arguments: object) -> str:
    """Run an example with the sample or other arguments, and return what it prints."""
    done = start(name, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def start(name: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, EXAMPLES / name, *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_fits_on_one_screen(script: Path) -> None:
    assert len(script.read_text(encoding="utf-8").splitlines()) <= 60


def test_the_readme_lists_all_examples() -> None:
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for path in (*SCRIPTS, *EXAMPLES.glob("*.ipynb")):
        assert f"]({path.name})" in readme


def test_one_frame_by_hand_draws_the_circle_and_the_region(tmp_path: Path) -> None:
    drawing = tmp_path / "one_frame.png"
    assert str(drawing) in run("one_frame_by_hand.py", SAMPLE, drawing)
    (frame,) = vitruvian.frames(drawing)
    pixels = frame.image.reshape(-1, 3)
    for color in ((255, 215, 0), (0, 191, 255), (50, 205, 50), (255, 69, 0)):
        assert (pixels == color).all(axis=1).sum() > 100


def test_one_frame_by_hand_says_that_there_is_no_person(tmp_path: Path) -> None:
    PIL.Image.new("RGB", (64, 48), (128, 128, 128)).save(tmp_path / "grey.png")
    done = start("one_frame_by_hand.py", tmp_path / "grey.png")
    assert (done.returncode, done.stdout) == (1, "")
    assert "finds no person" in done.stderr
    assert "Traceback" not in done.stderr


def test_several_people_have_ids_in_an_h264_video(tmp_path: Path) -> None:
    shown, output = tmp_path / "two.mp4", tmp_path / "out.mp4"
    with vitruvian.VideoWriter(shown) as video:
        for index, image in enumerate(frames(36)):
            video.write(np.hstack((image[:, 170:470], mannequin())), index / 30)
    printed = run("several_people.py", shown, output).splitlines()
    assert printed[0].startswith("  0.00 s: person 1 has the nose at (")
    assert ", person 2 has the nose at (" in printed[1]
    assert printed[2:] == [
        "Person 1 was seen from 0.00 s to 1.17 s.",
        "Person 2 was seen from 0.00 s to 1.17 s.",
        f"The video is in {output}.",
    ]
    with av.open(str(output)) as written:
        stream = written.streams.video[0]
        assert (stream.codec_context.name, stream.frames) == ("h264", 36)


def test_a_small_person_is_found_with_the_finder_only(tmp_path: Path) -> None:
    image = np.full((960, 1280, 3), 90, np.uint8)
    image[400:640, 500:820] = frames(1)[0][::2, ::2]
    PIL.Image.fromarray(image).save(tmp_path / "small.png")
    assert run("own_finder.py", tmp_path / "small.png").splitlines() == [
        "Without the finder: 0.0 people in a frame",
        "With the finder: 1.0 people in a frame",
    ]


def test_the_four_jumping_jacks_of_the_sample_are_counted() -> None:
    *lines, total = run("squat_counter.py", "jumping-jacks", SAMPLE).splitlines()
    assert total == "4 jumping-jacks"
    # The arms are down again in these frames of the 30 per second.
    assert [float(line.split()[0]) for line in lines] == pytest.approx(
        [0.9, 1.9, 2.9, 3.9], abs=0.1
    )


def test_a_jump_is_not_a_squat() -> None:
    assert run("squat_counter.py", "squats", SAMPLE) == "0 squats\n"


def test_the_table_of_pandas_has_four_jumps(tmp_path: Path) -> None:
    printed = run("pandas_table.py", SAMPLE, tmp_path / "wrists")
    assert "in 50% of the frames" in printed
    with (tmp_path / "wrists.csv").open() as file:
        header, *rows = csv.reader(file)
    assert header == ["time_s", "left_wrist", "right_wrist"]
    heights_m = np.array(rows, float)[:, 1:]
    assert len(heights_m) == 120
    is_up = (heights_m > 0.5).all(axis=1)
    assert np.sum(is_up[1:] & ~is_up[:-1]) == 4
    with PIL.Image.open(tmp_path / "wrists.png") as drawing:
        drawing.load()


@pytest.mark.long
def test_the_model_of_opensim_is_near_the_markers(tmp_path: Path) -> None:
    opensim_or_skip()
    models_or_skip()
    printed = run("opensim_kinematics.py", "", tmp_path)
    found = re.search(r"The markers are (\d\.\d) cm", printed)
    assert found is not None
    assert float(found[1]) < 4
    assert len((tmp_path / "ik.mot").read_text().split("endheader")[1].splitlines()) > 120
    assert not (ROOT / "opensim.log").exists()
