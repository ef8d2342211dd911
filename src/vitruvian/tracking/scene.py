"""One scene of a video with several people: its tracks, its bystanders, and its searches."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.arrays import joined
from vitruvian.tracking.protocol import TrackedPeople
from vitruvian.types import Landmarks

if TYPE_CHECKING:
    from vitruvian.tracking.schedule import SearchSchedule
    from vitruvian.tracking.track import Track
    from vitruvian.types import Float64, ImageSize

MEMORY_S = 2.0  # a person who is occluded for longer is not re-identified


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
        """Remove tracks that are occluded for too long, or were lost before they were confirmed."""
        self.tracks = [
            track
            for track in self.tracks
            if track.is_visible or (track.id and timestamp_s - track.last_seen_s <= MEMORY_S)
        ]
