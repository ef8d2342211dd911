"""Run MediaPipe 0.10.21 on images and write COCO's results for keypoints.

    LEGACY_PYTHON benchmarks/second_system/mediapipe_pose.py 0|1|2 IMAGES.json OUT.json

LEGACY_PYTHON is a Python with mediapipe 0.10.21, the last version that has `mp.solutions.pose`. It
runs this file as a script, because it has neither Vitruvian nor this package. IMAGES.json is a list
of {image_id, path}. Each image is independent (`static_image_mode`). As MediaPipe gives no score,
that of a person is the mean visibility of the 17 keypoints.
"""

import json
import sys
from pathlib import Path

import cv2
import mediapipe as mp

# The landmark of each of COCO's keypoints, as in vitruvian/skeleton.py.
COCO_17 = (0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28)

complexity, images, out = sys.argv[1:]
results = []
with mp.solutions.pose.Pose(static_image_mode=True, model_complexity=int(complexity)) as pose:
    for entry in json.loads(Path(images).read_text()):
        image = cv2.cvtColor(cv2.imread(entry["path"]), cv2.COLOR_BGR2RGB)
        height, width = image.shape[:2]
        found = pose.process(image).pose_landmarks
        if found is None:
            continue
        points = [found.landmark[number] for number in COCO_17]
        results.append(
            {
                "image_id": entry["image_id"],
                "category_id": 1,
                "keypoints": [
                    value
                    for point in points
                    for value in (point.x * width, point.y * height, point.visibility)
                ],
                "score": sum(point.visibility for point in points) / len(points),
            }
        )
Path(out).write_text(json.dumps(results))
