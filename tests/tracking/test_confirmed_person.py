"""When MediaPipe's answer is taken, and when tiles are searched, with fakes of both ways."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.support.fakes import standing_person
from tests.support.regions import square_region
from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.tracking.confirmed_person import ConfirmedPerson
from vitruvian.tracking.prominent_person import BestDetection
from vitruvian.tracking.protocol import FoundPerson
from vitruvian.types import ImageSize, Landmarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.types import Float32, Float64, Image, Region

IMAGE = np.zeros((120, 200, 3), np.uint8)
OTHER_IMAGE = np.zeros((100, 200, 3), np.uint8)
LARGE = [square_region(50, 60, 100), square_region(150, 60, 100)]
SMALL = [square_region(40 * number, 60, 50) for number in range(4)]
PROMINENT_X, TILE_X = 0.25, 0.75  # x of the hips of the person in the frame, and of one in a tile
NO_PEOPLE = Landmarks.empty(masks=None)


@dataclass
class FakeProminentPerson:
    """A fake of `ProminentPerson`.

    Attributes:
        score: of the detection in the whole image; None if there is none.
        landmark_score: of the landmark model, for all people.
        visibility: of all landmarks.
        rejected_x: the landmark model sees no person at alignment points with this x.
    """

    score: float | None = 0.9
    landmark_score: float = 0.9
    visibility: float = 0.9
    rejected_x: float | None = None

    def detect(self, image: Image) -> BestDetection | None:
        return None if self.score is None else BestDetection(points(PROMINENT_X), self.score)

    def look(self, image: Image, alignment_points: Float32) -> FoundPerson | None:
        x = float(alignment_points[0, 0])
        return None if x == self.rejected_x else FoundPerson(WHOLE_IMAGE, self.person(x))

    def landmarks(self, image: Image, region: Region) -> Landmarks:
        return self.person(float(region.center_x))

    def person(self, x: float) -> Landmarks:
        size = ImageSize.of(IMAGE)
        found = standing_person(x * size.width, 60, 20, size, self.landmark_score)
        found.visibility[:] = self.visibility
        return found


@dataclass
class FakeSearcher:
    """A fake of `Searcher`, which finds a person in some tiles, and records what it searches.

    Attributes:
        person_tiles: the tiles in which there is a person.
        confirms: the person at the expected alignment points is one.
        searched: the tiles of each search.
        expected_px: the expected alignment points of all searches.
    """

    person_tiles: list[Region] = field(default_factory=list)
    confirms: bool = False
    searched: list[list[Region]] = field(default_factory=list)
    expected_px: list[Float64] = field(default_factory=list)

    def tile_groups(self, image_size: ImageSize) -> list[list[Region]]:
        return [LARGE, SMALL]

    def __call__(
        self, image: Image, tiles: Sequence[Region], expected_px: Sequence[Float64] = ()
    ) -> Landmarks:
        self.searched.append([*tiles])
        self.expected_px.extend(expected_px)
        is_found = self.confirms if expected_px else any(t in self.person_tiles for t in tiles)
        return FakeProminentPerson().person(TILE_X) if is_found else NO_PEOPLE

    def searched_tiles(self) -> list[list[Region]]:
        """Return the tiles of each search in tiles since the last call of this function."""
        searched = [tiles for tiles in self.searched if tiles]
        self.searched.clear()
        return searched


def points(x: float) -> Float32:
    return np.array(((x, 0.5), (x, 0.3)), np.float32)


def finder(
    person: FakeProminentPerson, searcher: FakeSearcher, search_interval_s: float | None = None
) -> ConfirmedPerson:
    fakes: tuple[Any, Any] = (person, searcher)
    return ConfirmedPerson(*fakes, search_interval_s)


def hips_x(found: FoundPerson | None) -> float | None:
    return None if found is None else float(found.landmarks.auxiliary[0, 0, 0])


def uncertain(**changes: Any) -> FakeProminentPerson:
    return FakeProminentPerson(**{"score": 0.5, **changes})


def test_a_certain_answer_is_taken_and_nothing_else_is_searched() -> None:
    searcher = FakeSearcher([*LARGE, *SMALL])
    found = finder(FakeProminentPerson(), searcher).find(IMAGE, 0.0)
    assert hips_x(found) == PROMINENT_X
    assert searcher.searched == []


@pytest.mark.parametrize("measure", ["score", "landmark_score", "visibility"])
@pytest.mark.parametrize(("value", "is_certain"), [(0.46, True), (0.44, False)])
def test_an_answer_is_certain_if_the_product_of_all_three_measures_is(
    measure: str, value: float, is_certain: bool
) -> None:
    measures: dict[str, float] = {"score": 1.0, "landmark_score": 1.0, "visibility": 1.0}
    searcher = FakeSearcher()
    finder(FakeProminentPerson(**{**measures, measure: value}), searcher).find(IMAGE, 0.0)
    assert (searcher.searched == []) == is_certain


def test_an_uncertain_answer_that_the_second_look_confirms_is_taken() -> None:
    searcher = FakeSearcher([*LARGE, *SMALL], confirms=True)
    found = finder(uncertain(), searcher).find(IMAGE, 0.0)
    assert hips_x(found) == PROMINENT_X
    assert searcher.searched == [[]]  # no tile
    (expected_px,) = searcher.expected_px
    assert expected_px == pytest.approx(np.array(((50, 60), (50, 36))))


@pytest.mark.parametrize(
    ("person_tiles", "searched"),
    [(LARGE[1:], [LARGE]), (SMALL[2:], [LARGE, SMALL]), ([LARGE[0], SMALL[0]], [LARGE])],
)
def test_otherwise_tiles_are_searched_by_size_until_somebody_is_found(
    person_tiles: list[Region], searched: list[list[Region]]
) -> None:
    for prominent in (uncertain(), uncertain(score=None), uncertain(rejected_x=PROMINENT_X)):
        searcher = FakeSearcher(person_tiles)
        found = finder(prominent, searcher).find(IMAGE, 0.0)
        assert hips_x(found) == TILE_X
        assert searcher.searched_tiles() == searched


def test_the_search_continues_if_the_landmark_model_rejects_the_person_in_a_tile() -> None:
    searcher = FakeSearcher([*LARGE, *SMALL])
    found = finder(uncertain(rejected_x=TILE_X), searcher).find(IMAGE, 0.0)
    assert searcher.searched_tiles() == [LARGE, SMALL]
    assert hips_x(found) == PROMINENT_X


def test_the_uncertain_answer_is_the_last_resort() -> None:
    searcher = FakeSearcher()
    assert hips_x(finder(uncertain(), searcher).find(IMAGE, 0.0)) == PROMINENT_X
    assert searcher.searched_tiles() == [LARGE, SMALL]
    assert finder(uncertain(score=None), searcher).find(IMAGE, 0.0) is None
    assert searcher.searched_tiles() == [LARGE, SMALL]


def test_the_landmarks_in_a_region_are_those_of_the_prominent_person() -> None:
    found = finder(uncertain(), FakeSearcher()).landmarks(IMAGE, LARGE[0])
    assert found is not None
    assert found.auxiliary[0, 0, 0] == LARGE[0].center_x


def test_in_a_video_everything_is_searched_in_the_first_frame_only() -> None:
    searcher = FakeSearcher()
    video = finder(uncertain(score=None), searcher, search_interval_s=1.0)
    video.find(IMAGE, 7.0)
    assert searcher.searched_tiles() == [LARGE, SMALL]
    video.find(IMAGE, 7.001)
    assert searcher.searched_tiles() == []


def test_in_a_video_each_tile_is_searched_once_in_the_interval() -> None:
    searcher = FakeSearcher()
    video = finder(uncertain(score=None), searcher, search_interval_s=2.0)
    video.find(IMAGE, 0.0)
    searcher.searched_tiles()
    for interval in range(2):
        for frame in range(1, 61):
            video.find(IMAGE, 2 * interval + frame / 30)
        assert searcher.searched_tiles() == [[tile] for tile in (*LARGE, *SMALL)]


def test_in_a_video_a_person_in_a_tile_that_is_due_is_found() -> None:
    searcher = FakeSearcher()
    video = finder(uncertain(), searcher, search_interval_s=1.0)
    assert hips_x(video.find(IMAGE, 0.0)) == PROMINENT_X
    searcher.person_tiles = [LARGE[1]]
    found = [hips_x(video.find(IMAGE, frame / 6)) for frame in (1, 2, 3)]
    assert found == [PROMINENT_X, TILE_X, PROMINENT_X]


def test_another_image_size_is_searched_completely() -> None:
    searcher = FakeSearcher()
    video = finder(uncertain(score=None), searcher, search_interval_s=1.0)
    for time_s, image, expected in (
        (0.0, IMAGE, [LARGE, SMALL]),
        (0.001, OTHER_IMAGE, [LARGE, SMALL]),
        (0.002, OTHER_IMAGE, []),
        (0.003, IMAGE, [LARGE, SMALL]),
    ):
        video.find(image, time_s)
        assert searcher.searched_tiles() == expected


def test_after_a_reset_everything_is_searched_again() -> None:
    searcher = FakeSearcher()
    video = finder(uncertain(score=None), searcher, search_interval_s=1.0)
    video.find(IMAGE, 5.0)
    searcher.searched_tiles()
    video.reset()
    for time_s, expected in ((0.0, [LARGE, SMALL]), (0.001, []), (1 / 6 + 0.001, [LARGE[:1]])):
        video.find(IMAGE, time_s)
        assert searcher.searched_tiles() == expected


def test_independent_images_are_all_searched_completely() -> None:
    searcher = FakeSearcher()
    images = finder(uncertain(score=None), searcher, search_interval_s=None)
    for _ in range(3):
        images.find(IMAGE, 0.0)
        assert searcher.searched_tiles() == [LARGE, SMALL]
