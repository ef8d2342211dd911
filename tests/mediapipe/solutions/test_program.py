"""Tests of all solutions together, in the way that a typical program calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

import vitruvian.mediapipe as mp
from tests.support.sample import SAMPLE
from vitruvian.mediapipe.solutions import pose as pose_module

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.plots import FakePlots


def test_a_typical_pose_program_runs(
    frames: list[np.ndarray], tmp_path: Path, plots: FakePlots
) -> None:
    """Draw on images with a gray background, plot in 3D, and then process a video."""
    drawing, styles = mp.solutions.drawing_utils, mp.solutions.drawing_styles
    empty = np.zeros((90, 120, 3), np.uint8)
    written = []
    with pose_module.Pose(
        static_image_mode=True,
        model_complexity=2,
        enable_segmentation=True,
        min_detection_confidence=0.5,
    ) as pose:
        for number, image in enumerate((frames[0], empty, frames[-1])):
            height, width, _ = image.shape
            results = pose.process(image)
            if not results.pose_landmarks:
                assert results.segmentation_mask is None
                continue
            nose = results.pose_landmarks.landmark[pose_module.PoseLandmark.NOSE]
            assert 0.4 < nose.x < 0.6
            assert abs(nose.x * width - 320) < 20
            assert abs(nose.y * height - 130) < 30
            is_person = np.stack((results.segmentation_mask,) * 3, axis=-1) > 0.1
            background = np.full(image.shape, 192, np.uint8)
            canvas = np.where(is_person, cv2.cvtColor(image, cv2.COLOR_RGB2BGR), background)
            before = canvas.copy()
            drawing.draw_landmarks(
                canvas,
                results.pose_landmarks,
                pose_module.POSE_CONNECTIONS,
                landmark_drawing_spec=styles.get_default_pose_landmarks_style(),
            )
            assert (canvas[:10] == 192).all()
            assert 500 < (canvas != before).any(axis=2).sum() < 20_000
            written.append(tmp_path / f"{number}.png")
            assert cv2.imwrite(str(written[-1]), canvas)
            drawing.plot_landmarks(results.pose_world_landmarks, pose_module.POSE_CONNECTIONS)
    assert [path.stem for path in written] == ["0", "2"]
    assert plots.names.count("show") == 2

    camera = cv2.VideoCapture(str(SAMPLE))
    found = 0
    with pose_module.Pose(min_detection_confidence=0.5, min_tracking_confidence=0.5) as pose:
        while camera.isOpened() and found < 5:
            success, image = camera.read()
            assert success
            image.flags.writeable = False
            image = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            results = pose.process(image)
            image.flags.writeable = True
            image = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
            drawing.draw_landmarks(
                image,
                results.pose_landmarks,
                pose_module.POSE_CONNECTIONS,
                landmark_drawing_spec=styles.get_default_pose_landmarks_style(),
            )
            assert (cv2.flip(image, 1) == (255, 138, 0)[::-1]).all(axis=2).any()
            found += results.pose_landmarks is not None
    camera.release()
