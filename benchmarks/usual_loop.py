"""Do what most programs for `mp.solutions.pose` do with a video: OpenCV, `process`, csv.writer.

    LEGACY_PYTHON benchmarks/usual_loop.py VIDEO OUT.csv 0|1|2

LEGACY_PYTHON is a Python with mediapipe 0.10.21. It runs this file as a script.
"""

import csv
import sys

import cv2
import mediapipe as mp

video, out, complexity = sys.argv[1:]
capture = cv2.VideoCapture(video)
with (
    open(out, "w", newline="") as file,  # noqa: PTH123
    mp.solutions.pose.Pose(model_complexity=int(complexity)) as pose,
):
    rows = csv.writer(file)
    rows.writerow(("frame", "landmark", "x", "y", "z", "visibility", "wx", "wy", "wz"))
    index = 0
    while True:
        more, bgr = capture.read()
        if not more:
            break
        result = pose.process(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB))
        if result.pose_landmarks:
            points, world = result.pose_landmarks.landmark, result.pose_world_landmarks.landmark
            pairs = zip(points, world, strict=True)
            for landmark, (mark, place) in enumerate(pairs):
                cells = (mark.x, mark.y, mark.z, mark.visibility, place.x, place.y, place.z)
                rows.writerow((index, landmark, *cells))
        index += 1
