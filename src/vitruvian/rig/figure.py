"""The body of a person as a mesh, whose parts follow the joints.

It is a wooden mannequin rather than a likeness: lengths are those of the person, and thicknesses
are parts of the way from the hips to the neck.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vitruvian.rig.joints import INDEX, SIDES
from vitruvian.rig.kinematics import joints_at_rest_m
from vitruvian.rig.mesh import Mesh, joined, lathed, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vitruvian.types import Float64

_X, _Y, _Z = np.eye(3)


class Figure(NamedTuple):
    """A mesh in the rest pose, and which joints move it.

    Attributes:
        mesh: in metres, in the room's axes.
        joints: (V, 4) uint8 the joints that move each vertex.
        weights: (V, 4) how much each of them does; the sum is 1.
    """

    mesh: Mesh
    joints: NDArray[np.uint8]
    weights: Float64


class _Part(NamedTuple):
    """A cone from a joint to the next, with radii at both ends, as parts of the spine's length."""

    joint: str
    end: str
    start_radius: float
    end_radius: float


_THIGH = 0.165
_LIMBS = (
    *(
        _Part(side + joint, side + end, *radii)
        for side in SIDES
        for joint, end, *radii in (
            ("UpLeg", "Leg", _THIGH, 0.115),
            ("Leg", "Foot", 0.115, 0.07),
            ("Shoulder", "Arm", 0.09, 0.1),
            ("Arm", "ForeArm", 0.095, 0.075),
            ("ForeArm", "Hand", 0.072, 0.052),
        )
    ),
    _Part("Neck", "Head", 0.15, 0.09),
)
_HANDS = 1.9  # the fingers end so many times as far from the wrist as the knuckles
# Radii: how wide, how thick, and how far they reach.
_PALM, _FINGERS = np.array(((0.08, 0.03, 0.06), (0.06, 0.02, 0.06)))
_HEEL, _BALL, _TOES = np.array(((0.08, 0.07, 0.08), (0.1, 0.045, 0.08), (0.08, 0.035, 0.05)))
_HEEL_BEHIND_ANKLE = 0.05
# As parts of the head's height, from its middle.
_SKULL_PLACE, _SKULL = np.array(((0, 0, 0.05), (0.41, 0.48, 0.55)))
_NOSE_PLACE, _NOSE = np.array(((0, -0.06, 0.53), (0.07, 0.07, 0.07)))
# The rings of the torso: their heights, half their widths beside those of the hips and of the
# shoulders, and half their depths.
_TORSO = (
    (-0.14, 0.7, 0.0, 0.15),
    (0.0, 1.0, 0.0, 0.2),
    (0.35, 0.85, 0.0, 0.185),
    (0.7, 0.0, 0.95, 0.22),
    (0.9, 0.0, 0.85, 0.18),
    (1.0, 0.0, 0.5, 0.12),
)
_TORSO_ENDS = -0.2, 1.03
# Around these heights the torso follows these joints.
_TORSO_JOINTS = {"Hips": 0.1, "Spine": 0.3, "Spine1": 0.5, "Spine2": 0.75}


def figure(offsets_m: Float64) -> Figure:
    """Return the body of a person with these bones, (J, 3) in metres."""
    joints_m = joints_at_rest_m(offsets_m)
    unit_m = float(joints_m[INDEX["Neck"], 1] - joints_m[INDEX["Hips"], 1])
    torso = _torso(joints_m, unit_m)
    parts = [
        *_limbs(joints_m, unit_m),
        *_hands(joints_m, unit_m),
        *_feet(joints_m, unit_m),
        *_head(joints_m),
    ]
    mesh = joined([torso, *(part for _, part in parts)])
    of_torso, others = np.split(np.arange(len(mesh.positions)), [len(torso.positions)])
    joints = np.zeros((len(mesh.positions), 4), np.uint8)
    weights = np.zeros((len(mesh.positions), 4))
    joints[of_torso] = [INDEX[name] for name in _TORSO_JOINTS]
    weights[of_torso] = _torso_weights((torso.positions - joints_m[0])[:, 1] / max(unit_m, 1e-9))
    joints[others, 0] = np.repeat(
        [INDEX[joint] for joint, _ in parts], [len(part.positions) for _, part in parts]
    )
    weights[others, 0] = 1
    joints[weights == 0] = 0  # as the validator of glTF wants it
    return Figure(mesh, joints, weights)


def _torso(joints_m: Float64, unit_m: float) -> Mesh:
    hips_m, widths_m = joints_m[INDEX["Hips"]], _half_widths_m(joints_m, unit_m)
    heights = np.array([height for height, *_ in _TORSO])
    radii_m = np.array([(np.dot(parts, widths_m), depth * unit_m) for _, *parts, depth in _TORSO])
    low, high = (hips_m + height * unit_m * _Y for height in _TORSO_ENDS)
    return lathed(hips_m + np.outer(heights * unit_m, _Y), radii_m, _X, (low, high))


def _half_widths_m(joints_m: Float64, unit_m: float) -> tuple[float, float]:
    """Return half the width of the hips with the flesh of the thighs, and of the shoulders."""
    hips, shoulders = (float(joints_m[INDEX[f"Left{name}"], 0]) for name in ("UpLeg", "Arm"))
    return hips + _THIGH * unit_m, shoulders


def _torso_weights(heights: Float64) -> Float64:
    """Return how much each of four joints moves what is at a height, (V, 4)."""
    known = [*_TORSO_JOINTS.values()]
    return np.stack([np.interp(heights, known, row) for row in np.eye(len(known))], axis=-1)


def _limbs(joints_m: Float64, unit_m: float) -> Iterator[tuple[str, Mesh]]:
    for joint, end, start_radius, end_radius in _LIMBS:
        start_m, end_m = joints_m[INDEX[joint]], joints_m[INDEX[end]]
        start_radii_m, end_radii_m = (np.full(3, r * unit_m) for r in (start_radius, end_radius))
        yield joint, rounded(start_m, end_m, start_radii_m, end_radii_m, _Z)


def _hands(joints_m: Float64, unit_m: float) -> Iterator[tuple[str, Mesh]]:
    wide_m, narrow_m = unit_m * _PALM, unit_m * _FINGERS
    for side in SIDES:
        wrist_m, knuckles_m = (joints_m[INDEX[side + name]] for name in ("Hand", "HandMiddle1"))
        fingers_m = wrist_m + _HANDS * (knuckles_m - wrist_m)
        yield f"{side}Hand", rounded(wrist_m, fingers_m, wide_m, narrow_m, _Z)


def _feet(joints_m: Float64, unit_m: float) -> Iterator[tuple[str, Mesh]]:
    radii_m = unit_m * _HEEL, unit_m * _BALL, unit_m * _TOES
    for side in SIDES:
        ankle_m, ball_m, tip_m = (
            joints_m[INDEX[side + name]] for name in ("Foot", "ToeBase", "Toe_End")
        )
        heel_m = np.array((ankle_m[0], ball_m[1], ankle_m[2] - _HEEL_BEHIND_ANKLE * unit_m))
        # The joints of the foot are on the sole.
        heel_m, ball_m, tip_m = (
            place_m + radius_m[1] * _Y
            for place_m, radius_m in zip((heel_m, ball_m, tip_m), radii_m, strict=True)
        )
        yield f"{side}Foot", rounded(heel_m, ball_m, *radii_m[:2], _X)
        yield f"{side}ToeBase", rounded(ball_m, tip_m, *radii_m[1:], _X)


def _head(joints_m: Float64) -> Iterator[tuple[str, Mesh]]:
    chin_m, top_m = joints_m[INDEX["Head"]], joints_m[INDEX["HeadTop_End"]]
    height_m = float(top_m[1] - chin_m[1])
    middle_m = (chin_m + top_m) / 2
    for place, radii in ((_SKULL_PLACE, _SKULL), (_NOSE_PLACE, _NOSE)):
        place_m = middle_m + height_m * place
        yield "Head", rounded(place_m, place_m, height_m * radii, height_m * radii, _X)
