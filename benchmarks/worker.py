"""Runs one side of a comparison, a few frames at a time.

    PYTHON benchmarks/worker.py SIDE FRAMES.npy OPTIONS

SIDE is `legacy` (mediapipe 0.10.21), `tasks` (1.2.2) or `vitruvian`; FRAMES.npy has (F, H, W, 3)
uint8 RGB; OPTIONS is JSON: static, complexity, masks; for `tasks` the model's path as task; and
what else there is goes to `vitruvian.Pose`. Each line on stdin is a number of frames, for which a
line of JSON is written: the seconds of each, and where the landmarks are in pixels, or null.
"""

import json
import os
import sys
import time

import numpy as np

side, path, options = sys.argv[1:]
options = json.loads(options)
static, complexity, masks = (options.pop(name) for name in ("static", "complexity", "masks"))
task = options.pop("task", None)
FRAME_RATE = 1e6 / 33_333  # the legacy solution stamps its frames itself
frames = np.load(path, mmap_mode="r")
size = frames.shape[2], frames.shape[1]


def points(landmarks):
    """The landmarks in pixels, from what MediaPipe calls a list of them."""
    return [(mark.x * size[0], mark.y * size[1]) for mark in landmarks]


def legacy():
    """What finds the person in a frame."""
    import mediapipe as mp

    pose = mp.solutions.pose.Pose(static, complexity, enable_segmentation=masks)

    def find(frame, _index):
        found = pose.process(frame).pose_landmarks
        return found and found.landmark

    return find, points


def tasks():
    """Likewise."""
    import mediapipe as mp

    vision = mp.tasks.vision
    landmarker = vision.PoseLandmarker.create_from_options(
        vision.PoseLandmarkerOptions(
            base_options=mp.tasks.BaseOptions(model_asset_path=task),
            running_mode=vision.RunningMode.IMAGE if static else vision.RunningMode.VIDEO,
            output_segmentation_masks=masks,
        )
    )

    def find(frame, index):
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=frame)
        if static:
            people = landmarker.detect(image).pose_landmarks
        else:
            people = landmarker.detect_for_video(image, (index + 1) * 33).pose_landmarks
        return people[0] if people else None

    return find, points


def vitruvian():
    """Likewise."""
    from vitruvian import Pose

    pose = Pose(static, complexity, enable_segmentation=masks, frame_rate=FRAME_RATE, **options)

    def find(frame, _index):
        result = pose.process(frame)
        return result if len(result) else None

    return find, lambda result: result.landmarks_px[0, :, :2].tolist()


answers = os.fdopen(os.dup(1), "w")  # MediaPipe writes to the other one
os.dup2(2, 1)
find, in_pixels = {"legacy": legacy, "tasks": tasks, "vitruvian": vitruvian}[side]()
index = 0
for line in sys.stdin:
    seconds, found = [], []
    for _ in range(int(line)):
        frame = np.array(frames[index % len(frames)])
        start_s = time.perf_counter()
        person = find(frame, index)
        seconds.append(time.perf_counter() - start_s)
        found.append(None if person is None else in_pixels(person))
        index += 1
    print(json.dumps({"seconds": seconds, "found": found}), file=answers, flush=True)
