"""The tracker of independent images: no person is followed from one image to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.tracking.protocol import TrackedPeople

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.types import Image, Landmarks


class StillImageTracker:
    """Finds the people in each image, and numbers them from 1.

    Args:
        find_people: RGB image (H, W, 3) → landmarks of N people.
    """

    def __init__(self, find_people: Callable[[Image], Landmarks]) -> None:
        self._find_people = find_people

    def __call__(self, image: Image, timestamp_s: float) -> TrackedPeople:  # noqa: ARG002
        """Return the people in an RGB image (H, W, 3). The timestamp has no effect."""
        people = self._find_people(image)
        return TrackedPeople(people, np.arange(1, len(people) + 1, dtype=np.int64))

    def reset(self) -> None:
        """Do nothing, because nothing is kept from image to image."""
