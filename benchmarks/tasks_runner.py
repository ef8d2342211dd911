"""Run MediaPipe's Tasks API, or Vitruvian's version of it, on images and write the results.

    PYTHON benchmarks/tasks_runner.py MODULE OUT.npz image|video MODEL.task NUM_POSES IMAGE...

MODULE is `mediapipe` (1.2.2) or `vitruvian.mediapipe`. PYTHON is one that has the module; it runs
this file as a script. The images are either independent (image) or the frames of one video, 33 or
34 ms apart. OUT.npz has `landmarks`, normalized, and `world_landmarks`, in metres: both are
(F, P, 33, 5) x, y, z, visibility, presence, for F frames and at most P people, NaN where fewer are
found. It also has mask<frame>_<person>: every fourth pixel of every fourth frame.
"""

import importlib
import sys

import cv2
import numpy as np

module, out, mode, model, num_poses, *files = sys.argv[1:]
mp = importlib.import_module(module)
vision = mp.tasks.vision
is_video = mode == "video"
options = vision.PoseLandmarkerOptions(
    base_options=mp.tasks.BaseOptions(model_asset_path=model),
    running_mode=vision.RunningMode.VIDEO if is_video else vision.RunningMode.IMAGE,
    num_poses=int(num_poses),
    output_segmentation_masks=True,
)
masks = {}
streams = {
    name: np.full((len(files), int(num_poses), 33, 5), np.nan, np.float32)
    for name in ("landmarks", "world_landmarks")
}
with vision.PoseLandmarker.create_from_options(options) as landmarker:
    for index, file in enumerate(files):
        rgb = cv2.cvtColor(cv2.imread(file), cv2.COLOR_BGR2RGB)
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)
        if is_video:
            result = landmarker.detect_for_video(image, round((index + 1) * 1000 / 30))
        else:
            result = landmarker.detect(image)
        for name, people in (
            ("landmarks", result.pose_landmarks),
            ("world_landmarks", result.pose_world_landmarks),
        ):
            for person, marks in enumerate(people):
                streams[name][index, person] = [
                    (mark.x, mark.y, mark.z, mark.visibility, mark.presence) for mark in marks
                ]
        if index % 4 == 0:
            for person, mask in enumerate(result.segmentation_masks or []):
                pixels = mask.numpy_view().squeeze()
                masks[f"mask{index}_{person}"] = pixels[::4, ::4].copy()
np.savez_compressed(out, **streams, **masks)
