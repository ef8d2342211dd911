"""Tests of the default styles of landmarks."""

from __future__ import annotations

from vitruvian.mediapipe.solutions import drawing_styles
from vitruvian.mediapipe.solutions.drawing_utils import DrawingSpec
from vitruvian.mediapipe.solutions.pose import PoseLandmark


def test_the_pose_style_has_different_colors_for_left_and_right() -> None:
    style = drawing_styles.get_default_pose_landmarks_style()
    assert style.keys() == {*PoseLandmark}
    left, right, white = (0, 138, 255), (231, 217, 0), (224, 224, 224)
    for landmark in PoseLandmark:
        color = left if "LEFT" in landmark.name else right if "RIGHT" in landmark.name else white
        assert style[landmark] == DrawingSpec(color, thickness=2, circle_radius=2)
