"""`mediapipe.tasks.python.vision`, which re-exports the classes of the pose task."""

from vitruvian.mediapipe.solutions import drawing_styles
from vitruvian.mediapipe.tasks import drawing_utils
from vitruvian.mediapipe.tasks.options import ImageProcessingOptions
from vitruvian.mediapipe.tasks.options import VisionTaskRunningMode as RunningMode
from vitruvian.mediapipe.tasks.pose_landmarker import (
    PoseLandmark,
    PoseLandmarker,
    PoseLandmarkerOptions,
    PoseLandmarkerResult,
    PoseLandmarksConnections,
)

__all__ = [
    "ImageProcessingOptions",
    "PoseLandmark",
    "PoseLandmarker",
    "PoseLandmarkerOptions",
    "PoseLandmarkerResult",
    "PoseLandmarksConnections",
    "RunningMode",
    "drawing_styles",
    "drawing_utils",
]
