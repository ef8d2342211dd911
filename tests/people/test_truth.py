from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.people.truth import is_wanted, lies_in, read_photographs, similarities
from tests.people.photographs import IMAGE, LEFT, RIGHT, SIZE, annotated, pose_px
from vitruvian.images.writer import write_image

if TYPE_CHECKING:
    from pathlib import Path


def test_people_with_eight_labelled_keypoints_are_to_be_found_and_crowds_are_not() -> None:
    assert is_wanted(annotated(LEFT, labelled=8))
    assert not is_wanted(annotated(LEFT, labelled=7))
    assert not is_wanted(replace(annotated(LEFT), is_crowd=True))


def test_photographs_are_read_with_their_people(tmp_path: Path) -> None:
    def entry(labelled: int) -> dict[str, object]:
        flags = [2] * labelled + [0] * (17 - labelled)
        keypoints = np.column_stack((pose_px(LEFT), flags))
        return {
            "image_id": 1,
            "category_id": 1,
            "keypoints": keypoints.ravel().tolist(),
            "bbox": [0, 0, 9, 9],
            "area": 81,
        }

    write_image(tmp_path / "people.png", IMAGE)
    image = {"id": 1, "file_name": "people.png", "width": SIZE.width, "height": SIZE.height}
    people = [{**entry(labelled), "id": labelled} for labelled in (17, 8, 3)]
    annotations = tmp_path / "people.json"
    annotations.write_text(json.dumps({"images": [image], "annotations": people}))
    (photograph,) = read_photographs(annotations, tmp_path)
    assert photograph.image.shape == IMAGE.shape
    assert [person.id for person in photograph.wanted] == [17, 8]
    assert [person.id for person in photograph.others] == [3]


def test_only_labelled_keypoints_count_for_the_similarity() -> None:
    pose = pose_px(LEFT)
    pose[:5] += 500
    people = (annotated(LEFT), annotated(LEFT, labelled=12), annotated(RIGHT))
    assert similarities(pose[np.newaxis], people) == pytest.approx(
        np.array([[12 / 17, 1, 0]]), abs=1e-6
    )
    assert similarities(pose[np.newaxis], ()).shape == (1, 0)


def test_a_pose_lies_in_a_box_with_more_than_half_of_its_keypoints() -> None:
    pose = np.zeros((17, 2))
    pose[:8] = 100
    assert lies_in(pose, np.array((-1.0, -1.0, 2.0, 2.0)))
    assert not lies_in(pose, np.array((99.0, 99.0, 2.0, 2.0)))
