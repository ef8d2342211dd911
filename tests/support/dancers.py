"""People whose bones and rotations are known, as motion in the room and as recordings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tests.support.results import result
from vitruvian.analysis.room import RoomMotion
from vitruvian.recorded.header import Header
from vitruvian.recording import Recording
from vitruvian.rig.body import Body
from vitruvian.rig.joints import INDEX, NAMES, PARENTS
from vitruvian.rig.kinematics import joints_at_rest_m, joints_m
from vitruvian.rig.rest_pose import rest_offsets_m
from vitruvian.rig.rotations import turns
from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from vitruvian.types import Float64

RATE_HZ = 30
SIZE_PX, FOCAL_PX = (640, 480), 617.0  # the field of view that is assumed, 55°
X, Y, Z = np.eye(3)

# The landmarks of a person in T-pose, in metres from the hips' midpoint: x to the person's left, y
# up, z to the front. The right side mirrors the left one.
_LEFT_M = {
    "eye_inner": (0.02, 0.73, 0.09), "eye": (0.035, 0.73, 0.09), "eye_outer": (0.05, 0.73, 0.09),
    "ear": (0.075, 0.7, 0.0), "shoulder": (0.18, 0.5, 0.0), "elbow": (0.46, 0.5, 0.0),
    "wrist": (0.71, 0.5, 0.0), "pinky": (0.79, 0.5, -0.03), "index": (0.79, 0.5, 0.03),
    "thumb": (0.75, 0.5, 0.04), "hip": (0.1, 0.0, 0.0), "knee": (0.1, -0.42, 0.0),
    "ankle": (0.1, -0.83, 0.0), "heel": (0.1, -0.9, -0.05), "foot_index": (0.1, -0.9, 0.17),
}  # fmt: skip
_MIDDLE_M = {
    "nose": (0, 0.67, 0.09),
    "mouth_left": (0.03, 0.6, 0.09),
    "mouth_right": (-0.03, 0.6, 0.09),
}
# The joints that move the landmarks. All others are moved by the head.
_JOINTS = {
    "shoulder": "Arm", "elbow": "ForeArm", "wrist": "Hand", "pinky": "Hand", "index": "Hand",
    "thumb": "Hand", "hip": "UpLeg", "knee": "Leg", "ankle": "Foot", "heel": "Foot",
    "foot_index": "Foot",
}  # fmt: skip


def _of_landmark(name: str) -> tuple[tuple[float, float, float], int]:
    """Return where a landmark is in T-pose, and the joint that moves it."""
    side, _, part = name.partition("_")
    if part not in _LEFT_M:
        return _MIDDLE_M[name], INDEX["Head"]
    x, y, z = _LEFT_M[part]
    joint = INDEX[side.capitalize() + _JOINTS[part]] if part in _JOINTS else INDEX["Head"]
    return (x if side == "left" else -x, y, z), joint


T_POSE_M = np.array([_of_landmark(name)[0] for name in LANDMARK_NAMES], np.float64)
_MOVED_BY = np.array([_of_landmark(name)[1] for name in LANDMARK_NAMES])
OFFSETS_M = rest_offsets_m(Body(T_POSE_M[np.newaxis], np.ones((1, 33)), np.arange(1)))


class Dancer(NamedTuple):
    """A person in T frames.

    Attributes:
        root_m: (T, 3) where the hips are in the room.
        rotations: (T, J, 3, 3) of the joints, in the axes of their parents.
        id: of the person.
        missing: the frames in which the person is not found.
    """

    root_m: Float64
    rotations: Float64
    id: int = 1
    missing: Collection[int] = ()

    @property
    def joints_m(self) -> Float64:
        """Where the joints are in the room, (T, J, 3)."""
        return joints_m(OFFSETS_M, self.root_m, self.rotations)

    @property
    def landmarks_m(self) -> Float64:
        """Where the landmarks are in the room, (T, 33, 3)."""
        in_room = [self.rotations[:, 0]]
        for joint, parent in enumerate(PARENTS[1:], start=1):
            in_room.append(in_room[parent] @ self.rotations[:, joint])
        at_rest_m = joints_at_rest_m(OFFSETS_M)
        from_joints_m = at_rest_m[0] + T_POSE_M - at_rest_m[_MOVED_BY]
        moved_m = np.stack(in_room, axis=1)[:, _MOVED_BY] @ from_joints_m[..., np.newaxis]
        landmarks_m: Float64 = self.joints_m[:, _MOVED_BY] + moved_m[..., 0]
        return landmarks_m

    def motion(self) -> RoomMotion:
        """Return the person in the room."""
        positions_m, hips_m = self.landmarks_m, self.root_m.copy()
        visibility = np.ones(positions_m.shape[:2])
        for values in (positions_m, hips_m, visibility):
            values[[*self.missing]] = np.nan
        return RoomMotion(self.id, 0, positions_m, hips_m, visibility)


def dancer(rotations: Mapping[str, Float64], root_m: Float64 | None = None, **of: object) -> Dancer:
    """Return a person with the rotations (T, 3, 3) of some joints."""
    count = max(map(len, rotations.values()))
    still = np.tile(np.eye(3), (count, len(NAMES), 1, 1))
    for name, of_joint in rotations.items():
        still[:, INDEX[name]] = of_joint
    place_m = np.tile((0.0, 0.9, -4.0), (count, 1)) if root_m is None else root_m
    return Dancer(place_m, still, **of)


def dance(count: int = 60, **of: object) -> Dancer:
    """Return a person who turns around, bends all joints, and walks two metres to the side."""
    phases = np.linspace(0, 2 * np.pi, count)
    swing = np.sin(2 * phases)
    bend = 0.8 + 0.5 * np.sin(3 * phases)
    rotations = {
        "Hips": turns(Y, 0.4 * np.sin(phases)),
        **dict.fromkeys(("Spine", "Spine1", "Spine2"), turns(Y, 0.1 * swing)),
        "Head": turns(Y, 0.5 * swing),
        "LeftArm": turns(Z, -0.6 + 0.5 * swing) @ turns(X, 0.3 * swing),
        "RightArm": turns(Z, 0.6 - 0.5 * swing),
        "LeftForeArm": turns(-Y, bend),
        "RightForeArm": turns(Y, bend),
        "LeftHand": turns(Z, 0.3 * swing),
        "LeftUpLeg": turns(X, -0.5 + 0.3 * swing),
        "RightUpLeg": turns(X, -0.5 - 0.3 * swing),
        "LeftLeg": turns(X, bend),
        "RightLeg": turns(X, bend),
        "LeftFoot": turns(X, 0.2 * swing),
    }
    place_m = np.linspace((-1.0, 0.9, -4.0), (1.0, 0.9, -4.0), count)
    return dancer(rotations, place_m, **of)


def filmed(*dancers: Dancer, rate_hz: float = RATE_HZ) -> Recording:
    """Return what a camera 1 m above the floor and an exact model make of some people."""
    results = []
    landmarks_m = [each.landmarks_m for each in dancers]
    for frame in range(len(dancers[0].root_m)):
        seen = [n for n, each in enumerate(dancers) if frame not in each.missing]
        places_m = np.array([landmarks_m[n][frame] for n in seen]).reshape(-1, 33, 3)
        hips_m = np.array([dancers[n].root_m[frame] for n in seen]).reshape(-1, 1, 3)
        in_image_m = (places_m - (0, 1, 0)) * (1, -1, -1)  # x right, y down, z away
        points_px = FOCAL_PX * in_image_m[..., :2] / in_image_m[..., 2:] + np.divide(SIZE_PX, 2)
        points = np.concatenate((points_px / SIZE_PX, np.zeros_like(points_px[..., :1])), axis=-1)
        results.append(
            result(
                len(seen),
                pose_landmarks=points.astype(np.float32),
                pose_world_landmarks=((places_m - hips_m) * (1, -1, -1)).astype(np.float32),
                ids=np.array([dancers[n].id for n in seen], np.int64),
                image_size=SIZE_PX,
                index=frame,
                timestamp_s=frame / rate_hz,
            )
        )
    return Recording.of_results(Header("dance.mp4"), results)
