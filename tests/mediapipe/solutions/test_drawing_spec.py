"""Tests of the default style and the colors."""

from __future__ import annotations

from vitruvian.mediapipe.solutions import drawing_utils
from vitruvian.mediapipe.solutions.drawing_utils import DrawingSpec


def test_the_default_style_and_the_colors_are_mediapipes() -> None:
    assert DrawingSpec() == DrawingSpec(drawing_utils.WHITE_COLOR, 2, 2)
    assert drawing_utils.WHITE_COLOR == (224, 224, 224)
    assert drawing_utils.BLACK_COLOR == (0, 0, 0)
    assert drawing_utils.RED_COLOR == (0, 0, 255)
    assert drawing_utils.GREEN_COLOR == (0, 128, 0)
    assert drawing_utils.BLUE_COLOR == (255, 0, 0)
