from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.fakes import FakeModels, FakePerson
from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.tracking.candidates import Candidate, CandidateFinder, lowest_score
from vitruvian.tracking.confidence import Evidence
from vitruvian.tracking.tiles import tiles_of
from vitruvian.types import Detections, ImageSize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.types import Image, Region

IMAGE = np.zeros((800, 1200, 3), np.uint8)
SIZE = ImageSize(1200, 800)


def detector_of(radius: float) -> CandidateFinder:
    """Return a finder whose detector finds one body in the middle of each region.

    Args:
        radius: of the body's circle, as a fraction of the region's side.
    """

    def detect(_: Image, regions: Sequence[Region]) -> list[Detections]:
        points = np.array([(0.5, 0.5), (0.5, 0.5 - radius)], np.float32)
        one = Detections(
            boxes=np.zeros((1, 4), np.float32),
            keypoints=np.tile(points, (1, 2, 1)),
            scores=np.ones(1, np.float32),
        )
        return [one for _ in regions]

    return CandidateFinder(detect)


def test_a_candidate_has_the_position_of_its_body_in_the_image() -> None:
    (tile, *_) = tiles_of(SIZE, 400)
    (candidate,) = detector_of(0.25).in_tiles(IMAGE, [tile])
    assert candidate.points_px == pytest.approx(np.array([(200, 200), (200, 100)]))
    assert candidate.radius_px == pytest.approx(100)


@pytest.mark.parametrize(("radius", "count"), [(0.8, 1), (1.0, 0)])
def test_a_body_that_is_much_larger_than_its_tile_is_no_candidate(
    radius: float, count: int
) -> None:
    finder = detector_of(radius)
    assert len(list(finder.in_tiles(IMAGE, tiles_of(SIZE, 400)[:1]))) == count
    assert len(list(finder.in_tiles(IMAGE, [WHOLE_IMAGE]))) == 1


@pytest.mark.parametrize(("radius", "count"), [(0.07, 0), (0.08, 1)])
def test_a_body_that_is_too_small_for_the_landmark_model_is_no_candidate(
    radius: float, count: int
) -> None:
    tiles = tiles_of(SIZE, 400)[:1]
    assert len(list(detector_of(radius).in_tiles(IMAGE, tiles))) == count


def test_two_candidates_are_near_if_both_points_are() -> None:
    candidate = Candidate(np.array([(100.0, 100.0), (100.0, 0.0)]), 1.0)
    assert candidate.is_near(np.array([(109.0, 100.0), (109.0, 0.0)]), 0.1)
    assert not candidate.is_near(np.array([(111.0, 100.0), (111.0, 0.0)]), 0.1)
    assert not candidate.is_near(np.array([(100.0, 100.0), (100.0, 20.0)]), 0.1)


@pytest.mark.parametrize(("right", "down", "uprightness"), [(0, -10, 1), (6, -8, 0.8), (0, 10, 0)])
def test_the_incline_of_a_candidate_is_evidence_unless_the_person_is_expected(
    right: float, down: float, uprightness: float
) -> None:
    points_px = np.array([(50.0, 50.0), (50 + right, 50 + down)])
    assert Candidate(points_px, 0.7).evidence == Evidence(0.7, pytest.approx(uprightness))
    assert Candidate(points_px, 0.7, is_expected=True).evidence == Evidence(0.7, 1.0)


def test_small_tiles_are_searched_around_hints_only() -> None:
    nobody, somebody = FakeModels([]), FakeModels([FakePerson(300, 300, 60)])
    for models in (nobody, somebody):
        CandidateFinder(models.detect_hints).everywhere(IMAGE)
    assert min(tile.height for tile in nobody.detected) == pytest.approx(0.6)
    small = [tile for tile in somebody.detected if tile.height < 0.5]
    assert small
    assert all(abs(tile.center_x - 0.25) <= tile.width / 2 for tile in small)


@pytest.mark.parametrize(("search", "score"), [("auto", 0.1), ("tiles", 0.5), ("frame", 0.5)])
def test_only_the_search_auto_needs_hints(search: str, score: float) -> None:
    assert lowest_score(search, 0.5) == score  # type: ignore[arg-type]
    assert lowest_score(search, 0.05) == 0.05  # type: ignore[arg-type]
