"""The joint angles of people in 3D, from their world landmarks.

A straight joint and an arm that hangs beside the body are at 0°. The angles of knee, elbow,
shoulder, ankle and trunk are those between two directions, so they need no axis. The hip and the
wrist turn about axes, which give their angles a sign. docs/angles.md describes each angle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.skeleton import LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from vitruvian.types import Float64

_UP = np.array([0.0, -1.0, 0.0])  # the image's y axis points down
_TRUNK = ("left_hip", "right_hip", "left_shoulder", "right_shoulder")


def angles_3d(
    points_m: NDArray[Any], visibility: NDArray[Any], *, min_visibility: float = 0.5
) -> dict[str, Float64]:
    """Return the angles `ANGLES_3D` of N people, each (N,) in degrees, in (-180, 180].

    An angle is NaN where a landmark that it needs is not visible, or two of them coincide.

    Args:
        points_m: (N, 33, 3) world landmarks: x to the right in the image, y down, z away from the
            camera.
        visibility: (N, 33) in [0, 1].
        min_visibility: a landmark with less is not visible.
    """
    is_visible = visibility >= min_visibility
    angles = {}
    for name, (angle_deg, landmarks) in _DEFINITIONS.items():
        of_angle_m = points_m[:, landmarks].astype(np.float64)
        # A limb without a length has no direction, and 0 / 0 is NaN.
        with np.errstate(invalid="ignore"):
            degrees = angle_deg(*of_angle_m.swapaxes(0, 1))
        degrees[degrees == -180] = 180
        angles[name] = np.where(is_visible[:, landmarks].all(axis=1), degrees, np.nan)
    return angles


def _between_deg(one: Float64, other: Float64) -> Float64:
    """Return the angle between two directions, in [0, 180], exact also near both ends."""
    one, other = _unit(one), _unit(other)
    sine = np.linalg.norm(one - other, axis=-1)
    cosine = np.linalg.norm(one + other, axis=-1)
    angle_deg: Float64 = np.degrees(2 * np.arctan2(sine, cosine))
    return angle_deg


def _unit(vectors: Float64) -> Float64:
    unit: Float64 = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return unit


def _dot(one: Float64, other: Float64) -> Float64:
    product: Float64 = (one * other).sum(axis=-1)
    return product


def _flexion(before: Float64, joint: Float64, after: Float64) -> Float64:
    return _between_deg(joint - before, after - joint)


def _dorsiflexion(knee: Float64, ankle: Float64, heel: Float64, toes: Float64) -> Float64:
    return 90 - _between_deg(knee - ankle, toes - heel)


def _trunk(
    left_hip: Float64, right_hip: Float64, left_shoulder: Float64, right_shoulder: Float64
) -> Float64:
    """Return the vector from between the hips to between the shoulders."""
    return (left_shoulder + right_shoulder - left_hip - right_hip) / 2


def _trunk_lean(*trunk: Float64) -> Float64:
    return _between_deg(_trunk(*trunk), _UP)


def _shoulder_elevation(shoulder: Float64, elbow: Float64, *trunk: Float64) -> Float64:
    return _between_deg(elbow - shoulder, -_trunk(*trunk))


def _hip_flexion(hip: Float64, knee: Float64, *trunk: Float64) -> Float64:
    front, bottom, _ = _thigh_parts(hip, knee, *trunk)
    return np.degrees(np.arctan2(front, bottom))


def _hip_abduction(hip: Float64, knee: Float64, *trunk: Float64) -> Float64:
    front, bottom, outward = _thigh_parts(hip, knee, *trunk)
    return np.degrees(np.arctan2(outward, np.hypot(front, bottom)))


def _thigh_parts(hip: Float64, knee: Float64, *trunk: Float64) -> tuple[Float64, Float64, Float64]:
    """Return the thigh's components to the front, to the bottom, and away from the other hip."""
    left_hip, right_hip = trunk[:2]
    left = _unit(left_hip - right_hip)
    up = _trunk(*trunk)
    up = _unit(up - _dot(up, left)[:, np.newaxis] * left)
    front, outward = np.cross(left, up), _unit(hip - (left_hip + right_hip) / 2)
    thigh = _unit(knee - hip)
    return _dot(thigh, front), -_dot(thigh, up), _dot(thigh, outward)


def _right_wrist_flexion(elbow: Float64, wrist: Float64, pinky: Float64, index: Float64) -> Float64:
    """Return the angle about the axis across the knuckles, positive to the palm."""
    across = _unit(index - pinky)
    forearm, hand = _unit(wrist - elbow), _unit((index + pinky) / 2 - wrist)
    sine = _dot(across, np.cross(forearm, hand))
    cosine = _dot(forearm, hand) - _dot(forearm, across) * _dot(hand, across)
    return np.degrees(np.arctan2(sine, cosine))


def _left_wrist_flexion(elbow: Float64, wrist: Float64, pinky: Float64, index: Float64) -> Float64:
    return -_right_wrist_flexion(elbow, wrist, pinky, index)


_Angle = tuple["Callable[..., Float64]", list[int]]  # a function, and the landmarks that it needs


def _angle(function: Callable[..., Float64], *landmarks: str) -> _Angle:
    return function, [LANDMARK_NAMES.index(name) for name in landmarks]


def _of_side(side: str, wrist_flexion: Callable[..., Float64]) -> dict[str, _Angle]:
    leg = [f"{side}_{name}" for name in ("hip", "knee", "ankle", "heel", "foot_index")]
    arm = [f"{side}_{name}" for name in ("shoulder", "elbow", "wrist", "pinky", "index")]
    return {
        f"{side}_ankle_dorsiflexion_3d_deg": _angle(_dorsiflexion, *leg[1:]),
        f"{side}_knee_flexion_3d_deg": _angle(_flexion, *leg[:3]),
        f"{side}_hip_flexion_3d_deg": _angle(_hip_flexion, *leg[:2], *_TRUNK),
        f"{side}_hip_abduction_3d_deg": _angle(_hip_abduction, *leg[:2], *_TRUNK),
        f"{side}_shoulder_elevation_3d_deg": _angle(_shoulder_elevation, *arm[:2], *_TRUNK),
        f"{side}_elbow_flexion_3d_deg": _angle(_flexion, *arm[:3]),
        f"{side}_wrist_flexion_3d_deg": _angle(wrist_flexion, *arm[1:]),
    }


_DEFINITIONS = {
    **_of_side("left", _left_wrist_flexion),
    **_of_side("right", _right_wrist_flexion),
    "trunk_lean_3d_deg": _angle(_trunk_lean, *_TRUNK),
}
ANGLES_3D = tuple(_DEFINITIONS)
