"""Tracks one person, as MediaPipe does: region → landmarks → smoothing → the next region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.tracking.protocol import TrackedPeople
from vitruvian.types import ImageSize, Landmarks

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.tracking.follower import Follower
    from vitruvian.tracking.protocol import PersonFinder
    from vitruvian.types import Image

_NO_PEOPLE = TrackedPeople(Landmarks.empty(masks=None), np.zeros(0, np.int64))


class SinglePersonTracker:
    """Finds the most prominent person of a video, and follows that person until it is lost.

    Args:
        finder: finds a person who is not tracked yet.
        make_follower: makes the region and the filters of a video.
    """

    def __init__(self, finder: PersonFinder, make_follower: Callable[[], Follower]) -> None:
        self._finder = finder
        self._make_follower = make_follower
        self._follower = make_follower()
        self._image_size: ImageSize | None = None
        self._last_id = 0

    def reset(self) -> None:
        """Forget the person: the next frame is the first of another video."""
        self._finder.reset()
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

        # The previous landmarks say where to look. Without them, the person is searched.
        region = self._follower.region
        is_new = region is None
        if region is None:
            found = self._finder.find(image, timestamp_s)
            if found is None:
                return self._lose_person()
            region, landmarks = found
        else:
            tracked = self._finder.landmarks(image, region)
            if tracked is None:
                return self._lose_person()
            landmarks = tracked

        # The smoothed landmarks also give the region of the next frame.
        if is_new:
            self._last_id += 1
        smoothed = self._follower.follow(landmarks, region, timestamp_s, image_size)
        return TrackedPeople(smoothed, np.array([self._last_id], np.int64))

    def _lose_person(self) -> TrackedPeople:
        self._follower.lose_person()
        return _NO_PEOPLE
