"""The loop of several people: follow all → who is gone or doubled → look for more. Keeps them."""

from __future__ import annotations

import math
import sys
from itertools import combinations
from typing import TYPE_CHECKING, Any

import cv2
import lap
import numpy as np

from vitruvian.loop import Loop
from vitruvian.motion import Motion
from vitruvian.person import Person
from vitruvian.region import radii_px, region_around
from vitruvian.selection import preferred
from vitruvian.similarity import Body
from vitruvian.types import Landmarks, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cv2.typing import MatLike

    from vitruvian.search import Searcher
    from vitruvian.selection import Select
    from vitruvian.types import Float64, Image, PoseResult, Region

_MEMORY_S = 2.0  # for so long a hidden person may come back
_PROBATION_FRAMES = 5  # for so long whoever is new is followed before it gets an id
_ROUNDING = 1e-6  # of times
_GUESS_INTERVAL_S = 0.1  # between looks for a hidden person at where the motion leads
# How far from its way it may come back, in diameters of the circle around the body: at once, and
# how much more a second later.
_REACH, _REACH_PER_S = 0.25, 1.5
_STEPS = 5  # at which the way is looked at, from where it was last seen to where the motion leads
_SIZES = 1.5  # and how much larger or smaller
# A cut changes the colours of more than half of a coarse grid by so many of 255 levels, and by so
# many times what the frame before did, as pans and flicker go on.
_GRID = (32, 18)
_SAMPLES = (128, 72)  # a cell is the mean of 4 × 4
_CUT_LEVELS, _CUT_TIMES = 24.0, 4.0


class Crowd(Loop):
    """Finds and follows several people, each with an id of its own.

    Everyone is searched at the start and after a cut. Then the search is spread over the frames:
    each tile of it is searched once in `search_interval_s`, and a hidden person is looked for every
    tenth of a second where the motion leads.

    Args:
        searcher: picture → people who are not known yet.
        landmarker: picture and regions → landmarks.
        num_poses: how many people at most; None for all.
        select: whom, if there are more. With "first", nobody takes the place of a hidden person.
        search_interval_s: how long the search of a whole frame may take.
        options: those of `Loop`.
    """

    def __init__(
        self,
        searcher: Searcher,
        landmarker: Callable[[Image, Sequence[Region]], Landmarks],
        *,
        num_poses: int | None,
        select: Select,
        search_interval_s: float,
        **options: Any,
    ) -> None:
        self._searcher = searcher
        self._num_poses = num_poses
        self._select = select
        self._search_interval_s = search_interval_s
        self._landmarker = landmarker
        super().__init__(**options)

    def _forget(self) -> None:
        self._people: list[_Member] = []
        self._tiles: list[Region] = []
        self._tiles_due = 0.0
        self._guess_s = -math.inf
        self._grid: MatLike | None = None
        self._change = math.inf

    def __call__(self, image: Image, timestamp_s: float) -> PoseResult:
        """The people in an RGB picture (H, W, 3), by their ids.

        Raises:
            TimestampError: `timestamp_s` is not greater than in the call before.
        """
        before_s = self.timestamp_s
        self._begin_frame(image, timestamp_s)
        if not self._is_video:
            people = self._preferred(self._searcher(image))[: self._num_poses]
            ids = np.arange(1, len(people) + 1, dtype=np.int64)
            return self._result(people, ids) if len(people) else self._nobody()

        # What is there, where the frame before led.
        if self._is_cut(image):
            self._forget()
        self._follow(image)
        self._part()
        self._forget_lost()

        # Who else is there.
        if not self._tiles:
            self._tiles = self._searcher.tiles(self._image_size)
            self._meet(self._preferred(self._searcher(image)), is_first=True)
        else:
            tiles, guesses = self._due(timestamp_s - before_s)
            self._meet(self._search(image, tiles, guesses), is_first=False)
        return self._seen()

    def _preferred(self, people: Landmarks) -> Landmarks:
        order = preferred(people, self._select, self._image_size)
        return people[order[people.scores[order] > self._min_confidence]]

    @property
    def _room(self) -> int:
        """How many more people may be followed."""
        if self._num_poses is None:
            return sys.maxsize
        holds_first = self._select == "first"
        return self._num_poses - sum(person.is_seen or holds_first for person in self._people)

    def _is_cut(self, image: Image) -> bool:
        """Whether another scene begins."""
        samples = cv2.resize(image, _SAMPLES, interpolation=cv2.INTER_NEAREST)
        grid = cv2.resize(samples, _GRID, interpolation=cv2.INTER_AREA)
        before, self._grid = self._grid, grid
        if before is None:
            return False
        change_before = self._change
        changes = np.sort(cv2.absdiff(grid, before).max(axis=2), axis=None)
        self._change = float(changes[changes.size // 2])  # numpy.median takes five times as long
        return self._change > max(_CUT_LEVELS, _CUT_TIMES * change_before)

    def _follow(self, image: Image) -> None:
        """Look at everyone where it should be."""
        people = [person for person in self._people if person.region]
        regions = [person.region for person in people if person.region]
        found = self._landmarker(image, regions) if regions else Landmarks.empty(masks=None)
        for index, (person, region) in enumerate(zip(people, regions, strict=True)):
            if found.scores[index] > self._min_confidence:
                self._see(person, found[index : index + 1], region)
            else:
                person.lose()

    def _see(self, person: _Member, found: Landmarks, region: Region) -> None:
        person.see(found, region, self.timestamp_s, self._image_size)
        if person.id is None and person.frames >= _PROBATION_FRAMES:
            self._name(person)

    def _name(self, person: _Member) -> None:
        self._id += 1
        person.id = self._id

    def _part(self) -> None:
        """Of two who are on one person, the one without an id goes, else the one that strayed."""
        for one, other in combinations(self._people, 2):
            if not (one.is_seen and other.is_seen):
                continue
            if one.doubles(other) or other.doubles(one):
                stays, goes = sorted(
                    (one, other), key=lambda person: (person.id is None, person.strayed)
                )
                if goes.doubles(stays):
                    goes.lose()

    def _forget_lost(self) -> None:
        """Whoever is hidden for too long, or was never sure to be somebody."""
        self._people = [
            person
            for person in self._people
            if person.is_seen or (person.id and self.timestamp_s - person.seen_s <= _MEMORY_S)
        ]

    def _due(self, elapsed_s: float) -> tuple[list[Region], list[Float64]]:
        """Which tiles to search in this frame, and where to look for the hidden."""
        guesses: list[Float64] = []
        if self.timestamp_s - self._guess_s >= _GUESS_INTERVAL_S:
            self._guess_s = self.timestamp_s
            hidden = (person for person in self._people if not person.is_seen)
            guesses = [person.motion.predict(self.timestamp_s) for person in hidden]
        self._tiles_due += len(self._tiles) * elapsed_s / self._search_interval_s
        count = min(math.floor(self._tiles_due + _ROUNDING), len(self._tiles))
        self._tiles_due = min(self._tiles_due - count, 1)
        due = self._tiles[:count]
        self._tiles = self._tiles[count:] + due
        return due, guesses

    def _search(self, image: Image, tiles: Sequence[Region], guesses: list[Float64]) -> Landmarks:
        """Who is there and not seen yet."""
        seen = [person.landmarks for person in self._people if person.is_seen]
        nobody = Landmarks.empty(masks=None)
        if len(seen) == self._num_poses or not (tiles or guesses):
            return nobody
        known = joined(seen) if seen else nobody
        return self._preferred(self._searcher(image, tiles, guesses, known))

    def _meet(self, found: Landmarks, *, is_first: bool) -> None:
        """Whoever comes back takes the old id; all others are new."""
        hidden = [person for person in self._people if not person.is_seen]
        came_back = self._match(hidden, found.auxiliary[..., :2] * np.array(self._image_size))
        for index, alignment in enumerate(found.auxiliary):
            person = came_back.get(index)
            region = region_around(alignment, self._image_size)
            seen = sum(person.is_seen for person in self._people)
            if region is None or seen == self._num_poses:
                continue
            if person is None:
                if self._room < 1:
                    continue
                person = _Member(self._smooth_landmarks, self._smooth_segmentation)
                self._people.append(person)
                if is_first:
                    self._name(person)
            self._see(person, found[index : index + 1], region)

    def _match(self, hidden: list[_Member], alignments: Float64) -> dict[int, _Member]:
        """Which of the people found, by position, is which of the hidden."""
        if not hidden or not len(alignments):
            return {}
        costs = np.full((len(hidden), len(alignments)), np.inf)
        for row, person in enumerate(hidden):
            expected = person.motion.predict(self.timestamp_s)
            size_px, sizes_px = 2 * radii_px(expected), 2 * radii_px(alignments)
            reach = _REACH + _REACH_PER_S * (self.timestamp_s - person.seen_s)
            way = np.linspace(person.hips_px, expected[0], _STEPS)
            away_px = np.linalg.norm(alignments[:, :1] - way, axis=2).min(axis=1)
            alike = np.maximum(sizes_px / size_px, size_px / sizes_px) <= _SIZES
            costs[row, alike] = (away_px / (reach * size_px))[alike]
        costs[costs > 1] = 2  # over the limit
        _, chosen, _ = lap.lapjv(costs, extend_cost=True, cost_limit=1.0)
        return {int(c): person for person, c in zip(hidden, chosen, strict=True) if c >= 0}

    def _seen(self) -> PoseResult:
        people = [person for person in self._people if person.is_seen and person.id]
        if not people:
            return self._nobody()
        people.sort(key=lambda person: person.id or 0)
        ids = np.array([person.id for person in people], np.int64)
        return self._result(joined([person.landmarks for person in people]), ids)


class _Member(Person):
    """One of the people, seen now or hidden.

    Attributes:
        id: None while on probation.
        landmarks: what was last seen of it, smoothed (N = 1).
        body: likewise.
        hips_px: their midpoint, (2,), likewise.
        frames: in how many it was seen.
        seen_s: when it was last seen.
        motion: of its alignment points.
    """

    landmarks: Landmarks
    body: Body
    hips_px: Float64

    def __init__(self, smooth_landmarks: bool, smooth_segmentation: bool) -> None:
        super().__init__(smooth_landmarks, smooth_segmentation)
        self.id: int | None = None
        self.frames = 0
        self.seen_s = -math.inf
        self.motion = Motion()

    def see(
        self, found: Landmarks, region: Region, timestamp_s: float, image_size: tuple[int, int]
    ) -> None:
        """It was found."""
        self.landmarks = self.follow(found, region, timestamp_s, image_size)
        self.frames += 1
        self.seen_s = timestamp_s
        self.body = Body.of(self.landmarks, image_size)
        alignment_px = self.landmarks.auxiliary[0, :, :2] * np.array(image_size)
        self.motion.add(alignment_px, timestamp_s)
        self.hips_px = alignment_px[0]

    @property
    def is_seen(self) -> bool:
        """Not hidden."""
        return self.region is not None

    @property
    def strayed(self) -> float:
        """How far it is from where the motion led, in diameters of the circle around it."""
        away_px = np.linalg.norm(self.hips_px - self.motion.predict(self.seen_s)[0])
        return float(away_px) / max(self.body.size_px, 1e-6)

    def doubles(self, other: _Member) -> bool:
        """Whether both are on one person. Whoever has an id may well walk in front of another."""
        away_px = math.dist(self.hips_px, other.hips_px)
        if away_px > max(self.body.size_px, other.body.size_px):
            return False  # saves comparing everyone in a crowd with everyone
        is_part = self.id is None and self.body.lies_on(other.body)
        return is_part or self.body.is_same_as(other.body)
