"""People in known postures, and recordings of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.support.results import result
from vitruvian.recorded.header import Header
from vitruvian.recording import Recording
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vitruvian.types import Float64

HEADER = Header("squats.mp4", options={"smooth_landmarks": False})
SIZE_PX = (640, 480)
RATE_HZ = 30
# Of someone who stands upright and faces the camera, with the palms to the front: the left side, in
# metres from the hips' midpoint, x right, y down, z away from the camera.
_LEFT = {
    "eye_inner": (0.02, -0.72, -0.1),
    "eye": (0.03, -0.72, -0.1),
    "eye_outer": (0.04, -0.72, -0.1),
    "ear": (0.08, -0.7, 0),
    "mouth": (0.03, -0.64, -0.1),
    "shoulder": (0.2, -0.5, 0),
    "elbow": (0.2, -0.2, 0),
    "wrist": (0.2, 0.05, 0),
    "pinky": (0.18, 0.15, 0),
    "index": (0.22, 0.15, 0),
    "thumb": (0.24, 0.1, 0),
    "hip": (0.1, 0, 0),
    "knee": (0.1, 0.4, 0),
    "ankle": (0.1, 0.8, 0),
    "heel": (0.1, 0.85, 0.05),
    "foot_index": (0.1, 0.85, -0.15),
}


def posture(**moved: tuple[float, float, float]) -> Float64:
    """Return the world landmarks of someone who stands, (33, 3), except for those that are given.

    Args:
        moved: the positions of some landmarks, by their names.
    """
    points_m = np.zeros((33, 3))
    for number, name in enumerate(LANDMARK_NAMES):
        place = _LEFT.get(
            name.replace("left", "").replace("right", "").strip("_"), (0, -0.68, -0.1)
        )
        points_m[number] = np.multiply(place, (-1, 1, 1) if "right" in name else (1, 1, 1))
        points_m[number] = moved.get(name, points_m[number])
    return points_m


def with_knees_at(flexion_deg: float) -> Float64:
    """Return the posture of someone whose shanks and feet are bent back by so much."""
    points_m = posture()
    for side in ("left", "right"):
        knee_m = points_m[LANDMARK_NAMES.index(f"{side}_knee")]
        for name in ("ankle", "heel", "foot_index"):
            landmark = LANDMARK_NAMES.index(f"{side}_{name}")
            points_m[landmark] = knee_m + _bent_back(points_m[landmark] - knee_m, flexion_deg)
    return points_m


def _bent_back(vector_m: Float64, angle_deg: float) -> Float64:
    cosine, sine = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    x, y, z = vector_m
    return np.array([x, cosine * y - sine * z, sine * y + cosine * z])


def turned(points_m: Float64, yaw_deg: float) -> Float64:
    """Return a person turned: by 90°, one who faces the camera faces to the right in the image."""
    cosine, sine = np.cos(np.radians(yaw_deg)), np.sin(np.radians(yaw_deg))
    x, y, z = np.moveaxis(points_m, -1, 0)
    return np.stack((cosine * x - sine * z, y, sine * x + cosine * z), axis=-1)


def recording_of(
    frames: Sequence[Mapping[int, Float64]],
    header: Header = HEADER,
    visibility: Float64 | None = None,
) -> Recording:
    """Return a recording of people in known postures, who stand in the middle of the image.

    Args:
        frames: of each frame, the world landmarks of each person by the id, ascending.
        header: that of the recording.
        visibility: (33,) that of all people, or 1.
    """
    results = []
    for index, people in enumerate(frames):
        points_m = np.array([*people.values()]).reshape(-1, 33, 3)
        points_px = points_m * 200 + (320, 240, 0)
        results.append(
            result(
                len(people),
                pose_landmarks=(points_px / (*SIZE_PX, SIZE_PX[0])).astype(np.float32),
                pose_world_landmarks=points_m.astype(np.float32),
                visibility=np.tile(
                    np.ones(33) if visibility is None else visibility, (len(people), 1)
                ).astype(np.float32),
                ids=np.array([*people], np.int64),
                image_size=SIZE_PX,
                index=index,
                timestamp_s=index / RATE_HZ,
            )
        )
    return Recording.of_results(header, results)
