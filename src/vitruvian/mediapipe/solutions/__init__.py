"""MediaPipe's solutions, of which this package has one: pose."""

from __future__ import annotations

from vitruvian.mediapipe.solutions import drawing_styles, drawing_utils, pose, pose_connections

__all__ = ["drawing_styles", "drawing_utils", "pose", "pose_connections"]

_OTHERS = frozenset(
    ("face_detection", "face_mesh", "hands", "holistic", "objectron", "selfie_segmentation")
)


class _Missing:
    """Another solution of MediaPipe: many a pose program names one that it never uses."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> None:
        raise AttributeError(
            f"There is no {self._name}.{attribute}: of MediaPipe's solutions, only pose is here."
        )


def __getattr__(name: str) -> _Missing:
    if name in _OTHERS:
        return _Missing(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
