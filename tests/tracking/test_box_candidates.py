"""Boxes are looked at like what the detector finds, whenever the whole image is searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.fakes import FakeModels, FakePerson, searcher_of
from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.tracking.box_candidates import candidates_in
from vitruvian.tracking.tiles import tiles_of
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from vitruvian.types import Float64, Image

IMAGE = np.zeros((800, 1200, 3), np.uint8)
LARGE, SMALL = FakePerson(300, 500, 260), FakePerson(900, 300, 80)


def box_px_of(person: FakePerson) -> list[float]:
    radius_px = person.radius_px
    return [
        person.x - 0.4 * radius_px,
        person.y - radius_px,
        person.x + 0.4 * radius_px,
        person.y + radius_px,
    ]


class Finder:
    """Returns the boxes of some people, and counts the calls."""

    def __init__(self, *people: FakePerson) -> None:
        self.boxes_px = np.reshape([box_px_of(person) for person in people], (-1, 4))
        self.calls = 0

    def __call__(self, image: Image) -> Float64:
        self.calls += 1
        return self.boxes_px


def test_the_circles_of_a_box_stand_upright_and_reach_beyond_it() -> None:
    for candidate in candidates_in(np.array([(100.0, 200.0, 300.0, 600.0)])):
        (hips_x, hips_y), (top_x, top_y) = candidate.points_px
        assert hips_x == top_x == 200
        assert 400 <= hips_y < 600
        assert top_y < 200 + 0.15 * 400
    assert candidates_in(np.zeros((0, 4))) == []


@pytest.mark.parametrize("search", ["frame", "tiles", "auto"])
def test_a_person_in_a_box_is_found_beside_those_of_the_detector(search: str) -> None:
    people = searcher_of(FakeModels([LARGE, SMALL]), search, Finder(SMALL))(IMAGE)
    assert len(people) == 2


def test_a_person_is_found_once_by_the_detector_and_the_finder() -> None:
    assert len(searcher_of(FakeModels([LARGE]), find_boxes=Finder(LARGE, LARGE))(IMAGE)) == 1


def test_a_box_around_nobody_is_rejected() -> None:
    nobody = FakePerson(900, 300, 80, score=0.3)
    assert len(searcher_of(FakeModels([LARGE, nobody]), find_boxes=Finder(nobody))(IMAGE)) == 1


def test_the_finder_is_only_asked_when_the_whole_image_is_searched() -> None:
    finder = Finder(SMALL)
    searcher = searcher_of(FakeModels([LARGE]), find_boxes=finder)
    searcher(IMAGE, tiles_of(ImageSize.of(IMAGE), 400))
    searcher(IMAGE, [])
    assert finder.calls == 0
    searcher(IMAGE)
    searcher(IMAGE, [WHOLE_IMAGE])
    assert finder.calls == 2
