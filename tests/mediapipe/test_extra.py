"""Without OpenCV or matplotlib, drawing says what to install."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from vitruvian.mediapipe.tasks.python import vision
from vitruvian.mediapipe.tasks.python.components import containers

from vitruvian.errors import MissingLibraryError
from vitruvian.mediapipe.framework.formats import detection_pb2, landmark_pb2, location_data_pb2
from vitruvian.mediapipe.solutions import drawing_utils

if TYPE_CHECKING:
    from collections.abc import Callable

IMAGE = np.zeros((8, 8, 3), np.uint8)
LANDMARKS = landmark_pb2.NormalizedLandmarkList(landmark=[{"x": 0.5, "y": 0.5}])
DETECTION = detection_pb2.Detection(
    location_data=location_data_pb2.LocationData(format="RELATIVE_BOUNDING_BOX")
)
DRAWINGS: dict[str, Callable[[], None]] = {
    "landmarks": lambda: drawing_utils.draw_landmarks(IMAGE, LANDMARKS),
    "detection": lambda: drawing_utils.draw_detection(IMAGE, DETECTION),
    "axis": lambda: drawing_utils.draw_axis(IMAGE, np.eye(3), np.zeros(3)),
    "landmarks of tasks": lambda: vision.drawing_utils.draw_landmarks(
        IMAGE, [containers.landmark.NormalizedLandmark(0.5, 0.5)]
    ),
    "detection of tasks": lambda: vision.drawing_utils.draw_detection(
        IMAGE,
        containers.detections.Detection(containers.bounding_box.BoundingBox(0, 0, 1, 1), []),
    ),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_without_opencv_names_the_extra(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    DRAWINGS[name]()
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(MissingLibraryError) as raised:
        DRAWINGS[name]()
    message = str(raised.value)
    assert message.startswith("Drawing needs OpenCV (")
    assert message.endswith('): run pip install "vitruvian[mediapipe]".')
    assert isinstance(raised.value, ImportError)
