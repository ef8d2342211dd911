"""A folder of photographs is one recording."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from tests.cli.program import names, run, vitruvian
from tests.support.sample import frames
from vitruvian.recorded.kinds import ARRAYS
from vitruvian.recording import Recording, load

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("a.jpg", "b.png", "sub/c.jpg")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder with photographs of one person, of several sizes."""
    folder = tmp_path / "photos"
    (folder / "sub").mkdir(parents=True)
    for name, image in zip(NAMES, frames(60)[::20], strict=True):
        height = 480 if name == "b.png" else 400
        Image.fromarray(image[:height]).save(folder / name)
    return folder


def test_a_folder_of_photographs_is_one_recording(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run(photos, "-o", out, "--format", "csv", "--format", "coco", "--jobs", 2)
    assert (done.returncode, done.stderr) == (0, "")
    assert names(out) == [
        *("a.annotated.png", "a.csv", "b.annotated.png", "b.csv"),
        *("photos.coco.json", "photos.npz", "photos.vitruvian.json", "sub"),
    ]
    made = load(out / "photos.npz")
    assert made.header.images == NAMES
    assert made.header.options["static_image_mode"] is True
    assert made.frames.tolist() == [0, 1, 2]
    assert made.timestamps_s.tolist() == [0, 0, 0]
    assert made.image_sizes_px.tolist() == [[640, 400], [640, 480], [640, 400]]
    images = json.loads((out / "photos.coco.json").read_text())["images"]
    assert [image["file_name"] for image in images] == [*NAMES]
    same = Recording.of(photos, model_complexity="lite")
    assert same.header == made.header
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(same, name), getattr(made, name))
    (tmp_path / "alone").mkdir()
    assert run(photos / "b.png", "-o", tmp_path / "alone").returncode == 0
    alone = load(tmp_path / "alone" / "b.npz")
    np.testing.assert_array_equal(alone.pose_landmarks[0], made.pose_landmarks[1])


def test_a_recording_is_drawn_on_its_photographs_as_the_run_drew_it(
    photos: Path, tmp_path: Path
) -> None:
    (photos / "a.png").write_bytes((photos / "b.png").read_bytes())  # a second name "a"
    assert run(photos, "-o", tmp_path / "out").returncode == 0
    result = tmp_path / "out" / "photos.npz"
    done = vitruvian("draw", result, photos, "-o", tmp_path / "drawn")
    assert (done.returncode, done.stderr) == (0, "")
    drawn = sorted((tmp_path / "drawn").rglob("*.png"))
    names_in = [path.relative_to(tmp_path / "drawn").as_posix() for path in drawn]
    assert names_in == [
        *("a.jpg.annotated.png", "a.png.annotated.png", "b.annotated.png"),
        "sub/c.annotated.png",
    ]
    assert done.stdout.split() == [str(path) for path in drawn]
    for path, name in zip(drawn, names_in, strict=True):
        assert path.read_bytes() == (tmp_path / "out" / name).read_bytes()

    def refused(*arguments: object) -> str:
        done = vitruvian("draw", result, *arguments, "-o", tmp_path / "other")
        assert done.returncode == 1
        assert not (tmp_path / "other").exists()
        return done.stderr

    assert "give their folder in place of" in refused(photos / "b.png")
    assert "leave the trails out" in refused(photos, "--trails")
    (photos / "a.png").write_bytes((photos / "a.jpg").read_bytes())
    assert "is not known to be the input of which" in refused(photos)
    (photos / "sub" / "c.jpg").unlink()
    assert "has no sub/c.jpg, which is in the recording" in refused(photos)


def test_a_table_of_all_photographs_names_them(photos: Path, tmp_path: Path) -> None:
    assert run(photos, "-o", tmp_path / "out", "--no-annotate").returncode == 0
    assert vitruvian("convert", tmp_path / "out" / "photos.npz", "-o", tmp_path).returncode == 0
    rows = (tmp_path / "photos.csv").read_text().splitlines()[1:]
    assert [row.rpartition(",")[2] for row in rows[::33]] == [*NAMES]


def test_formats_of_motion_are_left_out_of_photographs_and_said(
    photos: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    options = ("--no-annotate", "--format", "coco", "--format", "trc", "--format", "glb")
    single = (photos / "sub" / "c.jpg").rename(tmp_path / "single.jpg")
    done = run(photos, single, "-o", out, *options)
    assert done.returncode == 0
    for name in ("photos", "single"):
        files = {path.name for path in out.glob(f"{name}*")}
        assert files == {f"{name}.{ending}" for ending in ("npz", "coco.json", "vitruvian.json")}
    for name in ("photos", "single.jpg"):
        warning = "has independent images, in which nobody moves: trc, glb cannot be written."
        assert done.stderr.count(f"{name} {warning}") == 1


def test_a_broken_photograph_is_left_out_and_said(photos: Path, tmp_path: Path) -> None:
    (photos / "aa.jpg").write_text("no image")
    out = tmp_path / "out"
    done = run(photos, "-o", out, "--no-annotate")
    assert done.returncode == 1
    assert f"Failed: {photos / 'aa.jpg'}" in done.stdout.replace("\n  ", " ")
    made = load(out / "photos.npz")
    assert [made.image_name(number) for number in range(len(made))] == [*NAMES]
    assert not (out / "photos.vitruvian.json").exists()


def test_finished_photographs_are_skipped_until_one_changes(photos: Path, tmp_path: Path) -> None:
    def statuses(*further: object) -> list[str]:
        done = run(photos, "-o", tmp_path / "out", "--no-annotate", "--json", *further)
        assert done.returncode == 0
        return [json.loads(line)["status"] for line in done.stdout.splitlines()]

    assert statuses() == ["done", "done", "done", "gathered"]
    before = (tmp_path / "out" / "photos.npz").read_bytes()
    assert statuses("--resume") == ["finished before"] * 3
    (tmp_path / "out" / "sub" / "c.csv").unlink()
    assert statuses("--resume") == ["done", "done", "done", "gathered"]
    assert (tmp_path / "out" / "photos.npz").read_bytes() == before
    (photos / "a.jpg").write_bytes((photos / "sub" / "c.jpg").read_bytes())
    assert statuses("--resume") == ["done", "done", "done", "gathered"]
    (photos / "a.jpg").rename(photos / "aa.jpg")
    assert statuses("--resume") == ["done", "done", "done", "gathered"]
    assert load(tmp_path / "out" / "photos.npz").header.images == ("aa.jpg", *NAMES[1:])


def test_an_animation_in_the_folder_is_a_recording_of_its_own(photos: Path, tmp_path: Path) -> None:
    first, *others = (Image.new("RGB", (64, 48), (level, 0, 0)) for level in (0, 90, 180))
    first.save(photos / "z.gif", save_all=True, append_images=others, duration=100)
    assert run(photos, "-o", tmp_path / "out", "--no-annotate").returncode == 0
    assert len(load(tmp_path / "out" / "z.npz")) == 3
    assert load(tmp_path / "out" / "photos.npz").frames.tolist() == [0, 1, 2]
