from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import skimage

from tests.support import sample
from tests.support.fakes import FakeModels, FakePerson, searcher_of
from tests.support.images import resized
from vitruvian.engines import choice as engines
from vitruvian.stages import detector, landmarker
from vitruvian.stages.detector import Detector
from vitruvian.stages.landmarker import Landmarker
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.tracking.candidates import lowest_score
from vitruvian.tracking.search import Searcher
from vitruvian.types import ImageSize
from vitruvian.weights import cache

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.types import Detections, Image, Landmarks, Region

IMAGE = np.zeros((800, 1200, 3), np.uint8)
LARGE, SMALL, TINY = FakePerson(300, 500, 260), FakePerson(900, 300, 80), FakePerson(600, 60, 40)


def found(people: list[FakePerson], search: Any = "tiles") -> tuple[Landmarks, FakeModels]:
    models = FakeModels(people)
    return searcher_of(models, search)(IMAGE), models


def hips_px(people: Landmarks, image: np.ndarray) -> list[tuple[float, float]]:
    """Return x and y of the hips' midpoints in pixels, from left to right."""
    size = (image.shape[1], image.shape[0])
    return sorted(map(tuple, (people.landmarks[:, 23:25, :2].mean(axis=1) * size).tolist()))


def test_a_long_and_narrow_image_has_tiles() -> None:
    models = FakeModels([])
    searcher = searcher_of(models, "tiles")
    assert [len(searcher.tiles(ImageSize(800, height))) for height in (79, 80, 400)] == [1, 14, 35]


def test_all_large_tiles_are_one_group_and_no_group_is_empty() -> None:
    searcher = searcher_of(FakeModels([]), "tiles")
    groups = list(searcher.tile_groups(ImageSize(1200, 800)))
    heights = [{round(float(tile.height), 2) for tile in group} for group in groups]
    assert heights == [{0.8, 0.6}, {0.45}]
    (group,) = searcher.tile_groups(ImageSize(1200, 90))
    assert {round(float(tile.height) * 90) for tile in group} == {80}
    assert list(searcher.tile_groups(ImageSize(1200, 79))) == []


@pytest.mark.parametrize(
    ("search", "expected"),
    [("frame", [LARGE]), ("tiles", [LARGE, SMALL]), ("auto", [LARGE, TINY, SMALL])],
)
def test_small_people_are_found_in_tiles(search: str, expected: list[FakePerson]) -> None:
    people, _ = found([LARGE, SMALL, TINY], search)
    assert hips_px(people, IMAGE) == [
        pytest.approx((person.x, person.y), rel=1e-4) for person in expected
    ]


def test_smaller_tiles_are_searched_only_where_there_are_hints_of_small_people() -> None:
    (_, tiles), (_, auto) = found([LARGE], "tiles"), found([LARGE], "auto")
    assert len(auto.detected) < len(tiles.detected)
    _, auto = found([TINY], "auto")
    smallest = [tile for tile in auto.detected if tile.height < 0.3]
    assert smallest
    for tile in smallest:
        assert abs(tile.center_x - TINY.x / 1200) < tile.width / 2
        assert abs(tile.center_y - TINY.y / 800) < tile.height / 2


def test_a_hint_is_not_looked_at() -> None:
    models = FakeModels([SMALL])
    assert len(searcher_of(models, "frame")(IMAGE)) == 0
    assert models.regions == []


def test_each_person_is_found_once() -> None:
    people, models = found([LARGE])
    assert len(people) == 1
    assert len(models.detected) > 20
    assert len(models.regions) == 2  # one candidate, observed twice


def test_two_people_close_to_each_other_are_both_found() -> None:
    people, _ = found([LARGE, FakePerson(400, 500, 260)])
    assert len(people) == 2


@pytest.mark.parametrize("false_person", [{"score": 0.5}, {"jumps": True}])
def test_a_pose_that_the_second_answer_does_not_confirm_is_rejected(
    false_person: dict[str, Any],
) -> None:
    people, _ = found([FakePerson(300, 500, 260, **false_person)])
    assert len(people) == 0


def test_a_candidate_that_cannot_become_certain_is_not_looked_at() -> None:
    models = FakeModels([LARGE])

    def upside_down(image: Image, regions: Sequence[Region]) -> list[Detections]:
        return [
            replace(
                one, keypoints=one.keypoints[:, ::-1], scores=np.full(len(one), 0.6, np.float32)
            )
            for one in models.detect(image, regions)
        ]

    searcher = Searcher(
        upside_down, models.landmark, "frame", min_confidence=0.5, reference=SOLUTIONS_0_10_21
    )
    assert len(searcher.candidates(IMAGE)) == 1
    assert len(searcher(IMAGE)) == 0
    assert models.regions == []


def test_the_most_certain_come_first() -> None:
    uncertain, certain = FakePerson(300, 400, 150, score=0.7), FakePerson(900, 400, 150)
    people, _ = found([uncertain, certain])
    assert people.scores.tolist() == pytest.approx([1, 0.7])


def test_a_part_of_a_person_is_rejected() -> None:
    hand = FakePerson(300, 350, 80, score=0.8)
    assert len(found([LARGE, hand])[0]) == 1
    beside = FakePerson(300 + LARGE.radius_px, 350, 80, score=0.8)
    assert len(found([LARGE, beside])[0]) == 2
    child = FakePerson(300, 350, 80)
    assert len(found([FakePerson(300, 500, 260, score=0.8), child])[0]) == 2


def test_nothing_is_found_in_images_without_people() -> None:
    for image in (IMAGE, np.zeros((1, 1, 3), np.uint8), np.zeros((20, 5000, 3), np.uint8)):
        models = FakeModels([])
        assert len(searcher_of(models, "auto")(image)) == 0


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    detection = engines.load("litert", detector.network(cache.pull("pose_detection")))
    weights = landmarker.network(cache.pull("pose_landmark_full"), with_masks=False)
    return Searcher(
        partial(
            Detector(detection, reference=SOLUTIONS_0_10_21),
            min_confidence=lowest_score("auto", 0.5),
        ),
        Landmarker(engines.load("litert", weights), reference=SOLUTIONS_0_10_21),
        "auto",
        min_confidence=0.5,
        reference=SOLUTIONS_0_10_21,
    )


@pytest.fixture(scope="module")
def mannequin() -> np.ndarray:
    return sample.mannequin()


def test_small_people_in_a_row_beside_a_large_one_are_all_found(
    searcher: Searcher, mannequin: np.ndarray
) -> None:
    image = np.full((540, 1100, 3), mannequin[5, 5], np.uint8)
    image[14:526, 588:] = skimage.data.astronaut()
    small = resized(mannequin, 140, 224)
    for left in range(0, 560, 140):
        image[160:384, left : left + 140] = small
    people = searcher(image)
    assert len(people) == 5
    noses = sorted(people.landmarks[:, 0, 0] * 1100)
    assert noses == pytest.approx([70, 210, 350, 490, 588 + 225], abs=15)


def test_a_person_who_fills_the_image_is_found_once(
    searcher: Searcher, mannequin: np.ndarray
) -> None:
    assert len(searcher(resized(mannequin[60:], 600, 840))) == 1
