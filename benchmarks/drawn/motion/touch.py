"""Brings hands to a place near the trunk, and soles to the inside of the other thigh."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from .joints import limited_foot
from .reach import reached
from .rotations import OUT, Vector, across, frame, length, unit
from .solver import with_palm
from .stance import Stance, bone_pose
from .terms import Near, Pose, Side

if TYPE_CHECKING:
    from ..body import BonePose
    from .figure import Figure, LimbAtRest

# The shoulder moves when the arm is raised to reach, so the arm reaches again.
_ROUNDS = 3
# With a knee bent by more, the thigh would point upward and the heel would be in the groin.
_TREE_KNEE_DEG = 127.0
# The sole may also be against the calf, as beginners do it, but not lower.
_LOWEST_SHARE = 1.4


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
    thigh_m = knee_m - hip_m
    down = unit(thigh_m)
    out = unit(across(stance.pelvis @ OUT * side.sign, down))
    at_rest_m = figure.legs[side.other].joints_m
    thigh = f"{side.other.name.lower()} thigh"
    radius_m = figure.radius_m(thigh, at_rest_m[0], at_rest_m[1], share)
    sole_m = float(rest.joints_m[2][1])
    root_m = _joint_m(figure, bones, "upperleg01" + side.suffix)
    beside_m, nearest_m = hip_m + out * (radius_m + sole_m), _nearest_m(rest)
    # With a short thigh and a long shank, the sole is lower.
    while share < _LOWEST_SHARE and length(beside_m + share * thigh_m - root_m) < nearest_m:
        share += 0.02
    target_m = beside_m + share * thigh_m
    limb = reached(stance.legs[side], rest, root_m, target_m)
    limb = replace(limb, end=frame(down, -out) @ rest.end_axes.T)
    return stance.with_leg(side, limited_foot(limb, rest, side))


def _nearest_m(rest: LimbAtRest) -> float:
    """Return the distance between hip and ankle when the knee is bent as far as it should be."""
    upper_m, lower_m = rest.lengths_m
    bend_rad = math.radians(_TREE_KNEE_DEG)
    return math.sqrt(upper_m**2 + lower_m**2 + 2 * upper_m * lower_m * math.cos(bend_rad))


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
