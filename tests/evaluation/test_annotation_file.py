from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.support.annotated import coco_file, entry, image_entry, written
from vitruvian.errors import EvaluationError
from vitruvian.evaluation.annotation_file import read_annotations

if TYPE_CHECKING:
    from pathlib import Path

NAN = float("nan")


def test_people_and_images_are_read(tmp_path: Path) -> None:
    (image,) = read_annotations(written(tmp_path, coco_file())).images
    assert (image.id, image.file_name, image.size, image.group) == (
        1,
        "000001.jpg",
        (640, 480),
        "all",
    )
    (person,) = image.people
    assert person.id == 1
    assert person.labelled.all()
    np.testing.assert_array_equal(person.keypoints_px[0], (320, 110))
    assert (person.area_px2, person.is_crowd, person.counts) == (9000, False, True)


def test_a_keypoint_without_a_label_has_no_position(tmp_path: Path) -> None:
    keypoints = entry()["keypoints"]
    keypoints[3:9] = [7, 7, 0, 8, 8, 1]
    content = coco_file(annotations=[entry(keypoints=keypoints)])
    person = read_annotations(written(tmp_path, content)).images[0].people[0]
    np.testing.assert_array_equal(person.labelled[:4], (True, False, True, True))
    assert np.isnan(person.keypoints_px[1]).all()
    np.testing.assert_array_equal(person.keypoints_px[2], (8, 8))


def test_a_person_without_an_area_has_that_of_half_the_box(tmp_path: Path) -> None:
    content = coco_file(annotations=[entry(area=None, bbox=[0, 0, 10, 20])])
    person = read_annotations(written(tmp_path, content)).images[0].people[0]
    assert person.area_px2 == pytest.approx(0.53 * 200)


def test_a_person_without_a_box_has_that_of_the_keypoints(tmp_path: Path) -> None:
    content = coco_file(annotations=[entry(bbox=None)])
    person = read_annotations(written(tmp_path, content)).images[0].people[0]
    np.testing.assert_array_equal(person.box_px, (275, 105, 90, 275))


def test_the_fields_beside_those_of_coco_are_read(tmp_path: Path) -> None:
    person = entry(
        landmarks=np.arange(66).reshape(33, 2).tolist(),
        world_landmarks=np.arange(99).tolist(),
        head_size=40,
        track_id=7,
    )
    images = [image_entry(mask="m.png", video="v", frame=15, timestamp_s=0.5)]
    content = coco_file(images=images, annotations=[person])
    (image,) = read_annotations(written(tmp_path, content)).images
    assert (image.mask, image.video, image.frame) == ("m.png", "v", 15)
    assert image.timestamp_s == 0.5
    (found,) = image.people
    assert found.landmarks_px is not None
    np.testing.assert_array_equal(found.landmarks_px[1], (2, 3))
    assert found.world_landmarks is not None
    np.testing.assert_array_equal(found.world_landmarks[1], (3, 4, 5))
    assert (found.head_size_px, found.track_id) == (40, 7)


def test_images_are_grouped_by_their_activity(tmp_path: Path) -> None:
    images = [image_entry(1, activity="Yoga", place=3), image_entry(2, activity="Dance", place=3)]
    path = written(tmp_path, coco_file(images=images))
    annotations = read_annotations(path)
    assert annotations.groups == ("Yoga", "Dance")
    np.testing.assert_array_equal(annotations.in_group("Dance"), [1])
    assert read_annotations(path, "place").groups == ("3",)


BAD_FILES: dict[str, tuple[Any, str]] = {
    "empty": ("", "truth.json is empty"),
    "blank": (" \n", "truth.json is empty"),
    "cut short": (json.dumps(coco_file())[:-40], "truth.json is no JSON .* if it is cut short"),
    "not JSON": ("image,x,y", "truth.json is no JSON"),
    "nested too deeply": ("[" * 100_000, "truth.json is nested too deeply"),
    "a key twice": ('{"images": [], "images": []}', "truth.json has images twice"),
    "a list": ([1], "truth.json is a list: give an object"),
    "no images": (coco_file(images=[]), "truth.json has no images"),
    "no list of images": ({"annotations": []}, "truth.json has no images"),
    "no list of annotations": ({"images": []}, "truth.json has no annotations"),
    "images that are no list": (coco_file(images={}), "truth.json, images is an object: give a"),
    "an image that is a text": (coco_file(images=["a"]), "images, entry 0 is 'a': give an object"),
    "an image without a name": (coco_file(images=[{"id": 1}]), "images, entry 0 has no width"),
}
BAD_IMAGES: dict[str, tuple[dict[str, Any], str]] = {
    "no name": ({"file_name": " "}, "images, entry 1, file_name is ' ': give a text"),
    "an id that is a list": ({"id": [2]}, "images, entry 1, id is a list: give a whole number"),
    "no pixels": ({"width": 0}, "images, entry 1, width is 0: give a number from 1 to 1,000,000"),
    "an absurd width": ({"width": 10**400}, r"images, entry 1, width is 10{59}…: give a number"),
    "half a pixel": ({"width": 0.5 + 99}, "images, entry 1, width is 99.5: give a whole number"),
    "a negative height": ({"height": -5}, "images, entry 1, height is -5: give a number from 1"),
    "a size that is a text": ({"height": "480"}, "images, entry 1, height is '480': give a number"),
    "the same id": ({"id": 1}, "images, entry 1, id is 1, as in an entry before it"),
    "the same file": ({"file_name": "000001.jpg"}, "entry 1, file_name is '000001.jpg', as in an"),
    "the same frame": ({"video": "v", "frame": 3}, "images, entry 1, frame is 3, as in an entry"),
    "a frame before all": ({"frame": -1}, "images, entry 1, frame is -1: give a number from 0"),
    "no group": ({"activity": None}, "images, entry 1 has no activity"),
    "a group that is a list": ({"activity": ["x"]}, "images, entry 1, activity is a list: give a"),
    "a group that is NaN": ({"activity": NAN}, "images, entry 1, activity is nan: give a"),
    "a time that is none": ({"timestamp_s": NAN}, "images, entry 1, timestamp_s is nan: give a"),
}
BAD_PEOPLE: dict[str, tuple[dict[str, Any], str]] = {
    "133 points": ({"keypoints": [1] * 399}, "entry 1, keypoints has 399 numbers: give 3 for each"),
    "a point too few": ({"keypoints": [1] * 48}, "keypoints has 48 numbers: give .* of 17 points"),
    "a number too few": ({"keypoints": [1] * 50}, "annotations, entry 1, keypoints has 50 numbers"),
    "NaN": ({"keypoints": [NAN] * 51}, "annotations, entry 1, keypoints has NaN or a number bey"),
    "infinity": ({"keypoints": [1e999] * 51}, "annotations, entry 1, keypoints has NaN or a numb"),
    "an absurd place": ({"keypoints": [1e300] * 51}, "or a number beyond 1,000,000,000: correct"),
    "text": ({"keypoints": ["x"] * 51}, "annotations, entry 1, keypoints has values that are not"),
    "keypoints as an object": ({"keypoints": {"nose": 1}}, "entry 1, keypoints is an object: give"),
    "an image that is not there": (
        {"image_id": 9},
        "annotations, entry 1, image_id is 9, which no",
    ),
    "the same id": ({"id": 1}, "annotations, entry 1, id is 1, as in an entry before it"),
    "a box of three numbers": ({"bbox": [1, 2, 3]}, "annotations, entry 1, bbox has 3 numbers"),
    "a negative box": ({"bbox": [1, 2, -3, 4]}, "annotations, entry 1, bbox has a negative size"),
    "a negative area": ({"area": -1}, "annotations, entry 1, area is -1: give a number from 0"),
    "neither": ({"area": None, "bbox": None}, "annotations, entry 1 has neither area nor bbox"),
    "labels that are not counted": (
        {"num_keypoints": 0},
        "annotations, entry 1, num_keypoints is 0, but 17 keypoints are labelled",
    ),
    "a crowd of two": ({"iscrowd": 2}, "annotations, entry 1, iscrowd is 2: give a number from 0"),
    "few landmarks": ({"landmarks": [[1, 2]]}, "entry 1, landmarks has 2 numbers: give 2 for each"),
    "uneven ones": ({"landmarks": [[1, 2], [1]]}, "entry 1, landmarks has lists of several"),
    "turned ones": ({"landmarks": np.ones((2, 33)).tolist()}, "entry 1, landmarks has 66 numbers"),
}


@pytest.mark.parametrize(("content", "message"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_one_error(tmp_path: Path, content: Any, message: str) -> None:
    assert_one_error(tmp_path, content, message)


@pytest.mark.parametrize(("changes", "message"), BAD_IMAGES.values(), ids=BAD_IMAGES)
def test_a_bad_image_is_one_error(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    first = image_entry(1, activity="Yoga", video="v", frame=3)
    second = {**image_entry(2, activity="Yoga"), **changes}
    assert_one_error(tmp_path, coco_file(images=[first, second]), message)


@pytest.mark.parametrize(("changes", "message"), BAD_PEOPLE.values(), ids=BAD_PEOPLE)
def test_a_bad_person_is_one_error(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    assert_one_error(tmp_path, coco_file(annotations=[entry(), {**entry(2), **changes}]), message)


def assert_one_error(folder: Path, content: Any, message: str) -> None:
    with pytest.raises(EvaluationError, match=message) as caught:
        read_annotations(written(folder, content))
    text = str(caught.value)
    assert "truth.json" in text
    assert text.endswith(".")
    assert not re.search(r"[\n\x1b]", text)


def test_a_file_that_is_not_there_or_a_folder_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"missing\.json cannot be read \(No such file"):
        read_annotations(tmp_path / "missing.json")
    with pytest.raises(EvaluationError, match="is no file with content"):
        read_annotations(tmp_path)


def test_annotations_of_which_none_has_keypoints_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="has no annotation with keypoints"):
        read_annotations(written(tmp_path, coco_file(annotations=[entry(keypoints=None)])))


def test_what_does_not_count_is_noted(tmp_path: Path) -> None:
    people = [
        entry(1),
        entry(2, iscrowd=1),
        entry(3, keypoints=[0] * 51, num_keypoints=0),
        entry(4, keypoints=None),
        entry(5, area=0),
    ]
    content = coco_file(images=[image_entry(1), image_entry(2)], annotations=people)
    annotations = read_annotations(written(tmp_path, content))
    assert [person.counts for person in annotations.images[0].people] == [True, False, False, True]
    for start in (
        "1 annotations have no keypoints",
        "1 annotations are crowds",
        "1 people have no labelled keypoint",
        "1 people have an area of 0",
        "1 images have no person",
    ):
        assert any(note.startswith(start) for note in annotations.notes)
    assert len(annotations.notes) == 5


def test_a_name_with_control_characters_is_printed_without_them(tmp_path: Path) -> None:
    second = image_entry(2, file_name="a\x1b[31m")
    content = coco_file(images=[image_entry(1, file_name="a\x1b[31m"), second])
    assert_one_error(tmp_path, content, r"entry 1, file_name is 'a\\x1b")
