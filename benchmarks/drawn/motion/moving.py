"""Makes the stance of one body at a moment: legs reach for where the feet are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from .joints import limited_trunk
from .reach import highest_root_m, reached
from .rotations import IDENTITY, OUT, UP, Rotation, Vector, about, across, lean
from .solver import aimed_arm
from .stance import Limb, Stance, bone_pose
from .terms import Arm, Side

if TYPE_CHECKING:
    from .figure import Figure, LimbAtRest
    from .moment import Leans, Moment, Step

# A foot that is lifted by this much (in leg lengths) has its toes straight, and carries nothing.
_IN_AIR_FROM = 0.06


def stance_at(figure: Figure, moment: Moment) -> Stance:
    """Return the stance of a body at a moment; hips that are too high for the feet sink."""
    pelvis, chest, head = limited_trunk(
        *(_leaning(angles) for angles in (moment.pelvis, moment.chest, moment.head))
    )
    arms = {
        side: aimed_arm(figure.arms[side], Arm(swing.upper, swing.fore), chest, side)
        for side, swing in zip(Side, moment.arms, strict=True)
    }
    heading = about(UP, math.radians(moment.heading))
    legs = dict.fromkeys(Side, Limb(-UP, -UP, OUT, IDENTITY))
    stance = Stance(pelvis, chest, head, arms, legs, np.zeros(3)).turned(heading)
    hips_m = _roots_m(figure, stance, "upperleg01")
    shift_m = _hips_m(figure, moment) - (hips_m[Side.LEFT] + hips_m[Side.RIGHT]) / 2
    hips_m = {side: hip_m + shift_m for side, hip_m in hips_m.items()}
    feet = dict(zip(Side, moment.feet, strict=True))
    sink_m = UP * max(_sink_m(figure, feet[side], side, hips_m[side]) for side in Side)
    stance = stance.moved(shift_m - sink_m)
    for side in Side:
        leg = _leg(figure, feet[side], side, hips_m[side] - sink_m)
        stance = stance.with_leg(side, leg)
    return stance


def _hips_m(figure: Figure, moment: Moment) -> Vector:
    to_left, height, ahead = moment.hips
    hip_m = figure.legs[Side.LEFT].joints_m[0]
    leg_m = figure.leg_length_m
    return np.array((to_left * leg_m, height * hip_m[1], ahead * leg_m))


def _roots_m(figure: Figure, stance: Stance, bone: str) -> dict[Side, Vector]:
    heads_m = bone_pose(figure, stance).heads_m
    return {side: heads_m[figure.rig.index(bone + side.suffix)] for side in Side}


def _sink_m(figure: Figure, step: Step, side: Side, hip_m: Vector) -> float:
    """Return how far the hips must sink for a foot that stands to be reached."""
    ankle_m, _, _ = _foot(figure, step, side)
    too_high_m = float(hip_m[1]) - highest_root_m(figure.legs[side], hip_m, ankle_m)
    return max(0.0, too_high_m) * _grounded(step) ** 2


def _leg(figure: Figure, step: Step, side: Side, hip_m: Vector) -> Limb:
    ankle_m, end, bend_rad = _foot(figure, step, side)
    facing = about(UP, math.radians(step.facing))
    return reached(Limb(-UP, -UP, facing @ OUT, end, bend_rad), figure.legs[side], hip_m, ankle_m)


def _foot(figure: Figure, step: Step, side: Side) -> tuple[Vector, Rotation, float]:
    """Return where the ankle is (3,), how the foot is turned, and by how much its toes bend."""
    rest = figure.legs[side]
    ankle_m = rest.joints_m[2]
    facing = about(UP, math.radians(step.facing))
    turned = facing @ about(OUT, math.radians(step.heel))
    leg_m = figure.leg_length_m
    ball_m = np.array((step.across, step.lift, step.ahead)) * leg_m
    flat_m = ball_m + UP * ankle_m[1] - facing @ across(rest.knuckle_m - ankle_m, UP)
    pivot_m = (rest.knuckle_m if step.heel > 0 else _heel_m(rest)) - ankle_m
    bend_rad = math.radians(max(0.0, step.heel)) * _grounded(step)
    return flat_m + facing @ pivot_m - turned @ pivot_m, turned, bend_rad


def _grounded(step: Step) -> float:
    """Return 1 for a foot on the floor, and less until 0 for one in the air."""
    return max(0.0, 1 - step.lift / _IN_AIR_FROM)


def _heel_m(rest: LimbAtRest) -> Vector:
    """Return the point (3,) of the heel that touches the floor last when the toes are raised."""
    lowest_m = rest.end_m[rest.end_m[:, 1] < rest.end_m[:, 1].min() + 0.01]
    heel_m: Vector = lowest_m[np.argmin(lowest_m[:, 2])]
    return heel_m


def _leaning(angles: Leans) -> Rotation:
    left_turn, forward, right = angles
    return lean(left_turn=left_turn, forward=forward, right=right)
