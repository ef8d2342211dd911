"""`mp.solutions.drawing_styles`: MediaPipe's default styles for the landmarks of a pose."""

from __future__ import annotations

from vitruvian.mediapipe.solutions.drawing_utils import WHITE_COLOR, DrawingSpec
from vitruvian.skeleton import LEFT, RIGHT, PoseLandmark

_LEFT_BGR, _RIGHT_BGR = (0, 138, 255), (231, 217, 0)


def get_default_pose_landmarks_style() -> dict[int, DrawingSpec]:
    """Return a style for each landmark: left is orange, right is blue, the nose is white.

    Pass it to `draw_landmarks` as `landmark_drawing_spec`.
    """
    style: dict[int, DrawingSpec] = {PoseLandmark.NOSE: DrawingSpec(WHITE_COLOR)}
    for side, color in ((LEFT, _LEFT_BGR), (RIGHT, _RIGHT_BGR)):
        spec = DrawingSpec(color)
        style.update({PoseLandmark(index): spec for index in side})
    return style
