"""A video of several people: fakes of the searcher and the landmarker, for a real tracker."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.support.results import landmarks
from vitruvian.arrays import joined
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

WIDTH, HEIGHT = 1000, 500
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

    def landmarker(self, image: Image, regions: Sequence[Region]) -> list[Landmarks]:
        """Return the person nearest to each region's centre; the score is 0 if it is far away."""
        found = []
        for region in regions:
            x = float(region.center_x) * WIDTH
            nearest = min(self.visible(), key=lambda other: abs(other - x), default=1e9)
            score = np.full(1, abs(nearest - x) < 60, np.float32)
            found.append(replace(person(nearest if nearest < 1e9 else 0), scores=score))
        return found


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
    """Return a tracker with these options that sees only the world."""
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
    """Return the ids of the people in a result as a list."""
    return result.ids.tolist()
