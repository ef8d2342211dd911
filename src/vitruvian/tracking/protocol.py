"""What every tracker takes and gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vitruvian.types import Image, Landmarks


class TrackedPeople(NamedTuple):
    """The people in one frame.

    Attributes:
        landmarks: of N people.
        ids: (N,) int64, from 1, ascending.
    """

    landmarks: Landmarks
    ids: NDArray[np.int64]


class Tracker(Protocol):
    """Finds the people in one frame after the other."""

    def __call__(self, image: Image, timestamp_s: float) -> TrackedPeople:
        """Return the people in the next frame.

        Args:
            image: (H, W, 3) uint8 RGB.
            timestamp_s: in a video, greater than in the previous call.
        """
        ...

    def reset(self) -> None:
        """Forget all people: the next frame is the first of another video."""
        ...
