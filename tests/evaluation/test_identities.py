from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import motmetrics
import numpy as np
import pytest

from tests.support.annotated import (
    STANDING_PX,
    annotations_of,
    found_person,
    results_of,
    true_person,
)
from vitruvian.errors import MissingLibraryError
from vitruvian.evaluation.assignment import similarities
from vitruvian.evaluation.identities import has_identities, identities, load_trackeval

if TYPE_CHECKING:
    from vitruvian.evaluation.annotations import Annotations
    from vitruvian.evaluation.system_results import SystemResults

PLACES_PX = (0.0, 120.0, 240.0)


@pytest.fixture
def trackeval():
    pytest.importorskip("trackeval")
    return load_trackeval()


def clip(ids_of_frames: list[dict[int, int]]) -> tuple[Annotations, SystemResults]:
    """Return three people who stand, and the ids under which they are found: person → id."""
    people = tuple(
        true_person(i, keypoints_px=STANDING_PX + np.array([x + 60, 60]), track_id=i)
        for i, x in enumerate(PLACES_PX)
    )
    annotations = annotations_of(*(people for _ in ids_of_frames))
    found = [
        found_person(people[person].keypoints_px + 2, frame, track_id=number)
        for frame, ids in enumerate(ids_of_frames, 1)
        for person, number in ids.items()
    ]
    return annotations, results_of(annotations, *found)


def by_motmetrics(annotations: Annotations, results: SystemResults) -> float:
    events = motmetrics.MOTAccumulator(auto_id=True)
    for image, found in zip(annotations.images, results.people, strict=True):
        distances = 1 - similarities(image.people, found) if found else np.zeros((3, 0))
        distances[distances > 0.5] = np.nan
        events.update(
            [person.track_id for person in image.people],
            [person.track_id for person in found],
            distances,
        )
    return float(motmetrics.metrics.create().compute(events, metrics=["idf1"]).iloc[0].idf1)


CLIPS = {
    "perfect": [{0: 5, 1: 6, 2: 7}] * 6,
    "a switch": [{0: 5, 1: 6, 2: 7}] * 4 + [{0: 6, 1: 5, 2: 7}] * 3,
    "a new id": [{0: 5, 1: 6, 2: 7}] * 4 + [{0: 8, 1: 6, 2: 7}] * 3,
    "a missed person": [{0: 5, 1: 6}] * 6,
    "frames without people": [{0: 5, 1: 6, 2: 7}, {}, {}, {0: 5}],
}


@pytest.mark.parametrize("ids", CLIPS.values(), ids=CLIPS)
def test_idf1_is_that_of_motmetrics(trackeval, ids: list[dict[int, int]]) -> None:
    annotations, results = clip(ids)
    kept = identities(trackeval, annotations, results, np.arange(len(ids)))
    assert kept.idf1 == pytest.approx(by_motmetrics(annotations, results), abs=1e-12)


def test_perfect_ids_have_the_detection_accuracy_as_hota(trackeval) -> None:
    annotations, results = clip(CLIPS["perfect"])
    (similarity,) = {
        *np.round(similarities(annotations.images[0].people, results.people[0]), 9).diagonal()
    }
    kept = identities(trackeval, annotations, results, np.arange(6))
    thresholds = np.arange(0.05, 0.99, 0.05)
    assert kept.hota == pytest.approx((similarity >= thresholds).mean())


def test_a_switch_lowers_hota_as_its_formula_says(trackeval) -> None:
    annotations, results = clip(CLIPS["a switch"])
    (similarity,) = {
        *np.round(similarities(annotations.images[0].people, results.people[0]), 9).diagonal()
    }
    kept = identities(trackeval, annotations, results, np.arange(7))
    # Two people are found 4 times under one id and 3 times under another, one person always.
    association = (2 * (4 * (4 / 10) + 3 * (3 / 11)) + 7 * 1) / 21
    thresholds = np.arange(0.05, 0.99, 0.05)
    assert kept.hota == pytest.approx(np.sqrt(association) * (similarity >= thresholds).mean())


def test_each_video_has_its_own_ids(trackeval) -> None:
    annotations, results = clip([{0: 5, 1: 6, 2: 7}] * 2)
    first, second = annotations.images
    crossed = results_of(
        annotations,
        *(
            replace(person, track_id={5: 6, 6: 5, 7: 7}[person.track_id or 0])
            if person.image == 2
            else person
            for people in results.people
            for person in people
        ),
    )
    videos = replace(annotations, images=(replace(first, video="a"), replace(second, video="b")))
    assert identities(trackeval, annotations, crossed, np.arange(2)).idf1 < 1
    assert identities(trackeval, videos, crossed, np.arange(2)).idf1 == 1


def test_identities_need_ids_on_both_sides() -> None:
    annotations, results = clip(CLIPS["perfect"])
    assert has_identities(annotations, results)
    plain = annotations_of((true_person(),))
    found = found_person(true_person().keypoints_px)
    assert not has_identities(plain, results_of(plain, found))
    assert not has_identities(annotations, results_of(annotations, found))


def test_trackeval_prints_nothing(capfd: pytest.CaptureFixture[str], trackeval) -> None:
    annotations, results = clip(CLIPS["a switch"])
    identities(trackeval, annotations, results, np.arange(7))
    assert capfd.readouterr() == ("", "")


def test_a_missing_library_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trackeval", None)
    monkeypatch.setitem(sys.modules, "trackeval.metrics", None)
    with pytest.raises(MissingLibraryError, match="pip install --no-deps trackeval, and pip"):
        load_trackeval()
