"""Finds people in images and video: a new implementation of MediaPipe Pose.

import vitruvian

for result in vitruvian.track("dance.mp4"):
    print(result.timestamp_s, result.pose_landmarks.shape)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from vitruvian.errors import (
    ClosedError,
    CopyError,
    EngineError,
    FrameError,
    MediaError,
    OptionError,
    OutputError,
    TimestampError,
    VitruvianError,
    WeightsError,
)
from vitruvian.profile import Profile
from vitruvian.result import PoseResult
from vitruvian.skeleton import CONNECTIONS, LANDMARK_NAMES

if TYPE_CHECKING:
    from vitruvian.api import detect, track
    from vitruvian.draw.annotate import annotate
    from vitruvian.draw.trails import Trails
    from vitruvian.pose import Pose

__version__ = "0.1.0"

__all__ = [
    "CONNECTIONS",
    "LANDMARK_NAMES",
    "ClosedError",
    "CopyError",
    "EngineError",
    "FrameError",
    "MediaError",
    "OptionError",
    "OutputError",
    "Pose",
    "PoseResult",
    "Profile",
    "TimestampError",
    "Trails",
    "VitruvianError",
    "WeightsError",
    "__version__",
    "annotate",
    "detect",
    "track",
]

# These bring OpenCV and a runtime along, so they load when first used.
_MODULES = {
    "Pose": "vitruvian.pose",
    "Trails": "vitruvian.draw.trails",
    "annotate": "vitruvian.draw.annotate",
    "detect": "vitruvian.api",
    "track": "vitruvian.api",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'vitruvian' has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)
