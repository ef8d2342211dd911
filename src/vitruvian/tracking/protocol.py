"""What trackers take and give, and the calls of the stages that they use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from vitruvian.types import Detections, Float64, Image, Landmarks, Region

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Image and regions → the people in each region, normalized by the region.
Detect = Callable[[Image, Sequence[Region]], list[Detections]]
# Image and regions → the landmarks of the person in each region (N = 1).
Landmark = Callable[[Image, Sequence[Region]], list[Landmarks]]
# Image → boxes around people, (N, 4): left, top, right, bottom in pixels.
FindBoxes = Callable[[Image], Float64]


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


class FoundPerson(NamedTuple):
    """A person who was found in an image.

    Attributes:
        region: where the landmark model looked.
        landmarks: its answer (N = 1).
    """

    region: Region
    landmarks: Landmarks


class PersonFinder(Protocol):
    """Finds one person, who is not tracked yet."""

    def find(self, image: Image, timestamp_s: float) -> FoundPerson | None:
        """Return the person in an image, or None if nobody is found.

        Args:
            image: (H, W, 3) uint8 RGB.
            timestamp_s: in a video, greater than in the previous call.
        """
        ...

    def landmarks(self, image: Image, region: Region) -> Landmarks | None:
        """Return the landmarks (N = 1) of the person in a region; None if there is no person."""
        ...

    def reset(self) -> None:
        """Forget previous images: the next one is the first of another video."""
        ...
