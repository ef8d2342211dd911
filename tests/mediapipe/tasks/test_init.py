"""Tests of the module names of the Tasks API, and of the classes in the modules."""

from __future__ import annotations

import importlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from vitruvian.mediapipe.tasks.python import vision

from vitruvian.mediapipe.tasks import containers
from vitruvian.skeleton import CONNECTIONS, LANDMARK_NAMES

if TYPE_CHECKING:
    from pathlib import Path

PATHS = {
    "tasks.python": "BaseOptions",
    "tasks.python.vision": "PoseLandmarker",
    "tasks.vision": "RunningMode",
    "tasks.python.core.base_options": "BaseOptions",
    "tasks.python.components.containers": "NormalizedRect",
    "tasks.python.components.containers.landmark": "NormalizedLandmark",
    "tasks.python.components.containers.landmark_detection_result": "LandmarksDetectionResult",
    "tasks.python.components.containers.rect": "RectF",
    "tasks.python.components.containers.bounding_box": "BoundingBox",
    "tasks.python.components.containers.category": "Category",
    "tasks.python.components.containers.detections": "Detection",
    "tasks.python.components.containers.keypoint": "NormalizedKeypoint",
    "tasks.python.vision.core.image": "Image",
    "tasks.python.vision.core.image_processing_options": "ImageProcessingOptions",
    "tasks.python.vision.core.vision_task_running_mode": "VisionTaskRunningMode",
    "tasks.python.vision.drawing_styles": "get_default_pose_landmarks_style",
    "tasks.python.vision.drawing_utils": "draw_landmarks",
    "tasks.python.vision.pose_landmarker": "PoseLandmarkerOptions",
    "tasks.components.containers.landmark": "Landmark",
}


@pytest.mark.parametrize("path", PATHS)
def test_modules_have_the_same_names_as_in_mediapipe(path: str) -> None:
    name = PATHS[path]
    module = importlib.import_module(f"vitruvian.mediapipe.{path}")
    assert hasattr(module, name)
    package, _, last = f"vitruvian.mediapipe.{path}".rpartition(".")
    assert getattr(importlib.import_module(package), last) is module


def test_a_program_can_import_all_modules_in_a_new_process(tmp_path: Path) -> None:
    lines = [
        "import mediapipe as mp",
        "from mediapipe.tasks import python",
        "from mediapipe.tasks.python import vision",
        *(f"from mediapipe.{path} import {name}" for path, name in PATHS.items()),
        "assert mp.tasks.vision is python.vision is vision",
        "assert mp.tasks.BaseOptions is python.BaseOptions is BaseOptions",
        "assert mp.tasks.components.containers.NormalizedLandmark is NormalizedLandmark",
        "assert vision.RunningMode is VisionTaskRunningMode",
        "assert mp.Image is Image",
    ]
    (tmp_path / "program.py").write_text("\n".join(lines))
    done = subprocess.run(
        [sys.executable, "-m", "vitruvian.mediapipe", "program.py"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_the_classes_have_the_expected_content() -> None:
    assert [mark.name.lower() for mark in vision.PoseLandmark] == list(LANDMARK_NAMES)
    connections = vision.PoseLandmarksConnections.POSE_LANDMARKS
    assert {(line.start, line.end) for line in connections} == set(CONNECTIONS)
    assert connections[0] == vision.PoseLandmarksConnections.Connection(0, 1)
    assert containers.Landmark(1, 2) != containers.NormalizedLandmark(1, 2)
    assert containers.Landmark(x=1, name="a") == containers.Landmark(1, name="a")
    assert containers.NormalizedRect(0, 0, 1, 1).rotation == 0
    assert all(hasattr(vision, name) for name in vision.__all__)
