"""Tests of the alternative import paths."""

from __future__ import annotations

import importlib

import pytest

import vitruvian.mediapipe as mp
from vitruvian.mediapipe.solutions import pose as pose_module


def test_every_import_path_leads_to_the_same_module() -> None:
    assert importlib.import_module("vitruvian.mediapipe.python.solutions.pose") is pose_module
    assert importlib.import_module("vitruvian.mediapipe.solutions.pose") is pose_module
    assert mp.python.solutions.pose is pose_module
    formats = importlib.import_module("vitruvian.mediapipe.framework.formats")
    landmark_pb2 = importlib.import_module("vitruvian.mediapipe.framework.formats.landmark_pb2")
    assert mp.framework.formats is formats
    assert formats.landmark_pb2 is landmark_pb2
    connections = importlib.import_module("vitruvian.mediapipe.python.solutions.pose_connections")
    assert connections.POSE_CONNECTIONS is pose_module.POSE_CONNECTIONS


@pytest.mark.parametrize("name", ["nonsense", "python.nonsense", "python.solutions.hands"])
def test_an_unknown_module_cannot_be_imported(name: str) -> None:
    with pytest.raises(ModuleNotFoundError, match=r"nonsense|hands"):
        importlib.import_module(f"vitruvian.mediapipe.{name}")
