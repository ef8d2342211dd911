"""A drop-in replacement for MediaPipe Pose's Python API: import it instead of `mediapipe`.

import vitruvian.mediapipe as mp

with mp.solutions.pose.Pose() as pose:
    print(pose.process(image).pose_landmarks)

`python -m vitruvian.mediapipe script.py` runs a program without any change to its imports.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from vitruvian.mediapipe.aliases import AliasFinder

__version__ = "0.10.21"  # the version of MediaPipe whose behaviour this package reproduces

__all__ = ["Image", "ImageFormat", "framework", "solutions", "tasks"]

_NAMES_IN_TASKS_IMAGE = ("Image", "ImageFormat")
_MODULES = ("framework", "python", "solutions", "tasks")

sys.meta_path.insert(0, AliasFinder(__name__))


def __getattr__(name: str) -> Any:
    """Import a submodule or a class at its first use."""
    if name in _NAMES_IN_TASKS_IMAGE:
        return getattr(import_module(f"{__name__}.tasks.image"), name)
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(
        f"module {__name__!r} has no attribute {name!r}: it implements only MediaPipe Pose"
    )
