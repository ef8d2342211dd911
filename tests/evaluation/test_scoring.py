from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import PIL.Image
import pytest

import vitruvian.evaluation
from tests.support.annotated import (
    SIZE,
    annotations_of,
    coco_file,
    crowded,
    entry,
    found_person,
    image_entry,
    people_of,
    read_content,
    true_person,
    written,
)
from tests.support.results import result
from vitruvian.errors import EvaluationError, OptionError
from vitruvian.evaluation import evaluate
from vitruvian.evaluation.masks import MaskOverlap
from vitruvian.evaluation.metrics import METRICS, PART_METRICS
from vitruvian.skeleton import COCO_17

if TYPE_CHECKING:
    from pathlib import Path

    from vitruvian.prediction import PredictedPerson
    from vitruvian.result import PoseResult


def complete(folder: Path) -> tuple[dict[str, Any], list[PredictedPerson]]:
    """Return annotations of a video with everything, in two groups, and the perfect answer."""
    world = np.random.default_rng(0).normal(0, 0.4, (33, 3))
    landmarks_px = np.random.default_rng(1).uniform(0, 400, (33, 2))
    images, people, found = [], [], []
    for i in range(1, 13):
        keypoints_px = true_person().keypoints_px + 8 * np.sin(i)
        points = np.concatenate((keypoints_px, np.full((17, 1), 2.0)), axis=1)
        group = "Yoga" if i < 7 else "Dance"
        images.append(image_entry(i, activity=group, video=group, timestamp_s=i / 30, mask="m.png"))
        people.append(
            entry(
                i,
                i,
                keypoints=points.ravel().tolist(),
                landmarks=landmarks_px.tolist(),
                world_landmarks=world.tolist(),
                track_id=4,
            )
        )
        found.append(
            found_person(keypoints_px, i, landmarks=landmarks_px, world_landmarks=world, track_id=9)
        )
    PIL.Image.new("L", SIZE, 255).save(folder / "m.png")
    return coco_file(images=images, annotations=people), found


def test_a_perfect_answer_is_perfect_in_every_metric(tmp_path: Path) -> None:
    pytest.importorskip("trackeval")
    content, found = complete(tmp_path)
    overlaps = {"A": {i: MaskOverlap(9, 9) for i in range(1, 13)}}
    truth = read_content(tmp_path, content)
    system = evaluate(truth, {"A": found}, mask_overlaps=overlaps).systems["A"]
    assert list(system.groups) == ["Yoga", "Dance"]
    for scores in (system.overall, *system.groups.values()):
        assert {*scores.metrics} == {*METRICS}
        assert {*scores.parts} == {*PART_METRICS}
        for name, score in scores.metrics.items():
            # No distance is nearer than 0, so the area under 20 thresholds is 19 parts, and that
            # under 31 is 30.
            best = {"auc": 95, "auc_mean_of_joints": 95, "auc_150mm": 3000 / 31}.get(
                name, 100.0 if METRICS[name].higher_is_better else 0.0
            )
            assert score.value == pytest.approx(best, abs=1e-6), name
        for name, parts in scores.parts.items():
            best = 100.0 if PART_METRICS[name].higher_is_better else 0.0
            assert {score.value for score in parts.values()} == {best}, name
        assert scores.missed_people == scores.missed_keypoints == scores.without_normalizer == 0
    assert system.overall.images == system.overall.people == 12
    assert system.overall.keypoints == 12 * 17


def test_no_answer_is_wrong_in_every_metric(tmp_path: Path) -> None:
    content, _ = complete(tmp_path)
    evaluation = evaluate(read_content(tmp_path, content), {"A": []})
    overall = evaluation.systems["A"].overall
    for name in ("ap", "ap50", "ap75", "ar", "pck", "pck_mean_of_joints", "auc"):
        assert overall.metrics[name].value == 0
    assert np.isnan(overall.metrics["epe_px"].value)
    assert overall.missed_people == 12
    assert "A: nobody was found in any image." in evaluation.notes
    assert any("A: 12 images with people have no result" in note for note in evaluation.notes)
    assert any("were not found count as wrong" in note for note in evaluation.notes)


def test_images_without_people_have_nothing_to_measure() -> None:
    truth = annotations_of((), ())
    for people in ([], [found_person(true_person().keypoints_px)]):
        metrics = evaluate(truth, {"A": people}).systems["A"].overall.metrics
        assert np.isnan(list(metrics.values())).all()


def test_the_order_of_people_changes_nothing(tmp_path: Path) -> None:
    content, results = crowded(3)
    for score, found in enumerate(results):
        found["score"] = score / 7
    people = people_of(results)
    truth = read_content(tmp_path, content)
    order = np.random.default_rng(0).permutation(len(people))
    evaluation = evaluate(
        truth, {"A": people, "B": [people[i] for i in order], "C": people[::-1]}, resamplings=50
    )
    first, *others = (system.overall for system in evaluation.systems.values())
    for other in others:
        for name, score in first.metrics.items():
            assert other.metrics[name] == pytest.approx(score), name


def test_the_order_of_images_changes_no_value(tmp_path: Path) -> None:
    content, results = crowded(4)
    turned = {**content, "images": content["images"][::-1]}
    values = [
        {
            name: score.value
            for name, score in evaluate(read_content(tmp_path, of), {"A": people_of(results)})
            .systems["A"]
            .overall.metrics.items()
        }
        for of in (content, turned)
    ]
    assert values[0] == pytest.approx(values[1])


def test_intervals_are_around_the_value_and_follow_the_seed(tmp_path: Path) -> None:
    content, results = crowded(5)
    truth, people = read_content(tmp_path, content), people_of(results)
    first, again, other = (
        evaluate(truth, {"A": people}, resamplings=200, seed=seed).systems["A"].overall.metrics
        for seed in (1, 1, 2)
    )
    for name, (value, low, high) in first.items():
        assert low < value < high, name
        assert again[name] == (value, low, high)
        assert other[name].value == value
        assert other[name].low != low


def test_equal_systems_have_equal_intervals(tmp_path: Path) -> None:
    content, results = crowded(6)
    people = people_of(results)
    systems = evaluate(read_content(tmp_path, content), {"A": people, "B": people}).systems
    assert systems["A"].overall == systems["B"].overall


def test_a_group_of_one_image_has_values_and_no_intervals(tmp_path: Path) -> None:
    images = [image_entry(1, activity="Yoga"), *(image_entry(i, activity="Dance") for i in (2, 3))]
    content = coco_file(images=images, annotations=[entry(i, i) for i in (1, 2, 3)])
    people = [found_person(true_person().keypoints_px, i) for i in (1, 2, 3)]
    evaluation = evaluate(read_content(tmp_path, content), {"A": people})
    yoga = evaluation.systems["A"].groups["Yoga"].metrics
    assert yoga["ap"].value == yoga["pck"].value == 100
    assert np.isnan((yoga["ap"].low, yoga["pck"].high)).all()
    assert "The groups with one image have no intervals: Yoga." in evaluation.notes


def test_images_have_scores_of_their_own() -> None:
    right = true_person().keypoints_px
    wrong = right + 300
    truth = annotations_of((true_person(),), (true_person(2),), (true_person(3),), ())
    people = [found_person(right, 1), found_person(wrong, 2), found_person(right, 4)]
    images = evaluate(truth, {"A": people}).systems["A"].images
    assert [image.number for image in images] == [0, 1, 2, 3]
    assert [image.people for image in images] == [1, 1, 1, 0]
    assert [image.found for image in images] == [1, 1, 0, 1]
    assert [image.missed_people for image in images] == [0, 0, 1, 0]
    np.testing.assert_allclose([image.pck for image in images], [100, 0, 0, np.nan])
    np.testing.assert_allclose([image.oks for image in images], [1, 0, 0, np.nan], atol=1e-6)
    epe_px = np.hypot(300, 300)
    np.testing.assert_allclose([image.epe_px for image in images], [0, epe_px, np.nan, np.nan])


def test_people_left_out_of_pck_are_noted() -> None:
    labelled = np.arange(17) > 12
    keypoints_px = np.where(labelled[:, np.newaxis], true_person().keypoints_px, np.nan)
    partial = true_person(2, labelled=labelled, keypoints_px=keypoints_px)
    truth = annotations_of((true_person(),), (partial,))
    evaluation = evaluate(truth, {"A": []})
    assert evaluation.systems["A"].overall.without_normalizer == 1
    assert any(note.startswith("1 of 2 people are left out of PCK") for note in evaluation.notes)
    assert not any(
        "left out of PCK" in n for n in evaluate(truth, {"A": []}, normalizer="box").notes
    )


def our_result(index: int, **changes: Any) -> PoseResult:
    landmarks = np.full((1, 33, 3), 0.5, np.float32)
    landmarks[0, COCO_17, :2] = true_person().keypoints_px / SIZE
    return result(pose_landmarks=landmarks, image_size=SIZE, index=index, **changes)


def test_our_own_results_are_scored(tmp_path: Path) -> None:
    PIL.Image.new("L", SIZE, 255).save(tmp_path / "m.png")
    truth = annotations_of((true_person(),), (true_person(2),), mask="m.png")
    truth = replace(truth, folder=tmp_path)
    masks = np.zeros((1, SIZE.height, SIZE.width), np.float32)
    masks[:, : SIZE.height // 4] = 1
    results = (our_result(index, segmentation_masks=masks) for index in (1, 0))
    metrics = evaluate(truth, {"ours": results}).systems["ours"].overall.metrics
    assert metrics["pck"].value == metrics["ap"].value == 100
    assert metrics["epe_px"].value == pytest.approx(0, abs=1e-4)  # float32
    assert metrics["mask_iou"].value == 25


def test_our_own_results_of_other_images_are_an_error() -> None:
    truth = annotations_of((true_person(),))
    with pytest.raises(EvaluationError, match=r"index 1, but truth\.json has 1 images"):
        evaluate(truth, {"ours": [our_result(1)]})
    with pytest.raises(EvaluationError, match=r"of 480x640 pixels for 1\.jpg, .* with 640x480"):
        evaluate(truth, {"ours": [replace(our_result(0), image_size=(480, 640))]})


def test_files_are_scored(tmp_path: Path) -> None:
    content, results = crowded(7)
    path = written(tmp_path, content)
    file = written(tmp_path, results, "results.json")
    from_files = evaluate(str(path), {"A": file}, resamplings=0).systems["A"].overall
    people = people_of(results)
    from_people = evaluate(read_content(tmp_path, content), {"A": people}, resamplings=0)
    for name, score in from_people.systems["A"].overall.metrics.items():
        assert from_files.metrics[name].value == pytest.approx(score.value)


def test_everything_is_ready_for_json(tmp_path: Path) -> None:
    content, found = complete(tmp_path)
    evaluation = evaluate(read_content(tmp_path, content), {"A": found, "B": []}, resamplings=20)
    data = json.loads(json.dumps(evaluation.to_dict(), allow_nan=False))
    assert data["annotations"] == "truth.json"
    assert data["options"] == {
        "normalizer": "torso",
        "pck_threshold": 0.2,
        "resamplings": 20,
        "seed": 0,
    }
    assert data["notes"] == list(evaluation.notes)
    system = data["systems"]["A"]
    assert system["all"]["metrics"]["pck"] == {"value": 100, "low": 100, "high": 100}
    assert system["groups"]["Yoga"]["images"] == 6
    assert system["all"]["parts"]["joints_pck"]["nose"]["value"] == 100
    assert system["images"][0] == {
        "id": 1,
        "file_name": "000001.jpg",
        "group": "Yoga",
        "people": 1,
        "found": 1,
        "missed_people": 0,
        "oks": 1.0,
        "pck": 100.0,
        "epe_px": 0.0,
    }
    assert data["systems"]["B"]["all"]["metrics"]["epe_px"]["value"] is None


@pytest.mark.parametrize(
    ("results", "options", "message"),
    [
        ({}, {}, "results is empty"),
        ({"A": 3}, {}, "results has 3 for A: give a path, or a list"),
        ({"A": [3]}, {}, "results has 3 for A: give a path, or a list"),
        ({"A": []}, {"normalizer": "leg"}, "normalizer is 'leg': give one of torso, midline"),
        ({"A": []}, {"pck_threshold": 0}, "pck_threshold is 0: give a number above 0"),
        ({"A": []}, {"pck_threshold": float("nan")}, "pck_threshold is nan"),
        ({"A": []}, {"resamplings": -1}, "resamplings is -1: give a whole number from 0"),
        ({"A": []}, {"seed": -1}, "seed is -1: give a whole number from 0"),
    ],
)
def test_a_bad_option_is_one_error(results: Any, options: Any, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        evaluate(annotations_of((true_person(),)), results, **options)


def test_the_package_has_the_names_that_it_says() -> None:
    for name in dir(vitruvian.evaluation):
        assert getattr(vitruvian.evaluation, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        vitruvian.evaluation.nonsense  # noqa: B018
