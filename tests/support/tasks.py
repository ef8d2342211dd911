"""Images, expected landmarks and functions for the tests of `vitruvian.mediapipe.tasks`."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from vitruvian.mediapipe.tasks.python import BaseOptions, vision

import vitruvian.mediapipe as mp
from tests.support import golden

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ("pose_detector.tflite", "pose_landmarks_detector.tflite")
STANDING, JUMPING = golden.still(0), golden.still(40)
GRAY = np.full_like(STANDING, 90)
PAIR = np.hstack([STANDING[:, 160:480], JUMPING[:, 160:480]])


def image(rgb: np.ndarray) -> mp.Image:
    return mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)


def half(rgb: np.ndarray, columns: slice) -> np.ndarray:
    covered = rgb.copy()
    covered[:, columns] = 90
    return covered


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def make(base: BaseOptions, **options: Any) -> vision.PoseLandmarker:
    return vision.PoseLandmarker.create_from_options(vision.PoseLandmarkerOptions(base, **options))


def places(result: vision.PoseLandmarkerResult) -> list[list[tuple[float, float]]]:
    """Return x and y of the nose, right wrist and right foot of each person."""
    return [[(person[n].x, person[n].y) for n in (0, 16, 32)] for person in result.pose_landmarks]


def approx(expected: Sequence[Sequence[tuple[float, float]]]) -> Any:
    """Compare to four digits, with the difference that two runtimes may have in the last one."""
    return [[pytest.approx(point, abs=5e-4) for point in person] for person in expected]


# Computed by MediaPipe 1.2.2 with the Lite model.
STILLS: dict[str, tuple[np.ndarray, int, list[list[tuple[float, float]]]]] = {
    "standing": (STANDING, 0, [[(0.4999, 0.2783), (0.4212, 0.5749), (0.4393, 0.8873)]]),
    # Landmarks that are found in a rotated image are not rotated back.
    "rotated by 90": (STANDING, 90, [[(0.45, 0.3872), (0.442, 0.4977), (0.5306, 0.8648)]]),
    "rotated by 180": (STANDING, 180, [[(0.5119, 0.5926), (0.4551, 0.5695), (0.5014, 0.7936)]]),
    "rotated by 270": (STANDING, 270, []),
    "rotated by -270": (STANDING, -270, [[(0.45, 0.3872), (0.442, 0.4977), (0.5306, 0.8648)]]),
    "rotated by 720": (
        STANDING,
        720,
        [[(0.4999, 0.2783), (0.4212, 0.5749), (0.4393, 0.8873)]],
    ),
}
