from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.support.annotated import coco_file, entry, image_entry, written
from vitruvian.errors import MediaError
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
    images = [image_entry(mask="m.png", video="v", timestamp_s=0.5)]
    content = coco_file(images=images, annotations=[person])
    (image,) = read_annotations(written(tmp_path, content)).images
    assert (image.mask, image.video, image.timestamp_s) == ("m.png", "v", 0.5)
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
    "cut short": (json.dumps(coco_file())[:-40], "truth.json is no JSON, or is cut short"),
    "not JSON": ("image,x,y", "truth.json is no JSON"),
    "nested too deeply": ("[" * 100_000, "truth.json is no JSON"),
    "a list": ([1], "the file is a list, not an object"),
    "no images": (coco_file(images=[]), "has no images"),
    "no list of images": ({"annotations": []}, "the file has no images"),
    "no list of annotations": ({"images": []}, "the file has no annotations"),
    "images that are no list": (coco_file(images={}), "the file has an object as images"),
    "an image that is a text": (coco_file(images=["a"]), "image entry 0 is 'a', not an object"),
    "an image without a name": (coco_file(images=[{"id": 1}]), "image entry 0 has no width"),
}
BAD_IMAGES: dict[str, tuple[dict[str, Any], str]] = {
    "no name": ({"file_name": " "}, "image entry 1 has ' ' as file_name, not a text"),
    "an id that is a list": ({"id": [2]}, "image entry 1 has a list as id, not a whole number"),
    "no pixels": ({"width": 0}, "image entry 1 has 0 as width, not from 1 to 1e"),
    "an absurd width": ({"width": 10**400}, "image entry 1 has 1000.* as width, not a finite"),
    "a negative height": ({"height": -5}, "image entry 1 has -5 as height"),
    "a size that is a text": ({"height": "480"}, "image entry 1 has '480' as height, not a finite"),
    "the same id": ({"id": 1}, "2 images with the id 1"),
    "the same file": ({"file_name": "000001.jpg"}, "2 images with the file_name '000001.jpg'"),
    "no group": ({"activity": None}, "image entry 1 has no activity"),
    "a group that is a list": ({"activity": ["x"]}, "image entry 1 has a list as activity"),
    "a time that is none": ({"timestamp_s": NAN}, "image entry 1 has nan as timestamp_s"),
}
BAD_PEOPLE: dict[str, tuple[dict[str, Any], str]] = {
    "133 points": ({"keypoints": [1] * 399}, "annotation entry 1 has 133 keypoints, not COCO's 17"),
    "a point too few": ({"keypoints": [1] * 48}, "annotation entry 1 has 16 keypoints"),
    "a number too few": ({"keypoints": [1] * 50}, "annotation entry 1 has 50 numbers in keypoints"),
    "NaN": ({"keypoints": [NAN] * 51}, "annotation entry 1 has nan in keypoints"),
    "infinity": ({"keypoints": [1e999] * 51}, "annotation entry 1 has inf in keypoints"),
    "an absurd place": ({"keypoints": [1e300] * 51}, r"has numbers up to 1e\+300 in keypoints"),
    "text": ({"keypoints": ["x"] * 51}, "annotation entry 1 has values in keypoints that are no"),
    "keypoints as an object": ({"keypoints": {"nose": 1}}, "entry 1 has an object as keypoints"),
    "an image that is not there": ({"image_id": 9}, "annotation entry 1 has the image_id 9, which"),
    "the same id": ({"id": 1}, "2 annotations with the id 1"),
    "a box of three numbers": ({"bbox": [1, 2, 3]}, "annotation entry 1 has 3 numbers in bbox"),
    "a negative box": ({"bbox": [1, 2, -3, 4]}, "annotation entry 1 has a bbox of -3x4 pixels"),
    "a negative area": ({"area": -1}, "annotation entry 1 has -1 as area, not from 0 to 1e"),
    "neither": ({"area": None, "bbox": None}, "annotation entry 1 has neither area nor bbox"),
    "labels that are not counted": (
        {"num_keypoints": 0},
        "annotation entry 1 has num_keypoints 0, but 17 labelled keypoints",
    ),
    "a crowd of two": ({"iscrowd": 2}, "annotation entry 1 has 2 as iscrowd, not from 0 to 1"),
    "few landmarks": ({"landmarks": [[1, 2]]}, "annotation entry 1 has 2 numbers in landmarks"),
    "uneven ones": ({"landmarks": [[1, 2], [1]]}, "entry 1 has values in landmarks that are no"),
}


@pytest.mark.parametrize(("content", "message"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_one_error(tmp_path: Path, content: Any, message: str) -> None:
    assert_one_error(tmp_path, content, message)


@pytest.mark.parametrize(("changes", "message"), BAD_IMAGES.values(), ids=BAD_IMAGES)
def test_a_bad_image_is_one_error(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    second = {**image_entry(2, activity="Yoga"), **changes}
    assert_one_error(tmp_path, coco_file(images=[image_entry(1, activity="Yoga"), second]), message)


@pytest.mark.parametrize(("changes", "message"), BAD_PEOPLE.values(), ids=BAD_PEOPLE)
def test_a_bad_person_is_one_error(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    assert_one_error(tmp_path, coco_file(annotations=[entry(), {**entry(2), **changes}]), message)


def assert_one_error(folder: Path, content: Any, message: str) -> None:
    with pytest.raises(MediaError, match=message) as caught:
        read_annotations(written(folder, content))
    text = str(caught.value)
    assert "truth.json" in text
    assert text.endswith(".")
    assert not re.search(r"[\n\x1b]", text)


def test_a_file_that_is_not_there_or_a_folder_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"missing\.json cannot be read \(No such file"):
        read_annotations(tmp_path / "missing.json")
    with pytest.raises(MediaError, match="cannot be read"):
        read_annotations(tmp_path)


def test_annotations_of_which_none_has_keypoints_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="has no annotation with keypoints"):
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
    assert_one_error(tmp_path, content, r"2 images with the file_name 'a\\x1b")
