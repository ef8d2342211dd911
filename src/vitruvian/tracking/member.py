"""One of several people: who it is, and where it was and will be."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.tracking.matching import Absent
from vitruvian.tracking.motion import Motion
from vitruvian.tracking.person import Person
from vitruvian.tracking.similarity import Body

if TYPE_CHECKING:
    from vitruvian.types import Float64, Landmarks, Region


class Member(Person):
    """One of the people, seen now or hidden.

    Attributes:
        id: None while on probation.
        landmarks: what was last seen of it, smoothed (N = 1).
        body: likewise.
        hips_px: their midpoint, (2,), likewise.
        frames: in how many it was seen.
        first_s: when it was first seen.
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
        self.first_s, self.seen_s = math.inf, -math.inf
        self.motion = Motion()

    def see(
        self, found: Landmarks, region: Region, timestamp_s: float, image_size: tuple[int, int]
    ) -> None:
        """It was found."""
        self.landmarks = self.follow(found, region, timestamp_s, image_size)
        self.frames += 1
        self.first_s, self.seen_s = min(self.first_s, timestamp_s), timestamp_s
        self.body = Body.of(self.landmarks, image_size)
        (alignment_px,) = self.landmarks.alignments_px(image_size)
        self.motion.add(alignment_px, timestamp_s)
        self.hips_px = alignment_px[0]

    @property
    def is_seen(self) -> bool:
        """Not hidden."""
        return self.region is not None

    def absent(self, timestamp_s: float) -> Absent:
        """What is known of it while it is hidden."""
        return Absent(self.hips_px, self.motion.predict(timestamp_s), self.seen_s)

    def is_lost_since(self, timestamp_s: float) -> bool:
        """Whether it was seen at that time, and is hidden now."""
        return not self.is_seen and self.seen_s == timestamp_s

    @property
    def strayed(self) -> float:
        """How far it is from where the motion led, in diameters of the circle around it."""
        away_px = np.linalg.norm(self.hips_px - self.motion.predict(self.seen_s)[0])
        return float(away_px) / max(self.body.size_px, 1e-6)

    def doubles(self, other: Member) -> bool:
        """Whether both are on one person. Whoever has an id may well walk in front of another."""
        away_px = math.dist(self.hips_px, other.hips_px)
        if away_px > max(self.body.size_px, other.body.size_px):
            return False  # saves comparing everyone in a crowd with everyone
        is_part = self.id is None and self.body.lies_on(other.body)
        return is_part or self.body.is_same_as(other.body)
