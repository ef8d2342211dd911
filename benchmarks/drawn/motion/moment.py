"""Says where a moving body is at one moment, in numbers that can be interpolated over time.

Lengths along the floor and lifts are in leg lengths, and directions are (out, up, forward), so a
motion suits any body. Feet and planted hands have places on the floor, and limbs reach for them:
what does not move there cannot slide.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .joints import limited_hand, limited_rotation, limited_trunk
from .reach import highest_root_m, reached
from .rotations import IDENTITY, OUT, UP, Rotation, Vector, about, across, lean, part
from .solver import LAID_RAD, RELAXED_RAD, aimed_arm, laid_hand
from .stance import Limb, Stance, bone_pose
from .terms import Arm, Direction, Side

if TYPE_CHECKING:
    from .figure import Figure, LimbAtRest

# A foot that is lifted by this much (in leg lengths) has its toes straight, and carries nothing.
_IN_AIR_FROM = 0.06
# The ball of a foot is about this far in front of the hips when one stands.
_BALL_AHEAD = 0.13
# Upright people's knees are nearly straight.
_UPRIGHT = 0.997


@dataclass(frozen=True)
class Step:
    """Where a foot is: the place of its ball, its lift, its facing, and its heel.

    Attributes:
        across: To the left of the origin, in leg lengths.
        ahead: In front of the origin, in leg lengths.
        lift: Of the sole above the floor, in leg lengths.
        facing: Where the toes point, in degrees to the left of +z.
        heel: By how many degrees the heel is up; the foot turns on its ball. If the angle is
            negative, the toes are up, and the foot turns on its heel.
    """

    across: float
    ahead: float = _BALL_AHEAD
    lift: float = 0.0
    facing: float = 0.0
    heel: float = 0.0


@dataclass(frozen=True)
class Swing:
    """Where an arm points, and how much of the way to a place on the floor its palm is.

    Attributes:
        upper: Direction of the upper arm.
        fore: Direction of the forearm.
        planted: 0 for a free hand, 1 for a palm on the floor at (across, ahead).
        across: Place of the wrist on the floor, to the left of the origin, in leg lengths.
        ahead: The same in front of the origin.
    """

    upper: Direction
    fore: Direction
    planted: float = 0.0
    across: float = 0.0
    ahead: float = 0.0


Leans = tuple[float, float, float]  # left turn, forward, right in degrees, as in `rotations.lean`

HANGING = Swing((0.4, -1.0, 0.0), (0.15, -1.0, 0.2))
_FEET = (Step(0.13, facing=8.0), Step(-0.13, facing=-8.0))


@dataclass(frozen=True)
class Moment:
    """Where a body is at one moment.

    Attributes:
        hips: Middle of the hips (across, height, ahead); across and ahead in leg lengths, the
            height as a part of the height in which one stands.
        pelvis, chest, head: How they lean, from upright and from the heading.
        arms: Left and right; directions are seen from the heading.
        feet: Left and right.
        heading: Where the person faces, in degrees to the left of +z.
    """

    hips: tuple[float, float, float] = (0.0, _UPRIGHT, 0.0)
    pelvis: Leans = (0.0, 0.0, 0.0)
    chest: Leans = (0.0, 0.0, 0.0)
    head: Leans = (0.0, 0.0, 0.0)
    arms: tuple[Swing, Swing] = (HANGING, HANGING)
    feet: tuple[Step, Step] = _FEET
    heading: float = 0.0

    def numbers(self) -> NDArray[np.float64]:
        """Return all numbers of the moment (42,), which `from_numbers` reads."""
        return np.array(_flat(astuple(self)))

    @staticmethod
    def from_numbers(numbers: NDArray[np.float64]) -> Moment:
        """Return the moment of the numbers (42,)."""
        n = [float(number) for number in numbers]
        hips, pelvis, chest, head = (_three(n, start) for start in (0, 3, 6, 9))
        swings = [
            Swing(_three(n, at), _three(n, at + 3), n[at + 6], n[at + 7], n[at + 8])
            for at in (12, 21)
        ]
        steps = [Step(*n[at : at + 5]) for at in (30, 35)]
        return Moment(
            hips, pelvis, chest, head, (swings[0], swings[1]), (steps[0], steps[1]), n[40]
        )

    def turned(self, angle_deg: float) -> Moment:
        """Return the moment turned to the left about the origin, with everything on the floor."""
        cosine, sine = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))

        def place(to_left: float, ahead: float) -> tuple[float, float]:
            return cosine * to_left + sine * ahead, cosine * ahead - sine * to_left

        hips = place(self.hips[0], self.hips[2])
        feet = [
            Step(*place(foot.across, foot.ahead), foot.lift, foot.facing + angle_deg, foot.heel)
            for foot in self.feet
        ]
        arms = [
            Swing(arm.upper, arm.fore, arm.planted, *place(arm.across, arm.ahead))
            for arm in self.arms
        ]
        return replace(
            self,
            hips=(hips[0], self.hips[1], hips[1]),
            arms=(arms[0], arms[1]),
            feet=(feet[0], feet[1]),
            heading=self.heading + angle_deg,
        )

    def mirrored(self) -> Moment:
        """Return the moment with left and right exchanged."""
        hips = (-self.hips[0], *self.hips[1:])
        pelvis, chest, head = ((-a, b, -c) for a, b, c in (self.pelvis, self.chest, self.head))
        arms = [
            Swing(arm.upper, arm.fore, arm.planted, -arm.across, arm.ahead) for arm in self.arms
        ]
        feet = [
            Step(-foot.across, foot.ahead, foot.lift, -foot.facing, foot.heel) for foot in self.feet
        ]
        both = (arms[1], arms[0]), (feet[1], feet[0])
        return Moment(hips, pelvis, chest, head, *both, -self.heading)


def stance_at(figure: Figure, moment: Moment) -> Stance:
    """Return the stance of a body at a moment; the hips sink until both standing feet are reached."""
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
    for side, swing in zip(Side, moment.arms, strict=True):
        if swing.planted > 0:
            stance = _with_hand_at(figure, stance, swing, side, heading)
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


def _with_hand_at(
    figure: Figure, stance: Stance, swing: Swing, side: Side, heading: Rotation
) -> Stance:
    rest, leg_m = figure.arms[side], figure.leg_length_m
    laid = laid_hand(rest, heading @ side.towards((0.15, 0.0, 1.0)))
    lowest_m = float(np.einsum("nj,j->n", rest.end_m - rest.joints_m[2], laid[1]).min())
    place_m = np.array((swing.across * leg_m, -lowest_m, swing.ahead * leg_m))
    free = stance.arms[side]
    for _ in range(2):  # the shoulder moves with the arm
        limb, root_m = stance.arms[side], _roots_m(figure, stance, "upperarm01")[side]
        upper_m, lower_m = rest.lengths_m
        free_m = root_m + free.first * upper_m + free.second * lower_m
        target_m = free_m + swing.planted * (place_m - free_m)
        limb = reached(limb, rest, root_m, target_m)
        limb = limited_rotation("shoulder rotation", limb, rest, stance.chest, side)
        stance = stance.with_arm(side, limb)
    end = part(laid @ free.end.T, swing.planted) @ free.end
    bent = RELAXED_RAD + swing.planted * (LAID_RAD - RELAXED_RAD)
    return stance.with_arm(side, Limb(limb.first, limb.second, limb.axis, end, bent))


def _leaning(angles: Leans) -> Rotation:
    left_turn, forward, right = angles
    return lean(left_turn=left_turn, forward=forward, right=right)


def _flat(values: tuple[object, ...]) -> list[float]:
    numbers: list[float] = []
    for value in values:
        numbers += _flat(value) if isinstance(value, tuple) else [float(str(value))]
    return numbers


def _three(numbers: list[float], start: int) -> tuple[float, float, float]:
    return numbers[start], numbers[start + 1], numbers[start + 2]
