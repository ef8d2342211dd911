"""Run MediaPipe 0.10.21's own graph and write the streams between its stages.

    LEGACY_PYTHON benchmarks/reference.py OUT.npz static|video 0|1|2 [--masks] IMAGE...

LEGACY_PYTHON is a Python with mediapipe 0.10.21, the last version that has `mp.solutions.pose`. It
runs this file as a script, because it has neither Vitruvian nor this package. The images are either
independent (static) or the frames of one video. OUT.npz has the following arrays for F frames.
Coordinates are normalized; rows are NaN where MediaPipe finds no person.

    detection              (F, 13)     score, box (x, y, width, height), four keypoints (x, y)
    region_from_detection  (F, 5)      centre (x, y), width, height, angle in radians
    region_from_landmarks  (F, 5)      the same, for the next frame
    landmarks              (F, 33, 5)  x, y, z, visibility, presence
    world_landmarks        (F, 33, 5)  the same, in metres
    mask0, mask4, ...      (H/4, W/4)  with --masks: every fourth pixel of every fourth frame
"""

import sys

import cv2
import numpy as np

# Imported before the graph is made: the binding drops the options of calculators that are not.
from mediapipe.calculators.image import segmentation_smoothing_calculator_pb2  # noqa: F401
from mediapipe.python.solution_base import SolutionBase
from mediapipe.python.solutions import pose  # noqa: F401 - imports the options of the other calculators

out, mode, complexity, *files = sys.argv[1:]
with_masks = "--masks" in files
files = [file for file in files if file != "--masks"]
is_video = mode == "video"


def solution():
    """Return the graph of `mp.solutions.pose.Pose`, which also outputs its internal streams."""
    return SolutionBase(
        binary_graph_path="mediapipe/modules/pose_landmark/pose_landmark_cpu.binarypb",
        side_inputs={
            "model_complexity": int(complexity),
            "smooth_landmarks": is_video,
            "enable_segmentation": with_masks,
            "smooth_segmentation": is_video,
            "use_prev_landmarks": is_video,
        },
        calculator_params={
            "posedetectioncpu__TensorsToDetectionsCalculator.min_score_thresh": 0.5,
            "poselandmarkbyroicpu__tensorstoposelandmarksandsegmentation__"
            "ThresholdingCalculator.threshold": 0.5,
        },
        outputs=[
            "pose_detection",
            "pose_rect_from_detection",
            "pose_rect_from_landmarks",
            "pose_landmarks",
            "pose_world_landmarks",
            *(["segmentation_mask"] if with_masks else []),
        ],
    )


def detection(message):
    """Return a row of `detection`."""
    if message is None:
        return [np.nan] * 13
    box = message.location_data.relative_bounding_box
    points = message.location_data.relative_keypoints
    corners = [box.xmin, box.ymin, box.width, box.height]
    return [message.score[0], *corners, *(value for p in points for value in (p.x, p.y))]


def region(message):
    """Return a row of `region_from_detection` or `region_from_landmarks`."""
    if message is None:
        return [np.nan] * 5
    return [message.x_center, message.y_center, message.width, message.height, message.rotation]


def landmarks(message):
    """Return a row of `landmarks` or `world_landmarks`."""
    if message is None:
        return [[np.nan] * 5] * 33
    return [[p.x, p.y, p.z, p.visibility, p.presence] for p in message.landmark]


rows, masks = [], {}
graph = solution()
for index, file in enumerate(files):
    if not is_video:
        graph.close()
        graph = solution()
    result = graph.process({"image": cv2.cvtColor(cv2.imread(file), cv2.COLOR_BGR2RGB)})
    rows.append(
        {
            "detection": detection(result.pose_detection),
            "region_from_detection": region(result.pose_rect_from_detection),
            "region_from_landmarks": region(result.pose_rect_from_landmarks),
            "landmarks": landmarks(result.pose_landmarks),
            "world_landmarks": landmarks(result.pose_world_landmarks),
        }
    )
    if with_masks and index % 4 == 0 and result.segmentation_mask is not None:
        masks[f"mask{index}"] = result.segmentation_mask[::4, ::4].copy()
streams = {name: np.array([row[name] for row in rows], np.float32) for name in rows[0]}
np.savez_compressed(out, **streams, **masks)
