"""Runs one side of a comparison, a few frames at a time.

    PYTHON benchmarks/worker.py SIDE FRAMES.npy OPTIONS

SIDE is `legacy` (mediapipe 0.10.21), `tasks` (1.2.2), `vitruvian`, or `detect`, which is Vitruvian
given all pictures at once. FRAMES.npy has (F, H, W, 3) uint8 RGB. OPTIONS is JSON: static,
complexity, masks; for `tasks` the model's path as task; what else there is goes to
`vitruvian.Pose`. Each line on stdin is a number of frames, for which a line of JSON is written: the
seconds of each, and where the landmarks are in pixels, or null. Of `detect` it is the mean, without
the first pictures, for which it loads its networks.
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
LOADING = 6  # pictures
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

    def find(picture, _index):
        found = pose.process(picture).pose_landmarks
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

    def find(picture, index):
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=picture)
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

    def find(picture, _index):
        result = pose.process(picture)
        return result if len(result) else None

    return find, lambda result: result.landmarks_px[0, :, :2].tolist()


def frame(index):
    """A frame, as fresh in memory as a decoder's."""
    return np.array(frames[index % len(frames)])


def one_by_one(indices):
    """The seconds of each frame, and where the person is. Of a result nothing else is kept."""
    seconds, found = [], []
    for index in indices:
        picture = frame(index)
        start_s = time.perf_counter()
        person = find(picture, index)
        seconds.append(time.perf_counter() - start_s)
        found.append(None if person is None else in_pixels(person))
    return seconds, found


def all_at_once(indices):
    """Likewise."""
    from vitruvian import detect

    pictures = [frame(index) for index in indices]
    loading = min(LOADING, len(pictures) // 2)
    results = detect(pictures, model_complexity=complexity, enable_segmentation=masks, **options)
    people = [next(results) for _ in range(loading)]
    start_s = time.perf_counter()
    people += results
    seconds = [(time.perf_counter() - start_s) / (len(pictures) - loading)]
    return seconds, [in_pixels(result) if len(result) else None for result in people]


answers = os.fdopen(os.dup(1), "w")  # MediaPipe writes to the other one
os.dup2(2, 1)
sides = {"legacy": legacy, "tasks": tasks, "vitruvian": vitruvian, "detect": vitruvian}
find, in_pixels = sides[side]()
run = all_at_once if side == "detect" else one_by_one
first = 0
for line in sys.stdin:
    indices = range(first, first + int(line))
    seconds, found = run(indices)
    print(json.dumps({"seconds": seconds, "found": found}), file=answers, flush=True)
    first = indices.stop
