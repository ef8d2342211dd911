"""A track: one of several people, from the first frame to its end.

A track begins when a person is found, is confirmed after its probation, may be occluded, and ends
when the person stays away for too long.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.tracking.matching import LastSeen
from vitruvian.tracking.motion import Motion
from vitruvian.tracking.similarity import Body

if TYPE_CHECKING:
    from vitruvian.tracking.follower import Follower
    from vitruvian.types import Float64, ImageSize, Landmarks, Region

MEMORY_S = 2.0  # a track ends when its person is occluded for longer
# A track is confirmed after this many frames, or after this time.
_PROBATION_FRAMES, _PROBATION_S = 5, 0.5
_MIN_DIAMETER_PX = 1e-6


class Track:
    """One person who is visible now, or occluded.

    Args:
        follower: the person's region and filters.
        found: the person's landmarks in the first frame (N = 1).
        region: where they were found.
        timestamp_s: the time of the first frame.
        image_size: size of the image in pixels.

    Attributes:
        id: None until the track is confirmed.
        landmarks: the smoothed landmarks when the person was last seen (N = 1).
        body: the pose when the person was last seen.
        hips_px: (2,) the hips' midpoint when the person was last seen, in pixels.
        frames: the number of frames in which the person was seen.
        first_seen_s: the time when the person was first seen.
        last_seen_s: the time when the person was last seen.
    """

    def __init__(
        self,
        follower: Follower,
        found: Landmarks,
        region: Region,
        timestamp_s: float,
        image_size: ImageSize,
    ) -> None:
        self.id: int | None = None
        self.frames = 0
        self.first_seen_s = timestamp_s
        self._follower = follower
        self._motion = Motion()
        self._continue(found, region, timestamp_s, image_size)

    def update(
        self, found: Landmarks, region: Region, timestamp_s: float, image_size: ImageSize
    ) -> None:
        """Continue the track. The arguments are those of the constructor, for this frame."""
        self._continue(found, region, timestamp_s, image_size)

    def _continue(
        self, found: Landmarks, region: Region, timestamp_s: float, image_size: ImageSize
    ) -> None:
        self.landmarks = self._follower.follow(found, region, timestamp_s, image_size)
        self.body = Body.of(self.landmarks, image_size)
        (points_px,) = self.landmarks.alignment_points_px(image_size)
        self._motion.add(points_px, timestamp_s)
        self.hips_px: Float64 = points_px[0]
        self.frames += 1
        self.last_seen_s = timestamp_s

    def lose_person(self) -> None:
        """Mark the person as occluded."""
        self._follower.lose_person()

    @property
    def region(self) -> Region | None:
        """The region in which to look for the person next; None while occluded."""
        return self._follower.region

    @property
    def is_visible(self) -> bool:
        """Whether the person was found in the last frame."""
        return self.region is not None

    @property
    def has_passed_probation(self) -> bool:
        """Whether the track was followed for long enough to be confirmed."""
        age_s = self.last_seen_s - self.first_seen_s
        return self.frames >= _PROBATION_FRAMES or age_s >= _PROBATION_S

    def has_ended(self, timestamp_s: float) -> bool:
        """Return whether the person was lost before the track was confirmed, or for too long."""
        if self.is_visible:
            return False
        return self.id is None or timestamp_s - self.last_seen_s > MEMORY_S

    def was_lost_at(self, timestamp_s: float) -> bool:
        """Return whether the person is occluded, and was last seen in the frame of that time."""
        return not self.is_visible and self.last_seen_s == timestamp_s

    def expected_px(self, timestamp_s: float) -> Float64:
        """Return the alignment points, (2, 2) in pixels, that the motion predicts for a time."""
        return self._motion.predict(timestamp_s)

    def last_seen(self, timestamp_s: float) -> LastSeen:
        """Return what re-identifies the person at a time."""
        return LastSeen(self.hips_px, self.expected_px(timestamp_s), self.last_seen_s)

    @property
    def deviation(self) -> float:
        """Distance of the hips from their predicted position, in diameters of the body's circle."""
        distance_px = np.linalg.norm(self.hips_px - self.expected_px(self.last_seen_s)[0])
        return float(distance_px) / max(self.body.diameter_px, _MIN_DIAMETER_PX)

    def is_duplicate_of(self, other: Track) -> bool:
        """Return whether both tracks are on one person.

        A confirmed track may lie on another body, because its person may walk in front of it.
        """
        distance_px = math.dist(self.hips_px, other.hips_px)
        if distance_px > max(self.body.diameter_px, other.body.diameter_px):
            return False  # avoids comparing every pose with every other one
        is_part = self.id is None and self.body.is_part_of(other.body)
        return is_part or self.body.is_same_person_as(other.body)
