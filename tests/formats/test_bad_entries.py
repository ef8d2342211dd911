"""Results with wrong values are errors that name the entry, the array or the line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.formats.refused import error_of, first_file
from tests.formats.written import WRITERS
from tests.formats.written_by_systems import coco, rtmlib
from tests.formats.written_by_us import csv, csv_of_a_video
from vitruvian.errors import EvaluationError
from vitruvian.formats.predictions import read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"keypoints": [1.0] * 50}, r"entry 1, keypoints has 50 numbers: give 51"),
        ({"keypoints": [[1.0] * 51]}, r"entry 1, keypoints has 1 × 51 numbers"),
        ({"keypoints": ["1"] * 51}, r"entry 1, keypoints has values that are not numbers"),
        ({"keypoints": [[1], [1, 2]]}, r"entry 1, keypoints has lists of several lengths"),
        (
            {"keypoints": [1e300] * 51},
            r"entry 1, keypoints has NaN or a number beyond 1,000,000,000",
        ),
        ({"score": "high"}, r"entry 1, score is 'high': give a number"),
        ({"score": True}, r"entry 1, score is True: give a number"),
        ({"score": None}, r"entry 1 has no score: add it"),
        ({"image_id": 1.5}, r"entry 1, image_id is 1.5: give a whole number or a name"),
        ({"image_id": ""}, r"entry 1, image_id is '': give a text"),
        ({"bbox": [1, 2, -3, 4]}, r"entry 1, bbox has a negative size"),
        ({"bbox": [1, 2, 3]}, r"entry 1, bbox has 3 numbers: give 4"),
        ({"track_id": 1.5}, r"entry 1, track_id is 1.5: give a whole number"),
    ],
)
def test_a_message_names_the_entry(change: dict[str, Any], message: str, tmp_path: Path) -> None:
    path = coco(tmp_path)
    document = json.loads(path.read_text())
    document[1] |= change
    path.write_text(json.dumps(document))
    with pytest.raises(EvaluationError, match=message):
        read(path)


@pytest.mark.parametrize("size", [[640, -480], [0, 480], [640], "640x480"])
def test_a_size_of_an_image_is_above_zero(size: Any, tmp_path: Path) -> None:
    path = WRITERS["apple vision"][1](tmp_path)
    document = json.loads(path.read_text())
    document[1]["size"] = size
    path.write_text(json.dumps(document))
    assert "entry 1, size" in error_of(path)


def test_a_joint_that_vision_does_not_have_is_an_error(tmp_path: Path) -> None:
    path = WRITERS["apple vision"][1](tmp_path)
    path.write_text(path.read_text().replace("leftWrist", "left_wrist"))
    assert "left_wrist is no joint of Vision: give nose, " in error_of(path)


@pytest.mark.parametrize("name", ["coco", "alphapose 26", "mmpose 17"])
def test_normalized_coordinates_where_pixels_are_meant_are_an_error(
    name: str, tmp_path: Path
) -> None:
    path = first_file(WRITERS[name][1](tmp_path))
    document = json.loads(path.read_text())
    for entry in document:
        entry["keypoints"] = (np.array(entry["keypoints"]) / 1000).tolist()
    path.write_text(json.dumps(document))
    assert "has coordinates from 0 to 1 only" in error_of(path)


def test_pixels_where_normalized_coordinates_are_meant_are_an_error(tmp_path: Path) -> None:
    path = first_file(WRITERS["mediapipe lists"][1](tmp_path))
    people = json.loads(path.read_text())
    for landmark in (landmark for person in people for landmark in person):
        landmark["x"] *= 640
        landmark["y"] *= 480
    path.write_text(json.dumps(people))
    assert "has coordinates in pixels" in error_of(path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"keypoints": np.zeros((3, 18, 2))}, "K is one of 17, 26, 133, 136"),
        ({"keypoints": np.zeros((3, 17, 3))}, r"shape \(3, 17, 3\)"),
        ({"keypoints": np.zeros(3)}, r"shape \(3,\)"),
        ({"keypoints": np.float64(3)}, r"shape \(\)"),
        ({"keypoints": np.full((3, 17, 2), np.nan)}, "keypoints that are no numbers, NaN"),
        ({"keypoints": np.full((3, 17, 2), "1")}, "keypoints that are no numbers"),
        ({"scores": np.full((3, 17), np.inf)}, "scores that are no numbers, NaN"),
        ({"scores": np.zeros((2, 17))}, r"scores of the shape \(2, 17\)"),
        ({"images": np.array(["a.jpg"])}, r"images of the shape \(1,\)"),
        ({"images": np.zeros(3)}, "the type float64: give 3 names or ids"),
    ],
)
def test_wrong_arrays_are_errors(change: dict[str, Any], message: str, tmp_path: Path) -> None:
    path = rtmlib(tmp_path)
    with np.load(path) as arrays:
        np.savez(path, **{**arrays, **change})
    with pytest.raises(EvaluationError, match=message):
        read(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",nose,", ",noes,", "has noes as landmark 0 in line 2"),
        (",0,nose,", ",-1,nose,", "has nose as landmark -1 in line 2"),
        (",0,nose,", ",33,nose,", "has nose as landmark 33 in line 2"),
        ("0,0.0,1,0,nose,", "0,0.0,one,0,nose,", "has a value that is no number"),
        ("0,0.0,1,0,nose,", "0,0.0,1,0,nose,x", "has a value that is no number"),
        ("0,0.0,1,0,nose,", "0,0.0,1,0,nose,nan,", "has 19 values in line 2"),
        (",1.0,", ",1e999,", "has NaN or a number beyond 1,000,000,000 in line 2"),
        (",1.0,", ",nan,", "has NaN or a number beyond 1,000,000,000 in line 2"),
        ("0,0.0,1,1,", '0,0.0,1,1,"', "has a value that is no number|values in line"),
    ],
)
def test_wrong_rows_are_errors(old: str, new: str, message: str, tmp_path: Path) -> None:
    path = csv_of_a_video(tmp_path)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(EvaluationError, match=message):
        read(path)


def test_a_spreadsheet_may_write_the_csv_again(tmp_path: Path) -> None:
    path = first_file(csv(tmp_path))
    people = len(read(path))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read(path)) == people
