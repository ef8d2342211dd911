"""Tests of `MultiPersonTracker`, with a fake of the searcher and the landmarker."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.support.results import landmarks
from vitruvian.arrays import joined
from vitruvian.errors import TimestampError
from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21
from vitruvian.tracking.clock import FrameClock
from vitruvian.tracking.follower import Follower
from vitruvian.tracking.selection import PeopleFinder
from vitruvian.tracking.several import MultiPersonTracker
from vitruvian.tracking.still_images import StillImageTracker
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
    """Return a person whose hips are at x, y in pixels."""
    spread = np.linspace(-0.7, 0.7, 33) * RADIUS
    points = np.stack((x + spread % 40, y + spread, 0 * spread), axis=-1)
    alignment = np.array(((x, y, 0), (x, y - RADIUS, 0)))
    scale = np.array((WIDTH, HEIGHT, WIDTH))
    return landmarks(
        landmarks=(points / scale)[np.newaxis].astype(np.float32),
        auxiliary=(alignment / scale)[np.newaxis].astype(np.float32),
    )


@dataclass
class World:
    """The people in front of a fake camera. It is the fake of the searcher, and of the landmarker.

    Attributes:
        people: the x of each person by name, in pixels.
        occluded: the names of people who cannot be found.
        in_tiles: the names of people who can be found in single tiles; None for all. A search of
            everything finds all people.
        searches: for each search whether it was of everything.
    """

    people: dict[str, float] = field(default_factory=dict)
    occluded: set[str] = field(default_factory=set)
    in_tiles: set[str] | None = None
    searches: list[bool] = field(default_factory=list)

    def visible(self, names: Iterable[str] | None = None) -> list[float]:
        """Return the x of the people with these names, or of all, who are not occluded."""
        visible = {*(self.people if names is None else names)} - self.occluded
        return [x for name, x in self.people.items() if name in visible]

    def tiles(self, image_size: tuple[int, int]) -> list[Region]:
        return [WHOLE_IMAGE] * 6

    def __call__(
        self,
        image: Image,
        tiles: Sequence[Region] | None = None,
        expected_px: Sequence[np.ndarray] = (),
        known: Landmarks | None = None,
    ) -> Landmarks:
        """Find people as `Searcher` does: any of them in tiles, others near expected positions."""
        searches_tiles = tiles is None or len(tiles) > 0
        self.searches.append(tiles is None)
        names = self.in_tiles if tiles and self.in_tiles is not None else {*self.people}
        known_px = [] if known is None else (known.auxiliary[:, 0, 0] * WIDTH).tolist()
        near_px = [points_px[0, 0] for points_px in expected_px]
        found = [
            person(x)
            for x in self.visible(names)
            if all(abs(x - other) > 30 for other in known_px)
            and (searches_tiles or any(abs(x - other) < 100 for other in near_px))
        ]
        return joined_or_empty(found)

    def landmarker(self, image: Image, regions: Sequence[Region]) -> Landmarks:
        """Return the person nearest to each region's centre; the score is 0 if it is far away."""
        found = []
        for region in regions:
            x = float(region.center_x) * WIDTH
            nearest = min(self.visible(), key=lambda other: abs(other - x), default=1e9)
            score = np.full(1, abs(nearest - x) < 60, np.float32)
            found.append(replace(person(nearest if nearest < 1e9 else 0), scores=score))
        return joined_or_empty(found)


def joined_or_empty(found: list[Landmarks]) -> Landmarks:
    return joined(found) if found else Landmarks.empty(masks=None)


def tracker(
    world: World,
    *,
    num_poses: int | None = None,
    select: Select = "prominent",
    search_interval_s: float = 0.2,
    min_tracking_confidence: float = 0.5,
    static_image_mode: bool = False,
) -> MultiPersonTracker | StillImageTracker:
    finder = PeopleFinder(
        world,  # type: ignore[arg-type]
        num_poses=num_poses,
        select=select,
        min_confidence=min_tracking_confidence,
    )
    if static_image_mode:
        return StillImageTracker(finder)
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


class Video:
    """Runs a tracker on one frame after the other.

    Attributes:
        world: the people in front of the camera.
        frame: the number of frames so far.
        frame_s: the time between two frames.
    """

    def __init__(self, world: World, *, enable_segmentation: bool = False, **options: Any) -> None:
        self.world, self.frame, self.frame_s = world, 0, FRAME_S
        self.tracker: Any = tracker(world, **options)
        is_video = not options.get("static_image_mode")
        clock = FrameClock(is_video=is_video, frame_rate=30.0)
        self.stream = Stream(self.tracker, clock, with_masks=enable_segmentation)

    def __call__(self, frames: int = 1, image: Image = IMAGE, **speeds: float) -> PoseResult:
        """Return the result of the last of several frames. Speeds are in pixels per frame."""
        for _ in range(frames):
            for name, speed in speeds.items():
                self.world.people[name] += speed
            result = self.stream(image, self.frame * self.frame_s)
            self.frame += 1
        return result


def ids(result: PoseResult) -> list[int]:
    return result.ids.tolist()


def test_all_people_of_the_first_frame_have_ids_at_once() -> None:
    result = Video(World({"a": 200, "b": 600}))()
    assert ids(result) == [1, 2]
    assert result.landmarks_px[:, 16, 0] == pytest.approx((200, 600), abs=40)


def test_a_person_who_enters_later_gets_an_id_after_the_probation() -> None:
    video = Video(World({"a": 200}))
    video(10)
    video.world.people["b"] = 700
    assert ids(video(3)) == [1]
    assert ids(video(12)) == [1, 2]


def test_the_search_is_spread_over_the_frames() -> None:
    video = Video(World({"a": 200}))
    video(61)
    # Six tiles in a fifth of a second are one tile per frame.
    assert len(video.world.searches) == 61
    video = Video(World({"a": 200}), search_interval_s=2.0)
    video(61)
    assert 6 <= len(video.world.searches) <= 8


def test_an_occluded_person_is_re_identified_where_the_motion_leads() -> None:
    video = Video(World({"a": 100, "b": 900}))
    video(40, a=4)
    video.world.occluded.add("a")
    assert ids(video(45, a=4)) == [2]
    video.world.occluded.clear()
    assert ids(video(8, a=4)) == [1, 2]


def test_an_unconfirmed_track_that_slides_onto_another_person_is_removed() -> None:
    video = Video(World({"a": 200}))
    video(10)
    video.world.people["b"] = 240
    video(1)
    assert [track.id for track in video.tracker._scene.tracks] == [1, None]
    del video.world.people["b"]
    video(1)
    assert [track.id for track in video.tracker._scene.tracks] == [1]


def test_a_person_is_not_re_identified_after_two_seconds() -> None:
    video = Video(World({"a": 100, "b": 900}))
    video(40)
    video.world.occluded.add("a")
    video(70)
    video.world.occluded.clear()
    assert ids(video(15)) == [2, 3]


def test_a_person_is_not_re_identified_after_two_seconds_without_any_people() -> None:
    video = Video(World({"a": 500}))
    video(40)
    video.world.occluded.add("a")
    video(70)
    video.world.occluded.clear()
    assert ids(video(15)) == [2]


def test_a_person_who_appears_elsewhere_gets_another_id() -> None:
    video = Video(World({"a": 100, "b": 900}))
    video(40)
    del video.world.people["a"]
    video.world.people["c"] = 600
    assert ids(video(15)) == [2, 3]


def test_two_people_who_cross_keep_their_ids() -> None:
    """While one person occludes the other, both tracks are on the person in front."""
    video = Video(World({"a": 200, "b": 800}))
    video(1)
    for _ in range(100):
        x_a, x_b = video.world.people["a"], video.world.people["b"]
        video.world.occluded = {"b"} if abs(x_a - x_b) < 50 else set()
        result = video(1, a=6, b=-6)
    assert ids(result) == [1, 2]
    assert result.landmarks_px[0, 16, 0] > result.landmarks_px[1, 16, 0]


def test_a_scene_cut_ends_all_tracks_and_a_change_of_light_ends_none() -> None:
    video = Video(World({"a": 200, "b": 600}))
    video(10)
    bright = IMAGE.copy()
    bright[:, :400] = 250
    assert ids(video(3, image=bright)) == [1, 2]
    assert ids(video(1, image=IMAGE // 2)) == [3, 4]


def test_no_more_than_num_poses_people_are_tracked() -> None:
    video = Video(World({"a": 200, "b": 600, "c": 800}), num_poses=2)
    assert ids(video(5)) == [1, 2]
    assert len(video.world.searches) == 1  # no search while num_poses people are visible
    del video.world.people["a"]
    assert ids(video(15)) == [2, 3]


def test_a_bystander_is_not_mistaken_for_the_person_who_left() -> None:
    video = Video(World({"a": 200, "b": 340, "c": 500}), num_poses=1, select="first")
    assert ids(video(45)) == [1]
    video.world.occluded.add("a")
    for _ in range(58):
        assert ids(video()) == []
    assert ids(video(15)) == [2]
    assert sum(video.world.searches) == 3  # at the start, at the loss, and before the next id


def test_the_person_who_takes_a_free_place_is_chosen_among_all_people() -> None:
    video = Video(
        World({"a": 100, "b": 500, "c": 900}, in_tiles={"c"}), num_poses=1, select=(0.1, 0.5)
    )
    video(45)
    video.world.occluded.add("a")
    result = video(15)
    assert ids(result) == [2]
    assert result.landmarks_px[0, 16, 0] == pytest.approx(500, abs=40)


def test_everything_is_searched_only_if_there_are_more_people_than_places() -> None:
    video = Video(World({"a": 200}), num_poses=3)
    video(10)
    video.world.people["b"] = 700
    assert ids(video(12)) == [1, 2]
    video.world.occluded.add("a")
    video(70)
    assert sum(video.world.searches) == 1  # at the start
    video.world.people |= {"c": 500, "d": 900}
    assert ids(video(12)) == [2, 3, 4]
    assert sum(video.world.searches) == 2


def test_in_a_slow_video_a_new_person_has_an_id_after_two_frames() -> None:
    video = Video(World({"a": 200}), search_interval_s=1.0)
    video.frame_s = 0.5
    video(2)
    video.world.people["b"] = 700
    assert ids(video(1)) == [1]
    assert ids(video(1)) == [1, 2]


def test_with_select_first_another_person_does_not_take_the_place_of_an_occluded_one() -> None:
    video = Video(World({"a": 200, "b": 600}), num_poses=1, select="first")
    assert ids(video(5)) == [1]
    video.world.occluded.add("a")
    assert ids(video(30)) == []
    video.world.occluded.clear()
    assert ids(video(8)) == [1]


@pytest.mark.parametrize("static_image_mode", [False, True])
def test_people_below_the_minimum_confidence_are_not_found(static_image_mode: bool) -> None:
    options = {"static_image_mode": static_image_mode, "min_tracking_confidence": 1.0}
    assert ids(Video(World({"a": 200}), **options)()) == []


def test_still_images_are_independent() -> None:
    video = Video(World({"a": 200, "b": 600}), static_image_mode=True, num_poses=1)
    assert ids(video()) == ids(video()) == [1]


def test_a_video_without_people_has_empty_results() -> None:
    video = Video(World(), enable_segmentation=True)
    result = video(40)
    assert len(result) == 0
    assert result.segmentation_masks is not None
    assert result.segmentation_masks.shape == (0, HEIGHT, WIDTH)


def test_many_people_are_tracked() -> None:
    video = Video(World({f"p{number}": 40 + 64.0 * number for number in range(15)}))
    assert ids(video(3)) == list(range(1, 16))


def test_a_timestamp_that_does_not_increase_is_refused() -> None:
    video = Video(World())
    video()
    video.frame = 0
    with pytest.raises(TimestampError):
        video()
