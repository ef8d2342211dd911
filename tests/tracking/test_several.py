"""The loop of several people, among stand-ins: a world whose bodies stand where they are told."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from vitruvian.arrays import joined
from vitruvian.errors import TimestampError
from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.stages.reference import SOLUTIONS_0_10_21
from vitruvian.tracking.clock import FrameClock
from vitruvian.tracking.finder import PeopleFinder
from vitruvian.tracking.follower import Follower
from vitruvian.tracking.several import MultiPersonTracker
from vitruvian.tracking.still import StillImages
from vitruvian.tracking.stream import Stream
from vitruvian.types import Landmarks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vitruvian.options import Select
    from vitruvian.result import PoseResult
    from vitruvian.types import Image, Region

SIZE = WIDTH, HEIGHT = 1000, 500
RADIUS = 100.0
IMAGE = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
FRAME_S = 1 / 30


def person(x: float, y: float = 250.0) -> Landmarks:
    """Somebody whose hips are at x, y in pixels."""
    spread = np.linspace(-0.7, 0.7, 33) * RADIUS
    points = np.stack((x + spread % 40, y + spread, 0 * spread), axis=-1)
    alignment = np.array(((x, y, 0), (x, y - RADIUS, 0)))
    parts = np.array((WIDTH, HEIGHT, WIDTH))
    return Landmarks(
        landmarks=(points / parts)[np.newaxis].astype(np.float32),
        auxiliary=(alignment / parts)[np.newaxis].astype(np.float32),
        world_landmarks=np.zeros((1, 33, 3), np.float32),
        visibility=np.ones((1, 33), np.float32),
        presence=np.ones((1, 33), np.float32),
        scores=np.ones(1, np.float32),
        masks=None,
    )


@dataclass
class World:
    """Searcher and landmarker at once: people by name, and how often each was searched.

    `in_tiles` are those who are seen in any tile, if not all are.
    """

    people: dict[str, float] = field(default_factory=dict)
    occluded: set[str] = field(default_factory=set)
    in_tiles: set[str] | None = None
    searches: list[bool] = field(default_factory=list)  # each, and whether of everything

    def visible(self, shown: Iterable[str] | None = None) -> list[float]:
        names = {*(self.people if shown is None else shown)} - self.occluded
        return [x for name, x in self.people.items() if name in names]

    def tiles(self, image_size: tuple[int, int]) -> list[Region]:
        return [WHOLE_IMAGE] * 6

    def __call__(
        self,
        image: Image,
        tiles: Sequence[Region] | None = None,
        expected_px: Sequence[np.ndarray] = (),
        known: Landmarks | None = None,
    ) -> Landmarks:
        whole = tiles is None or len(tiles) > 0
        self.searches.append(tiles is None)
        shown = self.in_tiles if tiles and self.in_tiles is not None else {*self.people}
        seen = [] if known is None else (known.auxiliary[:, 0, 0] * WIDTH).tolist()
        near = [points_px[0, 0] for points_px in expected_px]
        found = [
            person(x)
            for x in self.visible(shown)
            if all(abs(x - other) > 30 for other in seen)
            and (whole or any(abs(x - other) < 100 for other in near))
        ]
        return joined_or_nobody(found)

    def landmarker(self, image: Image, regions: Sequence[Region]) -> Landmarks:
        """Whoever is next to the region's middle; a score of 0 if nobody is near."""
        found = []
        for region in regions:
            x = float(region.center_x) * WIDTH
            nearest = min(self.visible(), key=lambda other: abs(other - x), default=1e9)
            there = person(nearest if nearest < 1e9 else 0)
            score = np.full(1, abs(nearest - x) < 60, np.float32)
            found.append(Landmarks(**{**vars(there), "scores": score}))
        return joined_or_nobody(found)


def joined_or_nobody(found: list[Landmarks]) -> Landmarks:
    return joined(found) if found else Landmarks.empty(masks=None)


def tracker(
    world: World,
    *,
    num_poses: int | None = None,
    select: Select = "prominent",
    search_interval_s: float = 0.2,
    min_tracking_confidence: float = 0.5,
    static_image_mode: bool = False,
) -> MultiPersonTracker | StillImages:
    finder = PeopleFinder(
        world,  # type: ignore[arg-type]
        num_poses=num_poses,
        select=select,
        min_confidence=min_tracking_confidence,
    )
    if static_image_mode:
        return StillImages(finder)
    make_follower = partial(
        Follower, smooth_landmarks=True, smooth_segmentation=True, reference=SOLUTIONS_0_10_21
    )
    return MultiPersonTracker(
        finder,
        world.landmarker,
        make_follower,
        search_interval_s=search_interval_s,
        reference=SOLUTIONS_0_10_21,
    )


class Film:
    """Runs frame after frame, and returns the last result."""

    def __init__(self, world: World, *, enable_segmentation: bool = False, **options: Any) -> None:
        self.world, self.frame, self.frame_s = world, 0, FRAME_S
        self.tracker: Any = tracker(world, **options)
        is_video = not options.get("static_image_mode")
        clock = FrameClock(is_video=is_video, frame_rate=30.0)
        self.stream = Stream(self.tracker, clock, with_masks=enable_segmentation)

    def __call__(self, frames: int = 1, image: Image = IMAGE, **speeds: float) -> PoseResult:
        for _ in range(frames):
            for name, speed in speeds.items():
                self.world.people[name] += speed
            result = self.stream(image, self.frame * self.frame_s)
            self.frame += 1
        return result


def ids(result: PoseResult) -> list[int]:
    return result.ids.tolist()


def test_everyone_of_the_first_frame_has_an_id_at_once() -> None:
    result = Film(World({"a": 200, "b": 600}))()
    assert ids(result) == [1, 2]
    assert result.landmarks_px[:, 16, 0] == pytest.approx((200, 600), abs=40)


def test_whoever_comes_later_gets_an_id_after_probation() -> None:
    film = Film(World({"a": 200}))
    film(10)
    film.world.people["b"] = 700
    assert ids(film(3)) == [1]
    assert ids(film(12)) == [1, 2]


def test_the_search_is_spread() -> None:
    film = Film(World({"a": 200}))
    film(61)
    # Six tiles in a fifth of a second are one a frame.
    assert len(film.world.searches) == 61
    film = Film(World({"a": 200}), search_interval_s=2.0)
    film(61)
    assert 6 <= len(film.world.searches) <= 8


def test_a_occluded_person_comes_back_where_the_motion_leads() -> None:
    film = Film(World({"a": 100, "b": 900}))
    film(40, a=4)
    film.world.occluded.add("a")
    assert ids(film(45, a=4)) == [2]
    film.world.occluded.clear()
    assert ids(film(8, a=4)) == [1, 2]


def test_who_was_never_sure_and_slides_onto_another_is_forgotten() -> None:
    film = Film(World({"a": 200}))
    film(10)
    film.world.people["b"] = 240
    film(1)
    assert [track.id for track in film.tracker._scene.tracks] == [1, None]
    del film.world.people["b"]
    film(1)
    assert [track.id for track in film.tracker._scene.tracks] == [1]


def test_after_two_seconds_nobody_comes_back() -> None:
    film = Film(World({"a": 100, "b": 900}))
    film(40)
    film.world.occluded.add("a")
    film(70)
    film.world.occluded.clear()
    assert ids(film(15)) == [2, 3]


def test_nobody_is_remembered_for_longer_where_nobody_is_seen() -> None:
    film = Film(World({"a": 500}))
    film(40)
    film.world.occluded.add("a")
    film(70)
    film.world.occluded.clear()
    assert ids(film(15)) == [2]


def test_somebody_elsewhere_is_somebody_else() -> None:
    film = Film(World({"a": 100, "b": 900}))
    film(40)
    del film.world.people["a"]
    film.world.people["c"] = 600
    assert ids(film(15)) == [2, 3]


def test_two_who_cross_keep_their_ids() -> None:
    """While one hides the other, the occluded one's region slides onto the one in front."""
    film = Film(World({"a": 200, "b": 800}))
    film(1)
    for _ in range(100):
        x_a, x_b = film.world.people["a"], film.world.people["b"]
        film.world.occluded = {"b"} if abs(x_a - x_b) < 50 else set()
        result = film(1, a=6, b=-6)
    assert ids(result) == [1, 2]
    assert result.landmarks_px[0, 16, 0] > result.landmarks_px[1, 16, 0]


def test_a_cut_ends_all_and_a_change_of_light_nobody() -> None:
    film = Film(World({"a": 200, "b": 600}))
    film(10)
    glare = IMAGE.copy()
    glare[:, :400] = 250
    assert ids(film(3, image=glare)) == [1, 2]
    assert ids(film(1, image=IMAGE // 2)) == [3, 4]


def test_no_more_people_than_asked_for() -> None:
    film = Film(World({"a": 200, "b": 600, "c": 800}), num_poses=2)
    assert ids(film(5)) == [1, 2]
    assert len(film.world.searches) == 1  # as nobody else is wanted
    del film.world.people["a"]
    assert ids(film(15)) == [2, 3]


def test_one_who_stands_by_is_not_taken_for_the_one_who_left() -> None:
    film = Film(World({"a": 200, "b": 340, "c": 500}), num_poses=1, select="first")
    assert ids(film(45)) == [1]
    film.world.occluded.add("a")
    for _ in range(58):
        assert ids(film()) == []
    assert ids(film(15)) == [2]
    assert sum(film.world.searches) == 3  # at the start, at the loss, and for the next


def test_whoever_takes_a_free_place_is_chosen_among_all() -> None:
    film = Film(
        World({"a": 100, "b": 500, "c": 900}, in_tiles={"c"}), num_poses=1, select=(0.1, 0.5)
    )
    film(45)
    film.world.occluded.add("a")
    result = film(15)
    assert ids(result) == [2]
    assert result.landmarks_px[0, 16, 0] == pytest.approx(500, abs=40)


def test_as_long_as_there_is_room_nobody_is_chosen() -> None:
    film = Film(World({"a": 200}), num_poses=3)
    film(10)
    film.world.people["b"] = 700
    assert ids(film(12)) == [1, 2]
    film.world.occluded.add("a")
    film(70)
    assert sum(film.world.searches) == 1  # at the start
    film.world.people |= {"c": 500, "d": 900}
    assert ids(film(12)) == [2, 3, 4]
    assert sum(film.world.searches) == 2


def test_who_comes_into_a_slow_video_has_an_id_soon() -> None:
    film = Film(World({"a": 200}), search_interval_s=1.0)
    film.frame_s = 0.5
    film(2)
    film.world.people["b"] = 700
    assert ids(film(1)) == [1]
    assert ids(film(1)) == [1, 2]


def test_nobody_takes_the_place_of_the_first() -> None:
    film = Film(World({"a": 200, "b": 600}), num_poses=1, select="first")
    assert ids(film(5)) == [1]
    film.world.occluded.add("a")
    assert ids(film(30)) == []
    film.world.occluded.clear()
    assert ids(film(8)) == [1]


@pytest.mark.parametrize("static_image_mode", [False, True])
def test_whoever_is_not_sure_enough_is_nobody(static_image_mode: bool) -> None:
    options = {"static_image_mode": static_image_mode, "min_tracking_confidence": 1.0}
    assert ids(Film(World({"a": 200}), **options)()) == []


def test_pictures_have_no_memory() -> None:
    film = Film(World({"a": 200, "b": 600}), static_image_mode=True, num_poses=1)
    assert ids(film()) == ids(film()) == [1]


def test_nobody_at_all() -> None:
    film = Film(World(), enable_segmentation=True)
    result = film(40)
    assert len(result) == 0
    assert result.segmentation_masks is not None
    assert result.segmentation_masks.shape == (0, HEIGHT, WIDTH)


def test_many_people() -> None:
    film = Film(World({f"p{number}": 40 + 64.0 * number for number in range(15)}))
    assert ids(film(3)) == list(range(1, 16))


def test_time_must_go_on() -> None:
    film = Film(World())
    film()
    film.frame = 0
    with pytest.raises(TimestampError):
        film()
