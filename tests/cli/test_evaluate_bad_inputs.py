"""Which inputs and options `vitruvian evaluate` refuses, and what it leaves out."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import PIL.Image
import pytest

from tests.cli.evaluating import OURS, cells, changed, evaluate, numbers, of_lite
from tests.cli.program import names
from tests.support import annotated_images
from tests.support.annotated_images import write_results
from vitruvian.jobs import evaluation_rows

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("no_figures")


@pytest.mark.parametrize(
    ("break_it", "sentence"),
    [
        (lambda path: path.unlink(), "1.png cannot be read (No such file or directory)"),
        (lambda path: path.write_bytes(path.read_bytes()[:3000]), "1.png"),
        (lambda path: path.write_bytes(b"GIF?"), "1.png is no image"),
        (lambda path: path.write_bytes(b""), "1.png is empty"),
        (
            lambda path: PIL.Image.new("RGB", (300, 200)).save(path),
            "1.png is 300x200 pixels but annotations.json has it with 256x256",
        ),
    ],
    ids=["missing", "cut short", "not an image", "empty", "of another size"],
)
def test_an_image_that_cannot_be_used_is_left_out_of_all_rows(
    annotations: Path, tmp_path: Path, break_it: Any, sentence: str
) -> None:
    break_it(tmp_path / "1.png")
    results = write_results(tmp_path / "a.json", shift_px=3)
    done = of_lite(annotations, "--results", f"A={results}")
    assert done.exit_code == 0, done.output
    assert "1 of 3 images are left out of all rows." in done.output
    (line,) = (line for line in done.output.splitlines() if "left out: " in line)
    assert sentence in line
    content = numbers(tmp_path / "out")
    assert [entry["id"] for entry in content["left_out"]] == [1]
    assert {name: system["all"]["people"] for name, system in content["systems"].items()} == {
        OURS: 2,
        "A": 2,
    }
    assert content["systems"][OURS]["all"]["metrics"]["ap"]["value"] == pytest.approx(100)
    assert "lacks" not in done.output


def test_an_image_that_is_turned_by_its_orientation_has_the_size_that_is_shown(
    annotations: Path, tmp_path: Path
) -> None:
    exif = PIL.Image.Exif()
    exif[0x0112] = 6
    turned = np.rot90(annotated_images.images()[0][:, :200])
    PIL.Image.fromarray(turned).save(tmp_path / "0.png", exif=exif)
    changed(annotations, lambda content: content["images"][0].update(width=200))
    assert "left out" not in of_lite(annotations).output
    changed(annotations, lambda content: content["images"][0].update(width=256, height=200))
    done = of_lite(annotations)
    assert (
        "0.png is 200x256 pixels, turned upright, but annotations.json has it with" in done.output
    )


def test_images_of_which_none_can_be_used_are_an_error(annotations: Path, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / annotated_images.name(number)).unlink()
    done = of_lite(annotations)
    assert done.exit_code == 1
    assert "None of the images of annotations.json can be used. The first: " in done.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["../0.png", "/etc/hostname", "sub/../../0.png"])
def test_an_image_outside_of_the_folder_is_not_read(annotations: Path, name: str) -> None:
    changed(annotations, lambda content: content["images"][0].update(file_name=name))
    assert f"{name} is not in" in of_lite(annotations).output


def duplicate(content: dict[str, Any], entries: str) -> None:
    content[entries].append(content[entries][0])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda c: c.update(images=[]), "annotations.json has no images"),
        (lambda c: c.pop("annotations"), "has no annotations"),
        (lambda c: c.update(annotations=[]), "no annotation with keypoints"),
        (lambda c: c["annotations"][1].update(keypoints=[1.0] * 399), "has 399 numbers"),
        (lambda c: c["annotations"][1]["keypoints"].__setitem__(0, np.nan), "1, keypoints has NaN"),
        (lambda c: duplicate(c, "images"), "id is 0, as in an entry before it"),
        (lambda c: duplicate(c, "annotations"), "id is 0, as in an entry before it"),
        (lambda c: c["annotations"][2].update(image_id=77), "image_id is 77, which no image has"),
    ],
)  # fmt: skip
def test_bad_annotations_are_one_sentence(
    annotations: Path, tmp_path: Path, change: Any, sentence: str
) -> None:
    changed(annotations, change)
    done = of_lite(annotations)
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert sentence in done.output
    assert done.output.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("", "annotations.json is empty"), ("no", "is no JSON"), ('{"images": [{"id"', "cut short")],
)
def test_a_file_that_is_no_json_is_one_sentence(
    annotations: Path, content: str, sentence: str
) -> None:
    annotations.write_text(content)
    done = of_lite(annotations)
    assert done.exit_code == 1
    assert sentence in done.output


def test_crowds_and_people_without_labels_are_counted_below_the_table(annotations: Path) -> None:
    changed(
        annotations,
        lambda content: (
            content["annotations"][0].update(iscrowd=1),
            content["annotations"][1].update(keypoints=[0.0] * 51, bbox=[0, 0, 9, 9]),
        ),
    )
    done = of_lite(annotations)
    assert "1 annotations are crowds" in done.output
    assert "1 people have no labelled keypoint" in done.output
    assert "All: 3 images, 1 person, 17 keypoints; Yoga: 2 images, 0 people" in done.output
    assert cells(done.output.splitlines()[2])[1:3] == ["–", "–"]


@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        (lambda path: path, "a.json"),
        (lambda path: path.write_text("{}"), "no format that is known"),
        (lambda path: path.write_text('[{"image_id"'), "a.json"),
        (lambda path: rewrite(path, lambda e: [{**each, "image_id": 7} for each in e]), "lacks"),
        (lambda path: rewrite(path, lambda e: e * 2), "twice"),
        (lambda path: rewrite(path, lambda e: list(map(normalized, e))), "from 0 to 1 only"),
    ],
    ids=["missing", "unknown format", "cut short", "unknown images", "twice", "normalized"],
)  # fmt: skip
def test_bad_results_are_one_sentence_before_a_model_runs(
    annotations: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Any, sentence: str
) -> None:
    monkeypatch.setattr(evaluation_rows, "Networks", None)
    write(tmp_path / "a.json")
    done = of_lite(annotations, "--results", f"A={tmp_path / 'a.json'}")
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert sentence in done.output
    assert done.output.count("\n") == 1


def rewrite(path: Path, change: Any) -> None:
    path.write_text(json.dumps(change(json.loads(write_results(path).read_text()))))


def normalized(entry: dict[str, Any]) -> dict[str, Any]:
    side_px = annotated_images.SIDE_PX
    return {**entry, "keypoints": [value / side_px for value in entry["keypoints"]]}


def test_images_without_results_and_empty_results_are_counted(
    annotations: Path, tmp_path: Path
) -> None:
    results = write_results(tmp_path / "a.json", count=2)
    nothing = tmp_path / "none.json"
    nothing.write_text("[]")
    options = ["--results", f"A={results}", "--results", f"None={nothing}", "-o", tmp_path / "out"]
    done = evaluate(annotations, *options)
    assert "A: 1 images with people have no result: they count as missed." in done.output
    assert "None: 3 images with people have no result: they count as missed." in done.output
    assert cells(done.output.splitlines()[3]) == ["None", *["0.0"] * 4, "0", "0"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "There is nothing to evaluate"),
        (["--results", "A"], "is not NAME=PATH"),
        (["--results", "=a.json"], "is not NAME=PATH"),
        (["--results", "A=a", "--results", "A=b"], "'A' twice"),
        (["--results", "A=a", "--models", "lite"], "--models is for models"),
        (["--results", "A=a", "--num-poses", "2"], "--num-poses is for models"),
        (["--images", ".", "--models", "lite,huge"], "'huge' is no model"),
        (["--images", ".", "--num-poses", "0"], "num_poses is 0"),
        (["--images", ".", "--search", "everywhere"], "everywhere"),
        (["--images", ".", "--normalizer", "nose"], "nose"),
        (["--images", "nowhere"], "nowhere"),
        (["--images", ".", "--pck-threshold", "0"], "0"),
    ],
)
def test_wrong_arguments_are_explained(
    annotations: Path, arguments: list[str], sentence: str
) -> None:
    done = evaluate(annotations, *arguments)
    assert done.exit_code == 2
    assert sentence in done.output


def test_a_field_that_images_lack_cannot_group_them(annotations: Path) -> None:
    done = of_lite(annotations, "--group-by", "sport")
    assert done.exit_code == 1
    assert "images, entry 0 has no sport" in done.output


def test_results_with_the_name_of_our_row_are_refused(annotations: Path, tmp_path: Path) -> None:
    results = write_results(tmp_path / "a.json")
    done = of_lite(annotations, "--results", f"{OURS}={results}")
    assert f"{OURS} is a row of our own" in done.output


def test_files_that_are_read_are_not_overwritten(annotations: Path, tmp_path: Path) -> None:
    results = write_results(tmp_path / "evaluation.json")
    before = results.read_bytes()
    done = evaluate(annotations, "--results", f"A={results}", "-o", tmp_path)
    assert done.exit_code == 1
    assert "would overwrite" in done.output
    assert results.read_bytes() == before


def test_a_run_that_fails_changes_no_file(annotations: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "worst.png").mkdir(parents=True)
    (out / "table.md").write_text("before")
    done = of_lite(annotations)
    assert done.exit_code == 1
    assert "worst.png cannot be written" in done.output
    assert names(out) == ["table.md", "worst.png"]
    assert (out / "table.md").read_text() == "before"


@pytest.mark.parametrize("library", ["matplotlib.figure", "faster_coco_eval"])
def test_a_missing_library_is_one_sentence(
    annotations: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    done = of_lite(annotations)
    assert done.exit_code == 1
    assert "pip install 'vitruvian[evaluation]'" in done.output
