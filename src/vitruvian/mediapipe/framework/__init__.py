"""Where MediaPipe keeps its messages."""

from vitruvian.mediapipe.framework import formats

__all__ = ["formats"]
