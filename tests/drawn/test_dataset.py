"""The folders that the drawn benchmark writes are valid, whole, and the same for the same seed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from benchmarks.drawn import dataset
from benchmarks.drawn.__main__ import main
from tests.drawn.opengl import needs_opengl
from tests.support.sample import ROOT
from vitruvian.evaluation.annotation_file import read_annotations
from vitruvian.evaluation.masks import read_mask
from vitruvian.skeleton import COCO_17

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = needs_opengl


def draw(out: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, [str(out), "--seed", "100", *map(str, arguments)])


def files(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with three images."""
    out = tmp_path_factory.mktemp("drawn") / "out"
    done = draw(out, "--count", 3)
    assert done.exit_code == 0, done.output
    return out


def test_the_annotations_are_those_that_evaluations_read(drawn: Path) -> None:
    annotations = read_annotations(drawn / "annotations.json")
    assert annotations.groups == ("yoga", "dance", "hiit")
    assert not annotations.notes
    for image in annotations.images:
        with Image.open(drawn / image.file_name) as pixels:
            assert pixels.size == image.size
        (person,) = image.people
        assert person.landmarks_px is not None
        assert person.world_landmarks is not None
        labelled = person.labelled
        coco_px = person.landmarks_px[list(COCO_17)]
        assert (person.keypoints_px[labelled] == coco_px[labelled]).all()


def test_the_mask_has_the_area_and_the_box_of_the_person(drawn: Path) -> None:
    for image in read_annotations(drawn / "annotations.json").images:
        (person,) = image.people
        assert image.mask is not None
        mask = read_mask(drawn / image.mask, image.size)
        assert mask.sum() == person.area_px2
        x, y, width, height = person.box_px.astype(int)
        assert mask[y : y + height, x : x + width].sum() == person.area_px2


def test_visible_landmarks_are_on_or_near_the_mask(drawn: Path) -> None:
    truth = json.loads((drawn / "annotations.json").read_text())
    for image, person in zip(truth["images"], truth["annotations"], strict=True):
        with Image.open(drawn / image["mask"]) as pixels:
            rows, columns = np.nonzero(np.asarray(pixels))
        for (x, y), visible in zip(person["landmarks"], person["visibility"], strict=True):
            if visible:
                assert np.hypot(columns - x, rows - y).min() < 4


@pytest.mark.long
def test_a_seed_gives_the_same_bytes_again(drawn: Path, tmp_path: Path) -> None:
    assert draw(tmp_path / "again", "--count", 3).exit_code == 0
    assert files(tmp_path / "again") == files(drawn)


def test_another_seed_gives_other_images(drawn: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, [str(tmp_path / "other"), "--seed", "101", "--count", "1"])
    assert done.exit_code == 0
    name = "0000_yoga.jpg"
    assert files(tmp_path / "other")[name] != files(drawn)[name]


def test_one_thread_gives_the_same_bytes_as_two(tmp_path: Path) -> None:
    for threads in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "benchmarks.drawn", tmp_path / threads, "--count", "2"],
            cwd=ROOT,
            env=os.environ | {"OMP_NUM_THREADS": threads, "LP_NUM_THREADS": threads},
            check=True,
            capture_output=True,
        )
    assert files(tmp_path / "1") == files(tmp_path / "2")


def test_a_run_that_was_stopped_is_valid_and_continued(
    drawn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, draw_still = tmp_path / "out", dataset.draw_still

    def interrupted(seed: int, number: int, *rest: object) -> object:
        if number == 1:
            raise KeyboardInterrupt
        return draw_still(seed, number, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(dataset, "draw_still", interrupted)
        stopped = draw(out, "--count", 3)
    assert stopped.exit_code == 1
    assert "the same command continues" in stopped.output.replace("\n", " ").lower()
    assert len(read_annotations(out / "annotations.json").images) == 1
    assert draw(out, "--count", 3).exit_code == 0
    assert files(out) == files(drawn)


def test_a_folder_that_is_complete_is_left_as_it_is(drawn: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in drawn.rglob("*")}
    assert draw(drawn, "--count", 2).exit_code == 0
    assert {path: path.stat().st_mtime_ns for path in drawn.rglob("*")} == before


@pytest.mark.long
def test_a_crowd_has_as_many_people_as_were_asked_for(tmp_path: Path) -> None:
    assert draw(tmp_path / "crowd", "--count", 1, "--people", 3).exit_code == 0
    (image,) = read_annotations(tmp_path / "crowd" / "annotations.json").images
    assert len(image.people) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--count", 0), "0 is not in the range x>=1"),
        (("--people", 6), "6 is not in the range 1<=x<=5"),
    ],
)
def test_numbers_that_have_no_meaning_are_refused(
    arguments: tuple[object, ...], message: str, tmp_path: Path
) -> None:
    done = draw(tmp_path / "out", *arguments)
    assert done.exit_code == 2
    assert message in done.output
    assert not (tmp_path / "out").exists()


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear")
    done = draw(tmp_path, "--count", 1)
    assert done.exit_code == 1
    assert "has files that this program did not write: give a new folder." in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("content", ["", "[]", '{"images": []}', '{"info": 1'])
def test_annotations_of_another_program_are_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "annotations.json").write_text(content)
    done = draw(tmp_path, "--count", 1)
    assert done.exit_code == 1
    assert "was not written by this program: give a new folder." in done.output


def test_a_folder_of_another_seed_is_refused(drawn: Path) -> None:
    done = CliRunner().invoke(main, [str(drawn), "--seed", "101"])
    assert done.exit_code == 1
    assert "has images of another recipe" in done.output


def test_without_opengl_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.drawn", tmp_path / "out"],
        cwd=ROOT,
        env=os.environ | {"__EGL_VENDOR_LIBRARY_FILENAMES": os.devnull},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: OpenGL 3.3 is not available (")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()
