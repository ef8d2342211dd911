"""Tracks one person, as MediaPipe does: region → landmarks → smoothing → the next region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.tracking.protocol import TrackedPeople
from vitruvian.types import ImageSize, Landmarks

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.tracking.follower import Follower
    from vitruvian.tracking.prominent_person import ProminentPerson
    from vitruvian.types import Image

_NO_PEOPLE = TrackedPeople(Landmarks.empty(masks=None), np.zeros(0, np.int64))


class SinglePersonTracker:
    """Finds the most prominent person of a video, and follows that person until it is lost.

    Args:
        person: finds the person's region and landmarks.
        make_follower: makes the region and the filters of a video.
    """

    def __init__(self, person: ProminentPerson, make_follower: Callable[[], Follower]) -> None:
        self._person = person
        self._make_follower = make_follower
        self._follower = make_follower()
        self._image_size: ImageSize | None = None
        self._last_id = 0

    def reset(self) -> None:
        """Forget the person: the next frame is the first of another video."""
        self._follower = self._make_follower()
        self._image_size = None
        self._last_id = 0

    def __call__(self, image: Image, timestamp_s: float) -> TrackedPeople:
        """Return the person in the next frame, if there is one.

        Args:
            image: (H, W, 3) uint8 RGB.
            timestamp_s: greater than in the previous call.
        """
        image_size = ImageSize.of(image)
        if image_size != self._image_size:  # another camera, another scene
            self._follower = self._make_follower()
            self._image_size = image_size

        # Where to look: where the previous landmarks lead, otherwise where the detector says.
        is_new = self._follower.region is None
        region = self._person.region(image) if is_new else self._follower.region
        if region is None:
            return self._lose_person()

        # What is there. If there is no person any more, the detector searches the next frame.
        landmarks = self._person.landmarks(image, region)
        if landmarks is None:
            return self._lose_person()

        # The smoothed landmarks also give the region of the next frame.
        if is_new:
            self._last_id += 1
        smoothed = self._follower.follow(landmarks, region, timestamp_s, image_size)
        return TrackedPeople(smoothed, np.array([self._last_id], np.int64))

    def _lose_person(self) -> TrackedPeople:
        self._follower.lose_person()
        return _NO_PEOPLE
