"""`mp.framework`: the package that holds MediaPipe's protobuf messages."""

from vitruvian.mediapipe.framework import formats

__all__ = ["formats"]
