"""The result of a `PoseLandmarker`, and the connections between its landmarks."""

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
        pose_landmarks: for each person, the 33 landmarks in normalized coordinates.
        pose_world_landmarks: for each person, the 33 landmarks in metres.
        segmentation_masks: for each person, a VEC32F1 image with values in [0, 1] that has the size
            of the frame; None if masks were not requested or if no person was found.
    """

    pose_landmarks: list[list[NormalizedLandmark]]
    pose_world_landmarks: list[list[Landmark]]
    segmentation_masks: list[Image] | None = None


class PoseLandmarksConnections:
    """The pairs of landmarks that are connected by a line."""

    @dataclass
    class Connection:
        """A line between two landmarks, which are given as values of `PoseLandmark`."""

        start: int
        end: int

    POSE_LANDMARKS: ClassVar[list[Connection]] = list(starmap(Connection, CONNECTIONS))
