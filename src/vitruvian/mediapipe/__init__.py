"""MediaPipe Pose's own Python API: a program says `vitruvian.mediapipe` where it said `mediapipe`.

import vitruvian.mediapipe as mp

with mp.solutions.pose.Pose() as pose:
    print(pose.process(image).pose_landmarks)

`python -m vitruvian.mediapipe script.py` runs a program that is not to be touched at all.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from vitruvian.mediapipe.aliases import AliasFinder

__version__ = "0.10.21"  # of the MediaPipe that this behaves as

__all__ = ["Image", "ImageFormat", "framework", "solutions", "tasks"]

_IN_TASKS_IMAGE = ("Image", "ImageFormat")
_MODULES = ("framework", "python", "solutions", "tasks")

sys.meta_path.insert(0, AliasFinder(__name__))


def __getattr__(name: str) -> Any:
    """Load what a program asks for only when it asks."""
    if name in _IN_TASKS_IMAGE:
        return getattr(import_module(f"{__name__}.tasks.image"), name)
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(
        f"module {__name__!r} has no attribute {name!r}: it is MediaPipe Pose only"
    )
