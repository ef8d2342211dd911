"""Tests of the landmarks and connections of `solutions.pose`."""

from __future__ import annotations

import vitruvian.mediapipe as mp
from vitruvian.mediapipe.solutions import pose as pose_module
from vitruvian.skeleton import CONNECTIONS, LANDMARK_NAMES


def test_landmarks_and_connections_are_equal_to_the_skeletons() -> None:
    names = tuple(landmark.name.lower() for landmark in mp.solutions.pose.PoseLandmark)
    assert names == LANDMARK_NAMES
    assert pose_module.PoseLandmark.LEFT_WRIST == 15
    assert isinstance(pose_module.POSE_CONNECTIONS, frozenset)
    assert {*CONNECTIONS} == pose_module.POSE_CONNECTIONS
