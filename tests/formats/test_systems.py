"""What each system writes that others do not: points that were not found, scores and ids."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.formats.answer import PEOPLE
from tests.formats.written import WRITERS
from vitruvian.formats.apple_vision import JOINTS
from vitruvian.formats.points import COCO_NAMES
from vitruvian.formats.predictions import read
from vitruvian.skeleton import COCO_17

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vitruvian.prediction import PredictedPerson

NOSE = COCO_NAMES.index("nose")
LEFT_KNEE = COCO_NAMES.index("left_knee")


def read_changed(name: str, folder: Path, change: Callable[[Any], object]) -> list[PredictedPerson]:
    """Return the people after a change of the JSON that a writer wrote."""
    path = WRITERS[name][1](folder)
    for file in [path] if path.is_file() else path.iterdir():
        document = json.loads(file.read_text())
        change(document)
        file.write_text(json.dumps(document))
    return read(path)


def assert_only_the_nose_is_missing(people: list[PredictedPerson]) -> None:
    for person in people:
        assert np.isnan(person.keypoints).any(axis=1).tolist() == [True] + [False] * 16


def test_openpose_writes_zeros_for_a_point_that_was_not_found(tmp_path: Path) -> None:
    def lose_the_nose(document: Any) -> None:
        for person in document["people"]:
            person["pose_keypoints_2d"][:3] = [0, 0, 0]

    people = read_changed("openpose body 25", tmp_path, lose_the_nose)
    assert_only_the_nose_is_missing(people)
    known = np.delete(PEOPLE[0].confidences[list(COCO_17)], NOSE).sum() / 17
    assert people[0].score == pytest.approx(known)


def test_openpose_moves_points_that_were_not_found_with_the_scale_4(tmp_path: Path) -> None:
    def lose_the_nose(document: Any) -> None:
        for person in document["people"]:
            person["pose_keypoints_2d"][:3] = [-1, -1, 0]

    assert_only_the_nose_is_missing(read_changed("openpose scale 4", tmp_path, lose_the_nose))


def test_the_scale_of_openpose_is_told_by_all_people(tmp_path: Path) -> None:
    def to_the_lower_right(document: Any) -> None:
        for person in document["people"][1:]:
            person["pose_keypoints_2d"] = [abs(value) for value in person["pose_keypoints_2d"]]

    people = read_changed("openpose scale 4", tmp_path, to_the_lower_right)
    assert people[1].keypoints.min() >= 0.5


def test_openpose_ids_are_read_if_there_are_any(tmp_path: Path) -> None:
    def number(document: Any) -> None:
        for index, person in enumerate(document["people"]):
            person["person_id"] = [index]

    assert [one.track_id for one in read(WRITERS["openpose body 25"][1](tmp_path))] == [None] * 3
    people = read_changed("openpose body 25", tmp_path, number)
    assert [person.track_id for person in people] == [0, 1, 0]


@pytest.mark.parametrize("name", ["coco", "alphapose 26"])
def test_zeros_in_flat_lists_are_points_that_were_not_found(name: str, tmp_path: Path) -> None:
    def lose_the_nose(document: Any) -> None:
        for entry in document:
            entry["keypoints"][:3] = [0, 0, 0]

    assert_only_the_nose_is_missing(read_changed(name, tmp_path, lose_the_nose))


def test_a_confidence_of_zero_alone_is_a_point_of_coco(tmp_path: Path) -> None:
    def doubt_the_nose(document: Any) -> None:
        for entry in document:
            entry["keypoints"][2] = 0

    people = read_changed("coco", tmp_path, doubt_the_nose)
    assert not np.isnan(people[0].keypoints).any()


def test_a_score_of_alphapose_may_exceed_one(tmp_path: Path) -> None:
    def raise_scores(document: Any) -> None:
        for entry in document:
            entry["score"] = 3.25

    people = read_changed("alphapose 26", tmp_path, raise_scores)
    assert [person.score for person in people] == [3.25] * 3


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([1, 2, 1], [1, 2, 1]),
        ([[1, 3], [2.0], []], [1, 2, None]),
        ([0, 0, 0], [None, None, None]),
        ([[0.0], [0.0], [0.0]], [None, None, None]),
        ([0, 1, 0], [0, 1, 0]),
    ],
)
def test_ids_of_alphapose_are_numbers_or_lists(
    ids: list[Any], expected: list[int | None], tmp_path: Path
) -> None:
    def number(document: Any) -> None:
        for entry, given in zip(document, ids, strict=True):
            entry["idx"] = given

    people = read_changed("alphapose 17", tmp_path, number)
    assert [person.track_id for person in people] == expected


def test_an_entry_of_alphapose_may_lack_what_another_has(tmp_path: Path) -> None:
    def remove(document: Any) -> None:
        del document[1]["box"], document[2]["idx"]

    people = read_changed("alphapose 17", tmp_path, remove)
    assert [person.box is None for person in people] == [False, True, False]


def test_vision_leaves_out_joints_or_gives_them_no_confidence(tmp_path: Path) -> None:
    def lose(document: Any) -> None:
        for image in document:
            for observation in image["observations"]:
                observation["joints"]["nose"] = [0, 1, 0]
                del observation["joints"]["leftKnee"]

    for person in read_changed("apple vision", tmp_path, lose):
        missing = np.isnan(person.keypoints).all(axis=1)
        assert np.flatnonzero(missing).tolist() == [NOSE, LEFT_KNEE]


def test_vision_has_19_joints_and_all_of_coco() -> None:
    assert len(JOINTS) == 19
    assert {*COCO_NAMES} < {ours for _, ours in JOINTS.values()}


def test_ultralytics_moves_uncertain_points_to_the_corner(tmp_path: Path) -> None:
    def lose_the_nose(document: Any) -> None:
        for found in document:
            found["keypoints"]["x"][0] = found["keypoints"]["y"][0] = 0

    assert_only_the_nose_is_missing(read_changed("ultralytics", tmp_path, lose_the_nose))


def test_the_score_of_mmpose_is_that_of_its_own_evaluation(tmp_path: Path) -> None:
    def score(document: Any) -> None:
        for person in document:
            person["keypoint_scores"] = [0.9] * 10 + [0.5] * 6 + [0.1]
            person["bbox_score"] = 0.5

    people = read_changed("mmpose 17", tmp_path, score)
    assert people[0].score == pytest.approx(0.5 * (10 * 0.9 + 6 * 0.5) / 16)


def test_landmarks_of_mediapipe_may_have_no_visibility(tmp_path: Path) -> None:
    def remove(document: Any) -> None:
        for person in document:
            for landmark in person:
                del landmark["visibility"]

    people = read_changed("mediapipe lists", tmp_path, remove)
    assert {person.score for person in people} == {1.0}
    assert np.isnan(people[0].confidences).all()


@pytest.mark.parametrize(
    "nobody",
    [
        {"pose_landmarks": None},
        {"pose_landmarks": [], "pose_world_landmarks": []},
        {"landmarks": [], "worldLandmarks": []},
    ],
)
def test_mediapipe_may_find_nobody(nobody: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(nobody))
    assert read(tmp_path) == []


def test_one_person_of_mediapipe_needs_no_list(tmp_path: Path) -> None:
    path = WRITERS["mediapipe lists"][1](tmp_path) / "b.json"
    (landmarks,) = json.loads(path.read_text())
    forms = (landmarks, {"landmark": landmarks}, {"poseLandmarks": landmarks, "image": None})
    for form in forms:
        path.write_text(json.dumps(form))
        (person,) = read(path)
        np.testing.assert_array_equal(person.landmarks, PEOPLE[2].points)
        assert person.image == "b"


def test_a_list_of_our_results_without_names_counts_frames(tmp_path: Path) -> None:
    def count(document: Any) -> None:
        for index, result in enumerate(document):
            del result["image"]
            result["frame"] = index + 7

    people = read_changed("list of to_dict", tmp_path, count)
    assert [person.image for person in people] == [("results", 7), ("results", 7), ("results", 8)]
    assert [person.track_id for person in people] == [1, 2, 1]
