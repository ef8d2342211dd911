"""`mp.solutions`: of MediaPipe's legacy solutions, this package implements pose."""

from __future__ import annotations

from vitruvian.mediapipe.solutions import (
    drawing_styles,
    drawing_utils,
    holistic,
    pose,
    pose_connections,
)
from vitruvian.mediapipe.solutions.missing import missing

__all__ = ["drawing_styles", "drawing_utils", "holistic", "pose", "pose_connections"]

_OTHER_SOLUTIONS = frozenset(
    ("face_detection", "face_mesh", "hands", "objectron", "selfie_segmentation")
)


class _MissingSolution:
    """A placeholder for another solution, which raises an error only when it is used.

    Many pose programs refer to a solution that they never use.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> None:
        raise missing(self._name, attribute)


def __getattr__(name: str) -> _MissingSolution:
    if name in _OTHER_SOLUTIONS:
        return _MissingSolution(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
