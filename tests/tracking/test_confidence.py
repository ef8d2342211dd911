from __future__ import annotations

from dataclasses import astuple, fields, replace

import numpy as np
import pytest

from tests.support.fakes import standing_person
from vitruvian.tracking.confidence import MIN_CONFIDENCE, Evidence, mean_visibility
from vitruvian.types import ImageSize

CERTAIN = Evidence(
    detection=0.95, uprightness=0.95, landmarks=0.99, agreement=0.97, visibility=0.85
)
MEASURES = [field.name for field in fields(Evidence)]


def test_a_person_whom_all_measures_confirm_is_certain() -> None:
    assert CERTAIN.confidence > MIN_CONFIDENCE
    assert Evidence(1, 1).confidence > CERTAIN.confidence


@pytest.mark.parametrize("measure", MEASURES)
def test_a_lower_measure_makes_a_person_less_certain(measure: str) -> None:
    confidences = [replace(CERTAIN, **{measure: value}).confidence for value in (0.9, 0.5, 0.05, 0)]
    assert confidences == sorted(confidences, reverse=True)
    assert len(set(confidences)) == 4
    assert confidences[-1] >= 0


@pytest.mark.parametrize("measure", ["detection", "agreement"])
def test_a_person_whom_the_detector_or_the_second_answer_contradicts_is_refused(
    measure: str,
) -> None:
    assert replace(CERTAIN, **{measure: 0.3}).confidence < MIN_CONFIDENCE


def test_the_order_of_the_weights_is_that_of_the_measures() -> None:
    detection, uprightness, *of_landmark_model = astuple(CERTAIN)
    logarithms = np.log([detection, *of_landmark_model])
    assert CERTAIN.features == pytest.approx([logarithms[0], uprightness, *logarithms[1:]])


def test_no_answer_of_the_landmark_model_makes_a_person_more_certain_than_is_possible() -> None:
    before = Evidence(CERTAIN.detection, CERTAIN.uprightness)
    assert before.confidence > CERTAIN.confidence
    assert replace(before, landmarks=1, agreement=1, visibility=1) == before


def test_a_person_who_lies_is_found_if_everything_else_confirms_them() -> None:
    assert replace(CERTAIN, uprightness=0.0).confidence > MIN_CONFIDENCE
    assert replace(CERTAIN, uprightness=0.0, detection=0.6).confidence < MIN_CONFIDENCE


def test_only_landmarks_inside_of_the_image_count_for_the_visibility() -> None:
    person = standing_person(100, 0, 50, ImageSize(200, 200))  # the upper half is outside
    visibility = np.where(person.landmarks[:, :, 1] >= 0, 0.9, 0.1).astype(np.float32)
    assert mean_visibility(replace(person, visibility=visibility)) == pytest.approx(0.9)
    outside = replace(person, landmarks=person.landmarks - 2)
    assert mean_visibility(outside) == 0
