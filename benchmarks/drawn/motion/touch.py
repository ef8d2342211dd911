"""Brings hands to a place near the trunk, and soles to the inside of the other thigh."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from .joints import limited_foot
from .reach import reached
from .rotations import OUT, Vector, across, frame, unit
from .solver import with_palm
from .stance import Stance, bone_pose
from .terms import Near, Pose, Side

if TYPE_CHECKING:
    from ..body import BonePose
    from .figure import Figure

# The shoulder moves when the arm is raised to reach, so the arm reaches again.
_ROUNDS = 3
# Between a sole and the skin that it is pressed against.
_PRESSED_M = 0.01


def touching(figure: Figure, stance: Stance, pose: Pose) -> Stance:
    """Return the stance with the hands and soles of the pose where they touch the body."""
    for side in Side:
        if (place := pose.arm(side).wrist) is not None:
            for _ in range(_ROUNDS):
                stance = _with_wrist_at(figure, stance, pose, place, side)
        if (share := pose.leg(side).against) is not None:
            stance = _with_sole_against(figure, stance, share, side)
    return stance


def _with_wrist_at(figure: Figure, stance: Stance, pose: Pose, place: Near, side: Side) -> Stance:
    bones, rest = bone_pose(figure, stance), figure.arms[side]
    part = {"chest": stance.chest, "pelvis": stance.pelvis, "head": stance.head}[place.part]
    out, up, forward = place.offset
    offset_m = sum(rest.lengths_m) * np.array((side.sign * out, up, forward))
    target_m = _origin_m(figure, bones, place.part) + part @ offset_m
    root_m = _joint_m(figure, bones, "upperarm01" + side.suffix)
    limb = reached(stance.arms[side], rest, root_m, target_m)
    return stance.with_arm(side, with_palm(limb, rest, pose.arm(side), stance.chest, side))


def _with_sole_against(figure: Figure, stance: Stance, share: float, side: Side) -> Stance:
    bones, rest = bone_pose(figure, stance), figure.legs[side]
    hip_m, knee_m = (
        _joint_m(figure, bones, bone + side.other.suffix) for bone in ("upperleg01", "lowerleg01")
    )
    down = unit(knee_m - hip_m)
    out = unit(across(stance.pelvis @ OUT * side.sign, down))
    at_rest_m = figure.legs[side.other].joints_m
    thigh = f"{side.other.name.lower()} thigh"
    radius_m = figure.radius_m(thigh, at_rest_m[0], at_rest_m[1], share)
    sole_m = float(rest.joints_m[2][1])
    target_m = hip_m + share * (knee_m - hip_m) + out * (radius_m + sole_m - _PRESSED_M)
    root_m = _joint_m(figure, bones, "upperleg01" + side.suffix)
    limb = reached(stance.legs[side], rest, root_m, target_m)
    limb = replace(limb, end=frame(down, -out) @ rest.end_axes.T)
    return stance.with_leg(side, limited_foot(limb, rest, side))


def _origin_m(figure: Figure, bones: BonePose, part: str) -> Vector:
    """Return the point (3,) from which places near a part of the trunk are measured."""
    if part == "head":
        return _joint_m(figure, bones, "head")
    joint = {"chest": "upperarm01", "pelvis": "upperleg01"}[part]
    left_m, right_m = (_joint_m(figure, bones, joint + side.suffix) for side in Side)
    return (left_m + right_m) / 2


def _joint_m(figure: Figure, bones: BonePose, bone: str) -> Vector:
    joint_m: Vector = bones.heads_m[figure.rig.index(bone)]
    return joint_m
