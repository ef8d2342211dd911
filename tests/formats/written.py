"""Functions that write the known answer in every format that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.formats.written_by_apple_and_google import (
    apple_vision,
    mediapipe_lists,
    mediapipe_messages,
    mediapipe_tasks,
)
from tests.formats.written_by_systems import (
    alphapose,
    alphapose_by_image,
    alphapose_separate,
    coco,
    mmpose,
    mmpose_demo,
    mmpose_video,
    openpose,
    rtmlib,
    rtmlib_files,
    ultralytics,
    ultralytics_validator,
)
from tests.formats.written_by_us import (
    csv,
    csv_of_a_video,
    pose_result_list,
    pose_results,
    recording_of_a_video,
    recording_of_photographs,
)
from vitruvian.formats.openpose import BODY_25, COCO_18
from vitruvian.formats.points import HALPE_26, HALPE_136, WHOLE_BODY_133

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


# Each way in which a system writes results, with the name that the table of formats has for it.
WRITERS: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "coco": ("COCO results", coco),
    "ultralytics validator": ("COCO results", ultralytics_validator),
    "alphapose 17 without box": ("COCO results", alphapose),
    "alphapose 17": ("AlphaPose", lambda out: alphapose(out, box=[1.0, 2.0, 3.0, 4.0], idx=0)),
    "alphapose 26": ("AlphaPose", lambda out: alphapose(out, HALPE_26)),
    "alphapose 136": ("AlphaPose", lambda out: alphapose(out, HALPE_136, idx=[2, 1])),
    "alphapose open": (
        "AlphaPose",
        lambda out: alphapose_by_image(out, "people", "pose_keypoints_2d"),
    ),
    "alphapose cmu": ("AlphaPose", lambda out: alphapose_by_image(out, "bodies", "joints")),
    "alphapose cmu, sep-json": ("AlphaPose", alphapose_separate),
    "openpose body 25": ("OpenPose", lambda out: openpose(out, BODY_25)),
    "openpose coco 18": ("OpenPose", lambda out: openpose(out, COCO_18)),
    "openpose scale 3": ("OpenPose", lambda out: openpose(out, BODY_25, "0 to 1")),
    "openpose scale 4": ("OpenPose", lambda out: openpose(out, BODY_25, "-1 to 1")),
    "mmpose 17": ("MMPose", mmpose),
    "mmpose 26": ("MMPose", lambda out: mmpose(out, HALPE_26)),
    "mmpose 133": ("MMPose", lambda out: mmpose(out, WHOLE_BODY_133)),
    "mmpose demo": ("MMPose", mmpose_demo),
    "mmpose video": ("MMPose", lambda out: mmpose_video(out, is_demo=False)),
    "mmpose demo video": ("MMPose", lambda out: mmpose_video(out, is_demo=True)),
    "rtmlib 17": ("rtmlib's arrays in .npz", rtmlib),
    "rtmlib 133": ("rtmlib's arrays in .npz", lambda out: rtmlib(out, WHOLE_BODY_133)),
    "rtmlib, a file an image": ("rtmlib's arrays in .npz", rtmlib_files),
    "ultralytics": ("Ultralytics", ultralytics),
    "ultralytics normalized": ("Ultralytics", lambda out: ultralytics(out, normalize=True)),
    "csv": ("the CSV of vitruvian run", csv),
    "csv of a video": ("the CSV of vitruvian run", csv_of_a_video),
    "recording": ("the recording of vitruvian run", recording_of_a_video),
    "recording of photographs": ("the recording of vitruvian run", recording_of_photographs),
    "to_dict": ("PoseResult.to_dict", pose_results),
    "list of to_dict": ("PoseResult.to_dict", pose_result_list),
    "mediapipe tasks": (
        "MediaPipe's landmarks",
        lambda out: mediapipe_tasks(out, ("pose_landmarks", "pose_world_landmarks")),
    ),
    "mediapipe in JavaScript": (
        "MediaPipe's landmarks",
        lambda out: mediapipe_tasks(out, ("landmarks", "worldLandmarks")),
    ),
    "mediapipe lists": ("MediaPipe's landmarks", mediapipe_lists),
    "mediapipe messages": ("MediaPipe's landmarks", mediapipe_messages),
    "apple vision": ("vision.json of Apple Vision", apple_vision),
    "apple vision, raw names": (
        "vision.json of Apple Vision",
        lambda out: apple_vision(out, raw=True),
    ),
}
