"""What a `PoseLandmarker` gives: people, and the lines between their landmarks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap
from typing import TYPE_CHECKING, ClassVar

from vitruvian.skeleton import CONNECTIONS

if TYPE_CHECKING:
    from vitruvian.mediapipe.tasks.containers import Landmark, NormalizedLandmark
    from vitruvian.mediapipe.tasks.image import Image


@dataclass
class PoseLandmarkerResult:
    """The people in one frame.

    Attributes:
        pose_landmarks: of each person the 33 landmarks in the picture.
        pose_world_landmarks: of each person the 33 landmarks in metres.
        segmentation_masks: of each person a VEC32F1 image of the picture's size, in [0, 1]; None if
            not asked for, and where nobody is.
    """

    pose_landmarks: list[list[NormalizedLandmark]]
    pose_world_landmarks: list[list[Landmark]]
    segmentation_masks: list[Image] | None = None


class PoseLandmarksConnections:
    """The lines between the landmarks."""

    @dataclass
    class Connection:
        """A line from one landmark to another, each a number of `PoseLandmark`."""

        start: int
        end: int

    POSE_LANDMARKS: ClassVar[list[Connection]] = list(starmap(Connection, CONNECTIONS))
