"""What `vitruvian evaluate` prints and writes."""

from __future__ import annotations

import csv
import hashlib
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image
import pytest

from tests.cli.evaluating import OURS, cells, changed, evaluate, numbers, of_lite
from tests.cli.program import names, program
from tests.support import annotated_images
from tests.support.annotated_images import write_results
from vitruvian.images.writer import write_image
from vitruvian.jobs import evaluation_rows
from vitruvian.jobs.evaluation_files import NAMES
from vitruvian.weights.catalogue import WEIGHTS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("no_figures")


def test_the_program_prints_the_table_of_the_page_and_writes_all_files(
    annotations: Path, tmp_path: Path
) -> None:
    moved = write_results(tmp_path / "moved.json", shift_px=40)
    options = ["--models", "lite", "--images", tmp_path, "--results", f"Moved={moved}"]
    done = program("evaluate", annotations, *options, "-o", tmp_path / "out")
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
            assert len(np.unique(image.convert("L"))) > 10


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
    moved = write_results(tmp_path / "moved.json", shift_px=50)  # torsos have 160, boxes 420

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
