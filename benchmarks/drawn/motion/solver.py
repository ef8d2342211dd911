"""Turns the words of a pose into a stance within the limits of the joints, not yet on the floor."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from .joints import (
    limited_foot,
    limited_hand,
    limited_hinge,
    limited_hip,
    limited_rotation,
    limited_shoulder,
    limited_trunk,
    natural_axis,
)
from .rotations import (
    FORWARD,
    OUT,
    UP,
    Rotation,
    Vector,
    about,
    across,
    angle_between,
    cross,
    frame,
    length,
    shortest_arc,
    signed_angle,
)
from .stance import HELD_RAD, LAID_RAD, RELAXED_RAD, Limb, Stance, hinged, lower_rotation
from .terms import Arm, Contact, Foot, Leg, Pose, Side

if TYPE_CHECKING:
    from .figure import Figure, LimbAtRest

# Below this bend, elbow and knee say little about how the limb is turned about itself, and the
# natural turn takes over gradually.
_BENT_RAD = math.radians(25)
# A leg whose direction has at least this sine to its foot's stands, rather than lies, on the floor.
_UPRIGHT = 0.5
# Of the turn that a hand needs, a straight arm makes this part in the shoulder.
_SHOULDER_SHARE = 0.6
# The back of the foot slopes towards the toes by about this angle to the sole.
_INSTEP_RAD = math.radians(20)


def stance_of(figure: Figure, pose: Pose) -> Stance:
    """Return the pose of a body, with its root where it is at rest."""
    pelvis, chest, head = limited_trunk(*pose.trunk)
    arms = {side: aimed_arm(figure.arms[side], pose.arm(side), chest, side) for side in Side}
    legs = {side: _leg(figure.legs[side], pose.leg(side), pelvis, side) for side in Side}
    return Stance(pelvis, chest, head, arms, legs, figure.joint_m("root"))


def aimed_arm(rest: LimbAtRest, arm: Arm, chest: Rotation, side: Side) -> Limb:
    """Return an arm that points as said, within the ranges of its joints."""
    wanted = side.towards(arm.upper)
    first = chest @ limited_shoulder(chest.T @ wanted, side)
    second = side.towards(arm.fore) if arm.fore else first
    natural = natural_axis(rest, first, chest)
    second, axis = hinged(first, second, _axis(first, second, natural))
    limb = Limb(first, second, axis, chest)
    limb = limited_rotation("shoulder rotation", limb, rest, chest, side)
    limb = limited_hinge("elbow bend", limb)
    limb = replace(limb, end=lower_rotation(limb, rest), bend_rad=RELAXED_RAD)
    if arm.planted:
        fingers = side.towards(arm.fingers or (0.0, 0.0, 1.0))
        # The rotation of the hand is decided by the floor, and the arm turns to suit it.
        laid = laid_hand(rest, fingers)
        limb = _turned_to(limb, rest, laid)
        limb = limited_rotation("shoulder rotation", limb, rest, chest, side)
        return replace(limb, end=laid, bend_rad=LAID_RAD)
    return with_palm(limb, rest, arm, chest, side)


def with_palm(limb: Limb, rest: LimbAtRest, arm: Arm, chest: Rotation, side: Side) -> Limb:
    """Return the arm with its hand as said, or relaxed, in the ranges of shoulder and wrist."""
    if arm.palm is None:
        return replace(limb, end=lower_rotation(limb, rest))
    fingers = side.towards(arm.fingers) if arm.fingers else limb.second
    wanted = frame(fingers, side.towards(arm.palm)) @ rest.end_axes.T
    limb = _turned_to(limb, rest, wanted)
    limb = limited_rotation("shoulder rotation", limb, rest, chest, side)
    return limited_hand(replace(limb, bend_rad=HELD_RAD), rest, side)


def _leg(rest: LimbAtRest, leg: Leg, pelvis: Rotation, side: Side) -> Limb:
    wanted = side.towards(leg.thigh)
    first = pelvis @ limited_hip(pelvis.T @ wanted, side)
    second = side.towards(leg.shank) if leg.shank else first
    natural = natural_axis(rest, first, pelvis)
    if leg.knee:
        natural = cross(first, -side.towards(leg.knee))
    elif leg.foot.contact in (Contact.FLAT, Contact.BALL):
        # The knee of a leg that stands faces where its foot points.
        sideways = cross(heading(leg.foot, side) @ FORWARD, first)
        natural = sideways if length(sideways) > _UPRIGHT else natural
    second, axis = hinged(first, second, _axis(first, second, natural))
    limb = Limb(first, second, axis, pelvis)
    limb = limited_rotation("hip rotation", limb, rest, pelvis, side)
    limb = limited_hinge("knee bend", limb)
    return with_foot(limb, rest, leg.foot, side)


def with_foot(limb: Limb, rest: LimbAtRest, foot: Foot, side: Side) -> Limb:
    """Return the leg with its foot held as said; on the floor, the floor decides, not the shank."""
    if foot.contact is Contact.NONE:
        end = lower_rotation(limb, rest) @ about(OUT, math.radians(foot.pointed_deg))
        return limited_foot(replace(limb, end=end, bend_rad=0.0), rest, side)
    if foot.contact is Contact.INSTEP:
        end = frame(across(limb.second, UP), UP) @ rest.end_axes.T
        return replace(limb, end=end @ about(OUT, -_INSTEP_RAD), bend_rad=0.0)
    pointed_rad = math.radians(foot.pointed_deg) if foot.contact is Contact.BALL else 0.0
    return replace(limb, end=heading(foot, side) @ about(OUT, pointed_rad), bend_rad=pointed_rad)


def heading(foot: Foot, side: Side) -> Rotation:
    """Return the turn of a foot that stands flat."""
    return about(UP, side.sign * math.radians(foot.out_deg))


def laid_hand(rest: LimbAtRest, fingers: Vector) -> Rotation:
    """Return the rotation of a hand whose palm lies on the floor."""
    return frame(across(fingers, UP), -UP) @ rest.end_axes.T


def _axis(first: Vector, second: Vector, natural: Vector) -> Vector:
    """Return the axis of a hinge: that of the two bones, and the natural one if it is straight."""
    bent = cross(first, second)
    trust = min(1.0, angle_between(first, second) / _BENT_RAD)
    if length(bent) == 0:
        return natural
    # From one axis to the other about the upper bone, so that no hinge flips in between.
    angle_rad = signed_angle(natural, bent, first)
    return about(first, angle_rad * trust * trust * (3 - 2 * trust)) @ natural


def _turned_to(limb: Limb, rest: LimbAtRest, hand: Rotation) -> Limb:
    """Return the arm with another rotation of its hand; a straight arm turns, too."""
    fingers, palm, _ = rest.end_axes.T
    swung = shortest_arc(limb.end @ fingers, hand @ fingers) @ limb.end
    roll_rad = signed_angle(swung @ palm, hand @ palm, hand @ fingers)
    straightness = 1 - min(1.0, abs(limb.hinge_rad) / _BENT_RAD)
    turn = about(limb.first, _SHOULDER_SHARE * straightness * roll_rad)
    return replace(limb, second=turn @ limb.second, axis=turn @ limb.axis, end=hand)
