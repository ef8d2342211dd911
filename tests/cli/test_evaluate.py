"""What `vitruvian evaluate` prints and writes, and which inputs it refuses."""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import PIL.Image
import pytest
from click.testing import CliRunner

from tests.cli.program import names, vitruvian
from tests.support import annotated_images
from tests.support.annotated_images import write_results, write_set
from vitruvian.cli.main import main
from vitruvian.images.writer import write_image
from vitruvian.jobs import evaluation_rows
from vitruvian.jobs.evaluation_files import NAMES
from vitruvian.weights.catalogue import WEIGHTS

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

OURS = "BlazePose.Lite"


def evaluate(annotations: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["evaluate", str(annotations), *map(str, arguments)])


def of_lite(annotations: Path, *arguments: object) -> Result:
    folder = annotations.parent
    return evaluate(
        annotations, "--images", folder, "--models", "lite", "-o", folder / "out", *arguments
    )


def changed(annotations: Path, change: Any) -> Path:
    """Change the content of annotations."""
    content = json.loads(annotations.read_text())
    change(content)
    annotations.write_text(json.dumps(content))
    return annotations


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def numbers(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "evaluation.json").read_text())
    return content


@pytest.fixture
def annotations(tmp_path: Path) -> Path:
    return write_set(tmp_path)


def test_the_program_prints_the_table_of_the_page_and_writes_all_files(
    annotations: Path, tmp_path: Path
) -> None:
    moved = write_results(tmp_path / "moved.json", shift_px=40)
    options = ["--models", "lite", "--images", tmp_path, "--results", f"Moved={moved}"]
    done = vitruvian("evaluate", annotations, *options, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    header, _, lite, other, *_ = done.stdout.splitlines()
    counts = ["people found", "keypoints found"]
    titles = [f"{group} {metric}" for group in ("Yoga", "Dance") for metric in ("mAP", "PCK@0.2")]
    assert cells(header) == ["", *titles, *counts]
    assert cells(lite) == [OURS, *["**100.0**"] * 4, "3", "51"]
    assert cells(other)[0] == "Moved"
    assert all(float(cell) < 50 for cell in cells(other)[1:5])
    assert "All: 3 images, 3 people, 51 keypoints; Yoga: 2 images" in done.stdout
    assert "num_poses 1 and search frame" in done.stdout
    assert names(tmp_path / "out") == sorted(NAMES)
    table = (tmp_path / "out" / "table.md").read_text()
    assert done.stdout.startswith(table)
    for picture in ("figure.png", "worst.png"):
        with PIL.Image.open(tmp_path / "out" / picture) as image:
            assert min(image.size) > 300
            assert len({*image.convert("L").resize((64, 64)).getdata()}) > 10


def test_the_files_have_all_numbers_with_intervals_and_what_they_depend_on(
    annotations: Path, tmp_path: Path
) -> None:
    moved = write_results(tmp_path / "moved.json", shift_px=6)
    done = of_lite(annotations, f"--results=Moved={moved}", "--seed", 3, "--resamplings", 50)
    assert done.exit_code == 0, done.output
    content = numbers(tmp_path / "out")
    expected = {"models": ["lite"], "num_poses": 1, "search": "frame", "normalizer": "torso"}
    assert content["options"].items() >= {**expected, "seed": 3, "resamplings": 50}.items()
    assert content["versions"]["numpy"] == np.__version__
    assert content["sha256"] == {
        "annotations": hashlib.sha256(annotations.read_bytes()).hexdigest(),
        "results": {"Moved": hashlib.sha256(moved.read_bytes()).hexdigest()},
        "weights": {
            name: WEIGHTS[name].sha256 for name in ("pose_detection", "pose_landmark_lite")
        },
    }
    with (tmp_path / "out" / "table.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["system"], row["group"]) for row in rows] == [
        (system, group) for system in (OURS, "Moved") for group in ("Yoga", "Dance", "")
    ]
    overall = content["systems"]["Moved"]["all"]["metrics"]["pck"]
    assert {float(rows[5][f"pck{end}"]) for end in ("", "_low", "_high")} == {*overall.values()}
    assert rows[4]["pck_low"] == ""  # of one image there is no interval
    assert float(rows[0]["mpjpe_mm"]) < 1e-3
    assert rows[3]["mpjpe_mm"] == ""
    with (tmp_path / "out" / "images.csv").open(newline="") as file:
        images = list(csv.DictReader(file))
    assert [(row["image"], row["system"]) for row in images] == [
        (annotated_images.name(number), system) for system in (OURS, "Moved") for number in range(3)
    ]
    assert float(images[0]["oks"]) == pytest.approx(1)
    assert float(images[3]["epe_px"]) == pytest.approx(6)


def test_details_and_published_figures_follow_the_table(annotations: Path) -> None:
    done = of_lite(annotations, "--details", "--published")
    assert done.exit_code == 0, done.output
    _, *sections = done.output.split("## ")
    titles = [section.partition("\n")[0] for section in sections]
    assert titles == [
        "Further metrics, all images",
        "Details, Yoga",
        "Details, Dance",
        "Details, all images",
        "PCK@0.2 of each joint, all images",
        "Published, of other images",
    ]
    assert cells(sections[1].splitlines()[2])[1:] == ["AR", "AP50", "AP75", "AUC", "EPE, px"]
    assert len(sections[4].splitlines()) > 17
    published = sections[5].splitlines()
    heavy = ["**68.1**", "**96.4**", "**73.0**", "**97.2**", "**74.0**", "**97.5**"]
    assert cells(published[4]) == ["BlazePose.Heavy", *heavy]
    assert "of other images" in published[-1] or "of other images" in sections[5]


def test_options_change_what_is_measured(annotations: Path, tmp_path: Path) -> None:
    moved = write_results(tmp_path / "moved.json", shift_px=20)

    def measured(*options: object) -> tuple[str, float]:
        done = evaluate(annotations, "--results", f"A={moved}", "-o", tmp_path / "out", *options)
        assert done.exit_code == 0, done.output
        pck: float = numbers(tmp_path / "out")["systems"]["A"]["all"]["metrics"]["pck"]["value"]
        return done.output.partition("\n")[0], pck

    header, with_torso = measured()
    assert "Yoga PCK@0.2" in header
    _, with_box = measured("--normalizer", "box")
    header, with_threshold = measured("--pck-threshold", 0.5)
    assert "Yoga PCK@0.5" in header
    assert with_torso < with_box == with_threshold == 100
    header, _ = measured("--group-by", "width")
    assert "256 mAP" in header


def test_each_image_is_read_once_for_all_rows(
    annotations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    open_image_file = evaluation_rows.open_image_file
    monkeypatch.setattr(
        evaluation_rows,
        "open_image_file",
        lambda path, *others: read.append(path.name) or open_image_file(path, *others),  # type: ignore[func-returns-value]
    )
    # Otherwise worst.png reads its images, too.
    monkeypatch.setattr("vitruvian.jobs.evaluation_files.read_image", lambda *_: None)
    changed(
        annotations,
        lambda content: content["annotations"].append(annotated_images.person(9, 0, 99)),
    )
    done = of_lite(annotations)
    assert [cells(line)[0] for line in done.output.splitlines()[2:4]] == [
        OURS,
        f"{OURS}, all people",
    ]
    assert sorted(read) == ["0.png", "1.png", "2.png"]


def test_with_all_people_there_are_no_second_rows(annotations: Path, tmp_path: Path) -> None:
    changed(
        annotations,
        lambda content: content["annotations"].append(annotated_images.person(9, 0, 99)),
    )
    done = of_lite(annotations, "--num-poses", "all", "--search", "tiles")
    assert "num_poses all and search tiles" in done.output
    assert [*numbers(tmp_path / "out")["systems"]] == [OURS]
    assert numbers(tmp_path / "out")["options"]["search"] == "tiles"


def test_without_images_no_model_is_loaded(
    annotations: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation_rows, "Networks", None)
    results = write_results(tmp_path / "a.json")
    done = evaluate(annotations, "--results", f"A={results}", "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    content = numbers(tmp_path / "out")
    assert [*content["systems"]] == ["A"]
    assert content["sha256"]["weights"] == {}
    assert "models" not in content["options"]
    assert "num_poses" not in done.output


def test_masks_are_compared(annotations: Path, tmp_path: Path) -> None:
    changed(
        annotations,
        lambda content: [
            image.update(mask=f"{image['id']}.mask.png") for image in content["images"]
        ],
    )
    for number, result in enumerate(annotated_images.found()):
        masks = result.segmentation_masks
        assert masks is not None
        upper = (masks[0] > 0.5) & (np.arange(annotated_images.SIDE_PX) < 128)[:, np.newaxis]
        mask = masks[0] > 0.5 if number else upper
        write_image(
            tmp_path / f"{number}.mask.png",
            np.repeat(mask[..., np.newaxis] * np.uint8(255), 3, axis=2),
        )
    done = of_lite(annotations)
    assert "mask IoU" in done.output
    part = upper.sum() / mask.sum()
    systems = numbers(tmp_path / "out")["systems"]
    iou = systems[OURS]["all"]["metrics"]["mask_iou"]["value"]
    assert 0 < part < 1
    assert systems[OURS]["groups"]["Dance"]["metrics"]["mask_iou"]["value"] == 100
    assert 67 < iou < 100


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
        (lambda c: c["annotations"][1].update(keypoints=[1.0] * 399), "annotation entry 1 has 133"),
        (lambda c: c["annotations"][1]["keypoints"].__setitem__(0, float("nan")), "annotation entry 1 has nan"),
        (lambda c: duplicate(c, "images"), "2 images with the id 0"),
        (lambda c: duplicate(c, "annotations"), "2 annotations with the id 0"),
        (lambda c: c["annotations"][2].update(image_id=77), "image_id 77, which no image has"),
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
        (lambda path: None, "a.json"),
        (lambda path: path.write_text("{}"), "no format that is known"),
        (lambda path: path.write_text('[{"image_id"'), "a.json"),
        (lambda path: path.write_text(write_results(path).read_text().replace('"image_id": ', '"image_id": 7')), "lacks"),
        (lambda path: path.write_text(json.dumps(json.loads(write_results(path).read_text()) * 2)), "twice"),
        (lambda path: normalize(write_results(path)), "normalized"),
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


def normalize(path: Path) -> None:
    entries = json.loads(path.read_text())
    for entry in entries:
        entry["keypoints"] = [value / annotated_images.SIDE_PX for value in entry["keypoints"]]
    path.write_text(json.dumps(entries))


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
    assert "image entry 0 has no sport" in done.output


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


def test_names_from_outside_cannot_break_the_tables(annotations: Path, tmp_path: Path) -> None:
    results = write_results(tmp_path / "a.json")
    name = "a|b **c** $x_1$ \x1b[31m\n日本"
    changed(annotations, lambda content: content["images"][2].update(activity="<b>|\n$\\frac"))
    done = evaluate(annotations, "--results", f"{name}={results}", "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "\x1b" not in done.output
    table = done.output.partition("\n\n")[0].splitlines()
    assert len(table) == 3
    assert len({line.replace("\\|", "").count("|") for line in table}) == 1
    assert "a\\|b \\*\\*c\\*\\* $x_1$" in table[2]
