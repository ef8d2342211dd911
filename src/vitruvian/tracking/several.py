"""The loop of several people: follow all → who is gone or doubled → look for more. Keeps them."""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.stages.region import region_around
from vitruvian.tracking.loop import Loop
from vitruvian.tracking.matching import Absent, associate
from vitruvian.tracking.member import Member
from vitruvian.tracking.scene_cut import Cuts
from vitruvian.tracking.selection import preferred
from vitruvian.types import Landmarks, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from vitruvian.tracking.search import Searcher
    from vitruvian.tracking.selection import Select
    from vitruvian.types import Float64, Image, PoseResult, Region

_MEMORY_S = 2.0  # for so long a hidden person may come back
_PROBATION_FRAMES, _PROBATION_S = 5, 0.5  # so long, at most, is the new one followed without an id
_ROUNDING = 1e-6  # of times
_GUESS_INTERVAL_S = 0.1  # between looks for a hidden person at where the motion leads
_LATELY_S = 1.0  # whoever stood by so long ago is known when somebody is lost


class Crowd(Loop):
    """Finds and follows several people, each with an id of its own.

    Everyone is searched at the start and after a cut. Then the search is spread over the frames:
    each tile of it is searched once in `search_interval_s`, and a hidden person is looked for every
    tenth of a second where the motion leads. Where more may be there than are wanted, everyone is
    searched again when one of them is lost, or when somebody might take the last place: so there
    is a choice, and whoever stands by is not taken for the lost one.

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
        select: Select = "prominent",
        search_interval_s: float = 1.0,
        **options: Any,
    ) -> None:
        self._searcher = searcher
        self._num_poses = num_poses
        self._select = select
        self._search_interval_s = search_interval_s
        self._landmarker = landmarker
        super().__init__(**options)

    def _forget(self) -> None:
        self._is_cut = Cuts()
        self._begin_scene()

    def _begin_scene(self) -> None:
        self._people: list[Member] = []
        self._bystanders: Float64 = np.zeros((0, 2, 2))
        self._tiles: list[Region] = []
        self._tiles_due = 0.0
        self._guess_s = self._searched_s = -math.inf

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
            self._begin_scene()
        self._follow(image)
        self._part()
        self._forget_lost()

        # Who else is there.
        if not self._tiles:
            self._tiles = self._searcher.tiles(self._image_size)
            self._search_everywhere(image, is_first=True)
        else:
            self._search_on(image, before_s)
        return self._seen()

    def _preferred(self, people: Landmarks) -> Landmarks:
        order = preferred(people, self._select, self._image_size)
        return people[order[people.scores[order] > self._min_confidence]]

    @property
    def _seen_count(self) -> int:
        return sum(person.is_seen for person in self._people)

    @property
    def _room(self) -> int:
        """How many more people may be followed."""
        if self._num_poses is None:
            return sys.maxsize
        holds_first = self._select == "first"
        return self._num_poses - sum(person.is_seen or holds_first for person in self._people)

    def _follow(self, image: Image) -> None:
        """Look at everyone where it should be."""
        followed = [(person, person.region) for person in self._people if person.region]
        if not followed:
            return
        found = self._landmarker(image, [region for _, region in followed])
        for index, (person, region) in enumerate(followed):
            if found.scores[index] > self._min_confidence:
                self._see(person, found[index : index + 1], region)
            else:
                person.lose()

    def _see(self, person: Member, found: Landmarks, region: Region) -> None:
        person.see(found, region, self.timestamp_s, self._image_size)
        if person.id is None and (
            person.frames >= _PROBATION_FRAMES or self.timestamp_s - person.first_s >= _PROBATION_S
        ):
            self._name(person)

    def _name(self, person: Member) -> None:
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

    def _search_on(self, image: Image, before_s: float) -> None:
        """Look for others here and there; if one of them is to be chosen, everywhere."""
        tiles, guesses = self._due(self.timestamp_s - before_s)
        if self._seen_count == self._num_poses:
            return
        searched_ago_s = self.timestamp_s - self._searched_s
        lost = sum(person.is_lost_since(before_s) for person in self._people)
        if lost and self._seen_count + lost == self._num_poses and searched_ago_s >= _LATELY_S:
            self._search_everywhere(image, guesses)
        elif tiles or guesses:
            found = self._preferred(self._searcher(image, tiles, guesses, self._known()))
            is_choice = len(found) >= self._room  # of whom to give the last places
            if is_choice and self._room and searched_ago_s >= self._search_interval_s:
                self._search_everywhere(image, guesses)
            else:
                self._meet(found, takes_new=not is_choice)

    def _search_everywhere(
        self, image: Image, guesses: Sequence[Float64] = (), *, is_first: bool = False
    ) -> None:
        found = self._preferred(self._searcher(image, None, guesses, self._known()))
        is_taken = self._meet(found, names_new=is_first)
        self._bystanders = found.alignments_px(self._image_size)[~is_taken]
        if len(found):
            self._searched_s = self.timestamp_s

    def _known(self) -> Landmarks:
        """Everyone seen; without masks, as to join them takes milliseconds."""
        seen = [replace(person.landmarks, masks=None) for person in self._people if person.is_seen]
        return joined(seen) if seen else Landmarks.empty(masks=None)

    def _meet(
        self, found: Landmarks, *, takes_new: bool = True, names_new: bool = False
    ) -> NDArray[np.bool_]:
        """Whoever comes back takes the old id; others are new. Says who is followed from now on."""
        came_back = self._match(found.alignments_px(self._image_size))
        is_taken = np.zeros(len(found), bool)
        for index, alignment in enumerate(found.auxiliary):
            person = came_back.get(index)
            region = region_around(alignment, self._image_size)
            if region is None or self._seen_count == self._num_poses:
                continue
            if person is None:
                if not takes_new or self._room < 1:
                    continue
                person = Member(self._smooth_landmarks, self._smooth_segmentation)
                self._people.append(person)
                if names_new:
                    self._name(person)
            self._see(person, found[index : index + 1], region)
            is_taken[index] = True
        return is_taken

    def _match(self, alignments_px: Float64) -> dict[int, Member]:
        """Which of the people found is which of the hidden, and none of the bystanders."""
        hidden = [person for person in self._people if not person.is_seen]
        absent = [person.absent(self.timestamp_s) for person in hidden]
        if self.timestamp_s - self._searched_s <= _LATELY_S + _MEMORY_S:
            absent += [Absent(p[0], p, self._searched_s) for p in self._bystanders]
        chosen = associate(absent, alignments_px, self.timestamp_s)
        return {int(c): person for person, c in zip(hidden, chosen, strict=False) if c >= 0}

    def _seen(self) -> PoseResult:
        people = [person for person in self._people if person.is_seen and person.id]
        if not people:
            return self._nobody()
        people.sort(key=lambda person: person.id or 0)
        ids = np.array([person.id for person in people], np.int64)
        return self._result(joined([person.landmarks for person in people]), ids)
