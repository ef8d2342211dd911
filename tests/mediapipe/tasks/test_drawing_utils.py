"""Tests of `tasks.drawing_utils`."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from vitruvian.mediapipe.tasks.python import vision

from tests.support.tasks import STANDING, image
from vitruvian.mediapipe.solutions import drawing_utils as message_drawing
from vitruvian.mediapipe.tasks import containers, drawing_utils
from vitruvian.skeleton import CONNECTIONS

if TYPE_CHECKING:
    from tests.support.plots import FakePlots


def marks(*points: tuple[float, float], **fields: float) -> list[containers.NormalizedLandmark]:
    return [containers.NormalizedLandmark(x, y, 0, **fields) for x, y in points]


LINE = [vision.PoseLandmarksConnections.Connection(0, 1)]


def test_a_result_is_drawn_like_the_same_message(still: vision.PoseLandmarker) -> None:
    person = still.detect(image(STANDING)).pose_landmarks[0]
    fields = [
        SimpleNamespace(x=mark.x, y=mark.y, HasField=lambda _: True, visibility=1, presence=1)
        for mark in person
    ]
    style = vision.drawing_styles.get_default_pose_landmarks_style()
    canvas, expected = STANDING[..., ::-1].copy(), STANDING[..., ::-1].copy()
    drawing_utils.draw_landmarks(
        canvas, person, vision.PoseLandmarksConnections.POSE_LANDMARKS, style
    )
    message_drawing.draw_landmarks(expected, SimpleNamespace(landmark=fields), CONNECTIONS, style)
    assert np.array_equal(canvas, expected)
    assert not np.array_equal(canvas, STANDING[..., ::-1])


def test_landmarks_with_low_visibility_or_presence_are_not_drawn() -> None:
    for fields in ({"visibility": 0.4}, {"presence": 0.4}):
        canvas = np.zeros((50, 50, 3), np.uint8)
        drawing_utils.draw_landmarks(canvas, marks((0.2, 0.2), (0.8, 0.8), **fields), LINE)
        assert not canvas.any()
    drawing_utils.draw_landmarks(canvas, [])
    assert not canvas.any()
    drawing_utils.draw_landmarks(canvas, marks((0.2, 0.2)), is_drawing_landmarks=False)
    assert not canvas.any()
    drawing_utils.draw_landmarks(canvas, marks((0.2, 0.2), visibility=0.6))
    assert canvas.any()


def test_wrong_images_and_connections_raise_an_error() -> None:
    with pytest.raises(ValueError, match="three channel bgr data"):
        drawing_utils.draw_landmarks(np.zeros((5, 5, 4), np.uint8), marks((0, 0)))
    with pytest.raises(ValueError, match="#0 to landmark #1"):
        drawing_utils.draw_landmarks(np.zeros((5, 5, 3), np.uint8), marks((0, 0)), LINE)
    with pytest.raises(ValueError, match="three channel bgr data"):
        drawing_utils.draw_detection(np.zeros((5, 5), np.uint8), detection())


def detection() -> containers.Detection:
    return containers.Detection(
        containers.BoundingBox(10, 20, 30, 15),
        [containers.Category(score=0.9)],
        [containers.NormalizedKeypoint(0.5, 0.5), containers.NormalizedKeypoint(1.5, 0.5)],
    )


def test_a_detection_is_drawn_at_its_pixel_coordinates() -> None:
    canvas, expected = (np.zeros((100, 100, 3), np.uint8) for _ in range(2))
    drawing_utils.draw_detection(canvas, detection())
    cv2.circle(expected, (50, 50), 2, (0, 0, 255), 2)
    cv2.rectangle(expected, (10, 20), (40, 35), (224, 224, 224), 2)
    assert np.array_equal(canvas, expected)


def test_landmarks_are_plotted_in_3d(plots: FakePlots) -> None:
    for connections in (LINE, [(0, 1)]):
        plots.calls.clear()
        drawing_utils.plot_landmarks(marks((0.1, 0.2), (0.3, 0.4)), connections)
        assert plots.names.count("scatter3D") == 2
        assert plots.names.count("plot3D") == 1
        assert plots.names[-1] == "show"
