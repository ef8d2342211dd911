"""Our own results as predictions of a system."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.prediction import PredictedPerson
from vitruvian.skeleton import COCO_17

if TYPE_CHECKING:
    from vitruvian.result import PoseResult

_KEYPOINTS = list(COCO_17)


def predicted_people(result: PoseResult, image: int | str) -> list[PredictedPerson]:
    """Return the people of a result.

    Their score is the mean visibility of the 17 keypoints. MediaPipe gives no score, so this is how
    its results are scored, and ours have the same average precision.

    Args:
        result: of one image.
        image: the image's id in the annotations, or the name of its file.
    """
    landmarks = result.pose_landmarks.astype(np.float64)
    world_landmarks = result.pose_world_landmarks.astype(np.float64)
    visibility = result.visibility[:, _KEYPOINTS].astype(np.float64)
    return [
        PredictedPerson(
            image,
            landmarks[person, _KEYPOINTS, :2],
            visibility[person],
            float(visibility[person].mean()),
            is_normalized=True,
            landmarks=landmarks[person, :, :2],
            world_landmarks=world_landmarks[person],
            track_id=int(result.ids[person]),
        )
        for person in range(len(result))
    ]
