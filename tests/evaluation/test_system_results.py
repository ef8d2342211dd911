from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.support.annotated import SIZE, annotations_of, found_person, results_of, true_person
from vitruvian.errors import EvaluationError

TRUTH = true_person()
ANNOTATIONS = annotations_of((TRUTH,), (TRUTH,))


def test_results_are_sorted_by_image_in_pixels() -> None:
    inside = TRUTH.keypoints_px / SIZE
    results = results_of(
        ANNOTATIONS,
        found_person(TRUTH.keypoints_px, "2.jpg"),
        found_person(
            inside,
            1,
            is_normalized=True,
            box=np.array([0.1, 0.2, 0.5, 0.5]),
            landmarks=np.full((33, 2), 0.5),
        ),
    )
    assert [len(people) for people in results.people] == [1, 1]
    person = results.people[0][0]
    np.testing.assert_allclose(person.keypoints, TRUTH.keypoints_px)
    assert person.box is not None
    np.testing.assert_allclose(person.box, (64, 96, 320, 240))
    assert person.landmarks is not None
    np.testing.assert_allclose(person.landmarks[0], (320, 240))
    assert not person.is_normalized
    assert not results.notes


def test_results_for_unknown_images_are_counted() -> None:
    found = [found_person(TRUTH.keypoints_px, image) for image in (1, 2, 3, "x.jpg")]
    assert (
        results_of(ANNOTATIONS, *found)
        .notes[0]
        .startswith("2 results are for images that truth.json lacks, such as 3")
    )


def test_results_for_unknown_images_alone_are_an_error() -> None:
    with pytest.raises(EvaluationError, match="A has results only for images such as x,"):
        results_of(ANNOTATIONS, found_person(TRUTH.keypoints_px, "x"))


def test_images_without_a_result_are_counted() -> None:
    assert results_of(ANNOTATIONS).notes == (
        "nobody was found in any image.",
        "2 images with people have no result: they count as missed.",
    )


def test_an_image_with_two_names_is_an_error() -> None:
    found = [found_person(TRUTH.keypoints_px, image) for image in (1, "1.jpg", 2)]
    with pytest.raises(
        EvaluationError, match=r"A has results for 1 and for '1\.jpg', which are one"
    ):
        results_of(ANNOTATIONS, *found)


def test_normalized_coordinates_where_pixels_are_meant_are_an_error() -> None:
    found = [found_person(TRUTH.keypoints_px / SIZE, image) for image in (1, 2)]
    with pytest.raises(EvaluationError, match="A has coordinates from 0 to 1 only, where pixels"):
        results_of(ANNOTATIONS, *found)


def test_pixels_where_normalized_coordinates_are_meant_are_an_error() -> None:
    found = found_person(TRUTH.keypoints_px, 1, is_normalized=True)
    with pytest.raises(EvaluationError, match="A has coordinates in pixels, where normalized"):
        results_of(ANNOTATIONS, found)


def test_results_of_larger_images_are_noted() -> None:
    found = [found_person(TRUTH.keypoints_px * 3, image) for image in (1, 2)]
    (note,) = results_of(ANNOTATIONS, *found).notes
    assert note == "most keypoints lie beside their images: were these of another size?"


@pytest.mark.parametrize(
    ("person", "message"),
    [
        (found_person(np.zeros((33, 2))), r"with keypoints of the shape \(33, 2\)"),
        (found_person(np.full((17, 2), np.inf)), "or above 1,000,000,000"),
        (replace(found_person(TRUTH.keypoints_px), score=np.nan), "with the score nan"),
    ],
)
def test_a_bad_person_is_an_error(person, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        results_of(ANNOTATIONS, person)


def test_a_person_of_whom_nothing_was_found_is_no_error() -> None:
    results = results_of(ANNOTATIONS, found_person(np.full((17, 2), np.nan)))
    assert len(results.people[0]) == 1
