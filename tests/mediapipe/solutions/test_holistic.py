"""Tests of the part of `mp.solutions.holistic` that concerns the pose."""

from __future__ import annotations

import pytest
from vitruvian.mediapipe.python.solutions import holistic as under_the_alias

import vitruvian.mediapipe as mp
from vitruvian.mediapipe.solutions import holistic, pose


def test_the_connections_of_the_pose_are_here_too() -> None:
    assert mp.solutions.holistic is under_the_alias is holistic
    assert holistic.POSE_CONNECTIONS is pose.POSE_CONNECTIONS
    assert holistic.PoseLandmark is pose.PoseLandmark


@pytest.mark.parametrize("name", ["Holistic", "HAND_CONNECTIONS", "FACEMESH_CONTOURS"])
def test_the_rest_is_missing(name: str) -> None:
    with pytest.raises(AttributeError, match=rf"no holistic\.{name}: .* only pose"):
        getattr(holistic, name)
