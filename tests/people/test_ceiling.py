from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.people.ceiling import SIZES, best_similarities, trunk_of
from tests.people.photographs import LEFT, RIGHT, annotated, photograph
from tests.support.fakes import FakeModels
from vitruvian.skeleton import COCO_17, LANDMARK_NAMES


def without(*joints: str) -> np.ndarray:
    """Return which keypoints, (17,), are none of some joints."""
    names = [LANDMARK_NAMES[number] for number in COCO_17]
    return np.array([not name.endswith(joints) for name in names])


def test_the_landmark_model_is_told_where_each_person_is() -> None:
    models = FakeModels([LEFT, RIGHT])
    found = best_similarities(models.landmark, photograph(annotated(LEFT), annotated(RIGHT)))
    assert found == pytest.approx([1, 1], abs=1e-6)
    assert models.detected == []
    assert len(models.regions) == 2 * 2 * len(SIZES)  # two people, two looks at each size


def test_the_best_look_counts() -> None:
    elsewhere_in_the_first_look = replace(LEFT, jumps=True)
    models = FakeModels([elsewhere_in_the_first_look])
    assert best_similarities(models.landmark, photograph(annotated(LEFT))) == pytest.approx([1])


@pytest.mark.parametrize("joints", [("hip",), ("shoulder", "nose", "eye", "ear")])
def test_a_person_without_a_labelled_trunk_has_no_region(joints: tuple[str, ...]) -> None:
    person = annotated(LEFT)
    person = replace(person, labelled=without(*joints))
    assert trunk_of(person) is None
    models = FakeModels([LEFT])
    assert best_similarities(models.landmark, photograph(person)) == [0]
    assert models.regions == []


def test_the_trunk_points_from_the_hips_to_the_shoulders_or_else_to_the_face() -> None:
    person = annotated(LEFT)
    to_shoulders_px = trunk_of(person)
    to_face_px = trunk_of(replace(person, labelled=without("shoulder")))
    assert to_shoulders_px == pytest.approx(np.array((0, -0.55 * LEFT.radius_px)), abs=0.01)
    assert to_face_px == pytest.approx(np.array((0, -0.75 * LEFT.radius_px)), abs=1)
