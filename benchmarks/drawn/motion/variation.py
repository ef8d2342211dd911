"""Varies a pose as people do: nobody holds it like the picture in a book."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .rotations import Rotation, about, unit
from .terms import Arm, Contact, Direction, Foot, Leg, Pose, Side

# Standard deviations in degrees: the trunk carries everything, so it varies least.
_TRUNK_DEG, _HEAD_DEG, _LIMB_DEG, _FOOT_DEG = 3.0, 7.0, 5.0, 4.0
# Of a limb on the floor. If its places differ more, other limbs must bend to reach the floor.
_PLANTED_DEG = 2.5
_JUMP_SHARE = 0.2  # of a jump's height


def varied(pose: Pose, rng: np.random.Generator) -> Pose:
    """Return the pose, or its mirror image, with every part turned a little."""
    if rng.random() < 0.5:
        pose = pose.mirrored()
    pelvis, chest, head = pose.trunk
    return replace(
        pose,
        arms=(_arm(pose.arm(Side.LEFT), rng), _arm(pose.arm(Side.RIGHT), rng)),
        legs=(_leg(pose.leg(Side.LEFT), rng), _leg(pose.leg(Side.RIGHT), rng)),
        pelvis=_turn(rng, _TRUNK_DEG) @ pelvis,
        chest=_turn(rng, _TRUNK_DEG) @ chest,
        head=_turn(rng, _HEAD_DEG) @ head,
        jump=pose.jump * (1 + _JUMP_SHARE * rng.uniform(-1, 1)),
    )


def _arm(arm: Arm, rng: np.random.Generator) -> Arm:
    deviation_deg = _PLANTED_DEG if arm.planted else _LIMB_DEG
    upper = _turned(arm.upper, rng, deviation_deg)
    fore = None if arm.fore is None else _turned(arm.fore, rng, deviation_deg)
    # A planted palm stays flat, and its fingers may point elsewhere along the floor.
    palm = arm.palm if arm.planted or arm.palm is None else _turned(arm.palm, rng, _LIMB_DEG)
    fingers = None if arm.fingers is None else _turned(arm.fingers, rng, _LIMB_DEG)
    return replace(arm, upper=upper, fore=fore, palm=palm, fingers=fingers)


def _leg(leg: Leg, rng: np.random.Generator) -> Leg:
    deviation_deg = _LIMB_DEG if leg.foot.contact is Contact.NONE else _PLANTED_DEG
    thigh = _turned(leg.thigh, rng, deviation_deg)
    shank = None if leg.shank is None else _turned(leg.shank, rng, deviation_deg)
    return replace(leg, thigh=thigh, shank=shank, foot=_foot(leg.foot, rng))


def _foot(foot: Foot, rng: np.random.Generator) -> Foot:
    return replace(
        foot,
        out_deg=foot.out_deg + _FOOT_DEG * rng.normal(),
        pointed_deg=foot.pointed_deg + _FOOT_DEG * rng.normal(),
    )


def _turned(direction: Direction, rng: np.random.Generator, deviation_deg: float) -> Direction:
    out, up, forward = _turn(rng, deviation_deg) @ unit(direction)
    return float(out), float(up), float(forward)


def _turn(rng: np.random.Generator, deviation_deg: float) -> Rotation:
    """Return a small rotation about any axis."""
    axis = unit(rng.normal(size=3))
    return about(axis, np.radians(deviation_deg * rng.normal()))
