"""One scene of a video with several people: its tracks, its bystanders, and its searches."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.arrays import joined
from vitruvian.tracking.matching import LastSeen, match
from vitruvian.tracking.protocol import TrackedPeople
from vitruvian.tracking.track import MEMORY_S
from vitruvian.types import Landmarks

if TYPE_CHECKING:
    from vitruvian.tracking.schedule import SearchSchedule
    from vitruvian.tracking.track import Track
    from vitruvian.types import Float64, ImageSize

RECENT_S = 1.0  # the positions of bystanders are known for this long after a full search


@dataclass
class Scene:
    """The tracks of one scene, and its searches.

    Attributes:
        image_size: size of all frames in pixels.
        schedule: of searches.
        tracks: of people who are visible or occluded.
        bystanders_px: (N, 2, 2) alignment points of people who were found but are not tracked.
    """

    image_size: ImageSize
    schedule: SearchSchedule
    tracks: list[Track] = field(default_factory=list)
    bystanders_px: Float64 = field(default_factory=lambda: np.zeros((0, 2, 2)))

    @property
    def visible(self) -> list[Track]:
        """The tracks of people who were found in the last frame."""
        return [track for track in self.tracks if track.is_visible]

    @property
    def occluded(self) -> list[Track]:
        """The tracks of people who were not found in the last frame."""
        return [track for track in self.tracks if not track.is_visible]

    @property
    def known_people(self) -> Landmarks:
        """The visible people, without masks, because joining masks takes milliseconds."""
        visible = [replace(track.landmarks, masks=None) for track in self.visible]
        return joined(visible) if visible else Landmarks.empty(masks=None)

    @property
    def confirmed_people(self) -> TrackedPeople:
        """The visible people whose tracks are confirmed, by ascending id."""
        confirmed = {track.id: track for track in self.visible if track.id is not None}
        ids = sorted(confirmed)
        landmarks = [confirmed[identity].landmarks for identity in ids]
        people = joined(landmarks) if landmarks else Landmarks.empty(masks=None)
        return TrackedPeople(people, np.array(ids, np.int64))

    def expected_px(self, timestamp_s: float) -> list[Float64]:
        """Return where to look for occluded people, if that is due.

        Returns:
            Alignment points, each (2, 2) in pixels.
        """
        if not self.schedule.take_occluded_search(timestamp_s):
            return []
        return [track.expected_px(timestamp_s) for track in self.occluded]

    def re_identified(self, found_px: Float64, timestamp_s: float) -> dict[int, Track]:
        """Return the occluded tracks by the position of their people among those found.

        People who are bystanders are not mistaken for occluded ones.

        Args:
            found_px: (N, 2, 2) alignment points of the people found, in pixels.
            timestamp_s: of the frame in which they were found.
        """
        occluded = self.occluded
        last_seen = [track.last_seen(timestamp_s) for track in occluded]
        searched_s = self.schedule.last_full_search_s
        if timestamp_s - searched_s <= RECENT_S + MEMORY_S:
            last_seen += [LastSeen(p[0], p, searched_s) for p in self.bystanders_px]
        # The last matches are bystanders.
        matched = match(last_seen, found_px, timestamp_s)
        return {
            int(index): track for track, index in zip(occluded, matched, strict=False) if index >= 0
        }

    def drop_duplicates(self) -> None:
        """Lose one of two tracks that are on one person.

        It is the one that is not confirmed, else the one that deviates more from its motion.
        """
        for one, other in combinations(self.tracks, 2):
            if not (one.is_visible and other.is_visible):
                continue
            if one.is_duplicate_of(other) or other.is_duplicate_of(one):
                kept, dropped = sorted(
                    (one, other), key=lambda track: (track.id is None, track.deviation)
                )
                if dropped.is_duplicate_of(kept):
                    dropped.lose_person()

    def end_lost_tracks(self, timestamp_s: float) -> None:
        """Remove the tracks that have ended."""
        self.tracks = [track for track in self.tracks if not track.has_ended(timestamp_s)]
