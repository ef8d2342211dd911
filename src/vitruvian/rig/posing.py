"""How a person's joints are rotated in each frame.

Bones point where the landmarks do, so that joints have the angles of the recording. No landmark
shows where a collarbone begins, so it points from the rig's own place to the shoulder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.rig.body import EARS, EYES, HIPS, NOSE, SHOULDERS, of_side
from vitruvian.rig.joints import ENDS, INDEX, JOINTS, NAMES, SIDES
from vitruvian.rig.rotations import axes, directions, swings, transposed, turns
from vitruvian.rig.twist import twist_rad

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vitruvian.rig.body import Body
    from vitruvian.types import Float64

_X, _Y, _Z = np.eye(3)
_SPINE = ("Spine", "Spine1", "Spine2")
_STILL = (*(f"{side}ToeBase" for side in SIDES), *ENDS)  # never rotate
# A knee that is bent by 17° shows the twist of the thigh as well as the foot does.
_WEIGHT_OF_FOOT = 0.3


def rotations(body: Body, offsets_m: Float64, rate_hz: float) -> Float64:
    """Return the rotations of all joints in the axes of their parents, (T, J, 3, 3).

    Args:
        body: in T frames.
        offsets_m: (J, 3) the rest pose, in which nothing is rotated.
        rate_hz: the frames in a second.
    """
    local = np.empty((len(NAMES), len(body.rows), 3, 3))
    local[[INDEX[name] for name in _STILL]] = np.eye(3)
    torso = _torso(body)
    hips, chest = torso["Hips"], torso["Spine2"]
    local[INDEX["Hips"]] = hips
    _store(local, torso)
    del torso  # of an hour it takes 50 MB, and the limbs need less
    for side, outward in zip(SIDES, (_X, -_X), strict=True):
        _store(local, {"Spine2": chest, **_arm(body, chest, offsets_m, side, outward, rate_hz)})
        _store(local, {"Hips": hips, **_leg(body, hips, offsets_m, side, rate_hz)})
    return np.moveaxis(local, 0, 1)


def _store(local: Float64, in_room: Mapping[str, Float64]) -> None:
    """Write the rotations of those joints whose parents are given, in the axes of the parents.

    Args:
        local: (J, T, 3, 3) is written.
        in_room: (T, 3, 3) the rotations in the room by the names of the joints.
    """
    for name, rotation in in_room.items():
        joint = INDEX[name]
        parent = JOINTS[joint].parent
        if parent is not None and parent in in_room:
            local[joint] = transposed(in_room[parent]) @ rotation


def _torso(body: Body) -> dict[str, Float64]:
    """Return the rotations in the room of the hips, the spine, the neck and the head."""
    up = body.between(HIPS, SHOULDERS)
    hips = axes(directions(_to_the_left(body, "hip"), _X), up)
    bone = _aimed(hips, _Y, up)
    across = _seen_from(bone, _to_the_left(body, "shoulder"))
    part_of_twist = turns(_Y, np.arctan2(-across[:, 2], across[:, 0]) / len(_SPINE))
    torso = {"Hips": hips}
    for name in _SPINE:
        torso[name] = bone = bone @ part_of_twist
    torso["Neck"] = neck = _aimed(bone, _Y, body.between(SHOULDERS, EARS))
    # The plane through ears and lower edges of the eye sockets is level when a person looks
    # straight ahead; the tip of the nose is about as far below it as the eyes are above.
    ahead = directions(body.between(EARS, NOSE) + body.between(EARS, EYES), neck @ _Z)
    torso["Head"] = axes(ahead, _to_the_left(body, "ear")) @ axes(_Z, _X).T
    return torso


def _shoulder(
    body: Body, chest: Float64, offsets_m: Float64, side: str, outward: Float64
) -> Float64:
    # The spine is straight, so the chest's axes say where everything along it is.
    from_hips_m = sum(offsets_m[INDEX[name]] for name in (*_SPINE, f"{side}Shoulder"))
    start_m = body.at(HIPS) + chest @ from_hips_m
    return _aimed(chest, outward, body.at(of_side(side, "shoulder")) - start_m)


def _arm(
    body: Body, chest: Float64, offsets_m: Float64, side: str, outward: Float64, rate_hz: float
) -> dict[str, Float64]:
    shoulder = _shoulder(body, chest, offsets_m, side, outward)
    joints = [of_side(side, name) for name in ("shoulder", "elbow", "wrist")]
    index, pinky = of_side(side, "index"), of_side(side, "pinky")
    upper, fore = body.between(*joints[:2]), body.between(*joints[1:])
    across = body.between(pinky, index) / max(body.length(pinky, index), 1e-6)
    arm = _aimed(shoulder, outward, upper)
    hinge_at_rest = np.cross(outward, _Z)  # elbows bend to the front
    arm_rad = _twist_rad(arm, outward, hinge_at_rest, _hinge(upper, fore), rate_hz)
    arm = arm @ turns(outward, arm_rad)
    forearm = _aimed(arm, outward, fore)
    hand = _aimed(forearm, outward, body.between(joints[2], index + pinky))
    hand_rad = _twist_rad(hand, outward, _Z, across, rate_hz)
    # The bones of the forearm turn about each other, so the forearm takes half of a small twist. It
    # is a sine, so that a hand that seems to turn around and around does not wind it up.
    return {
        f"{side}Shoulder": shoulder,
        f"{side}Arm": arm,
        f"{side}ForeArm": forearm @ turns(outward, np.sin(hand_rad) / 2),
        f"{side}Hand": hand @ turns(outward, hand_rad),
    }


def _leg(
    body: Body, hips: Float64, offsets_m: Float64, side: str, rate_hz: float
) -> dict[str, Float64]:
    joints = [of_side(side, name) for name in ("hip", "knee", "ankle")]
    thigh, shank = body.between(*joints[:2]), body.between(*joints[1:])
    toes, heel = (body.between(joints[2], of_side(side, name)) for name in ("foot_index", "heel"))
    across = _hinge(toes, heel)
    # Knees bend to the back, and a straight leg is turned as its foot is.
    shown = _hinge(thigh, shank) + _WEIGHT_OF_FOOT * directions(across, np.zeros(3))
    upper = _aimed(hips, -_Y, thigh)
    upper = upper @ turns(-_Y, _twist_rad(upper, -_Y, _X, shown, rate_hz))
    lower = _aimed(upper, -_Y, shank)
    to_toes = offsets_m[INDEX[f"{side}ToeBase"]] + offsets_m[INDEX[f"{side}Toe_End"]]
    rest = directions(to_toes, _Z)
    foot = _aimed(lower, rest, toes)
    foot = foot @ turns(rest, _twist_rad(foot, rest, _X, across, rate_hz))
    return {f"{side}UpLeg": upper, f"{side}Leg": lower, f"{side}Foot": foot}


def _to_the_left(body: Body, name: str) -> Float64:
    return body.between(of_side("right", name), of_side("left", name))


def _hinge(above: Float64, below: Float64) -> Float64:
    """Return the axis about which a joint is bent, with the sine of the bend as its length."""
    zero = np.zeros(3)
    return np.cross(directions(above, zero), directions(below, zero))


def _seen_from(bone: Float64, vectors: Float64) -> Float64:
    """Return vectors of the room, (T, 3), along the axes of a bone, (T, 3, 3)."""
    return (transposed(bone) @ vectors[..., np.newaxis])[..., 0]


def _aimed(parent: Float64, rest: Float64, vectors: Float64) -> Float64:
    """Return the rotations of a bone that is not twisted beside its parent.

    Args:
        parent: (T, 3, 3) its rotations in the room.
        rest: (3,) the direction of the bone at rest.
        vectors: (T, 3) that of the bone in the room, of any length.
    """
    return parent @ swings(rest, directions(_seen_from(parent, vectors), rest))


def _twist_rad(
    bone: Float64, rest: Float64, rest_side: Float64, shown: Float64, rate_hz: float
) -> Float64:
    """Return by which angles, (T,), a bone is twisted about itself.

    Args:
        bone: (T, 3, 3) its rotations in the room, without the twist.
        rest: (3,) its direction at rest.
        rest_side: (3,) what shows the twist, at rest.
        shown: (T, 3) what shows the twist, in the room, with a length that says how well.
        rate_hz: the frames in a second.
    """
    in_bone = _seen_from(bone, shown)
    in_plane = in_bone @ rest_side + 1j * (in_bone @ np.cross(rest, rest_side))
    return twist_rad(in_plane, rate_hz)
