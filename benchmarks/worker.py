"""Run one of the programs that speed.py compares, a few frames at a time.

    PYTHON benchmarks/worker.py PROGRAM FRAMES.npy OPTIONS

PROGRAM is `legacy` (mediapipe 0.10.21), `tasks` (mediapipe 1.2.2), `vitruvian`, or `detect`, which
is Vitruvian given all images at once. PYTHON is one that has this program; it runs this file as a
script. FRAMES.npy has (F, H, W, 3) uint8 RGB. OPTIONS is JSON: static, complexity, masks; for
`tasks` also task, the path of the model; all others are passed to `vitruvian.Pose`.

For each line on stdin, a number of frames, it processes the next frames and writes one line of
JSON: the seconds of each frame, and its landmarks in pixel coordinates, or null if no person is
found. For `detect`, the seconds are a single mean, without the first images, for which it loads its
networks.
"""

import json
import os
import sys
import time

import numpy as np

program, path, options = sys.argv[1:]
options = json.loads(options)
static, complexity, masks = (options.pop(name) for name in ("static", "complexity", "masks"))
task = options.pop("task", None)
IMAGES_WHILE_LOADING = 6
FRAME_RATE = 1e6 / 33_333  # mp.solutions assigns these timestamps itself
frames = np.load(path, mmap_mode="r")
size = frames.shape[2], frames.shape[1]


def points(landmarks):
    """Convert one of MediaPipe's landmark lists to pixel coordinates."""
    return [(mark.x * size[0], mark.y * size[1]) for mark in landmarks]


def legacy():
    """Return a function that finds the person in a frame, and one that converts to pixels."""
    import mediapipe as mp

    pose = mp.solutions.pose.Pose(static, complexity, enable_segmentation=masks)

    def find(image, _index):
        found = pose.process(image).pose_landmarks
        return found and found.landmark

    return find, points


def tasks():
    """Return the same two functions for the Tasks API."""
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
    """Return the same two functions for Vitruvian."""
    from vitruvian import Pose

    pose = Pose(
        static,
        complexity,
        enable_segmentation=masks,
        search="frame",
        frame_rate=FRAME_RATE,
        **options,
    )

    def find(image, _index):
        result = pose.process(image)
        return result if len(result) else None

    return find, lambda result: result.landmarks_px[0, :, :2].tolist()


def read_frame(index):
    """Return a frame in newly allocated memory, as a decoder does."""
    return np.array(frames[index % len(frames)])


def one_by_one(indices):
    """Return the seconds of each frame, and the landmarks. Nothing else of a result is kept."""
    seconds, found = [], []
    for index in indices:
        image = read_frame(index)
        start_s = time.perf_counter()
        person = find(image, index)
        seconds.append(time.perf_counter() - start_s)
        found.append(None if person is None else in_pixels(person))
    return seconds, found


def all_at_once(indices):
    """Return the mean seconds of all frames but the first ones, and the landmarks."""
    from vitruvian import detect

    images = [read_frame(index) for index in indices]
    loading = min(IMAGES_WHILE_LOADING, len(images) // 2)
    results = detect(
        images,
        model_complexity=complexity,
        enable_segmentation=masks,
        search="frame",
        **options,
    )
    people = [next(results) for _ in range(loading)]
    start_s = time.perf_counter()
    people += results
    seconds = [(time.perf_counter() - start_s) / (len(images) - loading)]
    return seconds, [in_pixels(result) if len(result) else None for result in people]


answers = os.fdopen(os.dup(1), "w")  # a copy of stdout, to which MediaPipe writes log messages
os.dup2(2, 1)
programs = {"legacy": legacy, "tasks": tasks, "vitruvian": vitruvian, "detect": vitruvian}
find, in_pixels = programs[program]()
run = all_at_once if program == "detect" else one_by_one
first = 0
for line in sys.stdin:
    indices = range(first, first + int(line))
    seconds, found = run(indices)
    print(json.dumps({"seconds": seconds, "found": found}), file=answers, flush=True)
    first = indices.stop
