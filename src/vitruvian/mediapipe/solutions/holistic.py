"""`mp.solutions.holistic`: the part of it that concerns the pose.

Many programs take the connections of the pose from here, and nothing else.
"""

from __future__ import annotations

from vitruvian.mediapipe.solutions.missing import missing
from vitruvian.mediapipe.solutions.pose_connections import POSE_CONNECTIONS
from vitruvian.skeleton import PoseLandmark

__all__ = ["POSE_CONNECTIONS", "PoseLandmark"]


def __getattr__(name: str) -> None:
    raise missing("holistic", name)
