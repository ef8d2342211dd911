"""Measures the angles of joints in the terms of `limits`, and brings them back into range."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from .limits import HIP_FORWARD_UNTIL_OUT_DEG, clipped
from .rotations import (
    Rotation,
    Vector,
    about,
    cross,
    dot,
    from_rotation_vector,
    lean,
    lean_angles,
    rotation_vector,
    shortest_arc,
    signed_angle,
    unit,
)
from .stance import Limb, Stance, lower_rotation
from .terms import Side, direction

if TYPE_CHECKING:
    from .figure import Figure, LimbAtRest

# At rest the palms of the mesh face down and inward; with thumbs up they would face inward.
_REST_PRONATION_DEG = 42.0


def joint_angles_deg(figure: Figure, stance: Stance) -> dict[str, float]:
    """Return all angles that `limits` bounds, by joint; those of limbs begin with the side."""
    angles = _named("spine", _lean_angles(stance.pelvis, stance.chest))
    angles |= _named("neck", _lean_angles(stance.chest, stance.head))
    for side in Side:
        arm, leg = stance.arms[side], stance.legs[side]
        of_side = shoulder_deg(figure.arms[side], arm, stance.chest, side)
        of_side |= wrist_deg(figure.arms[side], arm, side)
        of_side |= hip_deg(figure.legs[side], leg, stance.pelvis, side)
        of_side |= ankle_deg(figure.legs[side], leg, side)
        of_side["elbow bend"] = math.degrees(arm.hinge_rad)
        of_side["knee bend"] = math.degrees(leg.hinge_rad)
        of_side["toes bend"] = math.degrees(leg.bend_rad)
        angles |= {f"{side.name.lower()} {joint}": angle for joint, angle in of_side.items()}
    return angles


def limited_trunk(
    pelvis: Rotation, chest: Rotation, head: Rotation
) -> tuple[Rotation, Rotation, Rotation]:
    """Return the trunk with spine and neck in their ranges."""
    chest_in_range = pelvis @ _limited_lean("spine", pelvis.T @ chest)
    head = chest_in_range @ chest.T @ head
    return pelvis, chest_in_range, chest_in_range @ _limited_lean("neck", chest_in_range.T @ head)


def limited_shoulder(direction_in_chest: Vector, side: Side) -> Vector:
    """Return where an upper arm points (3,), within the shoulder's range."""
    out, up, forward = direction(direction_in_chest, side)
    behind = math.radians(clipped("shoulder behind", _asin_deg(-forward)))
    out, up, forward = _with(np.array((out, up, forward)), 2, -math.sin(behind))
    across = math.radians(clipped("shoulder across", _asin_deg(-out)))
    out, up, forward = _with(np.array((out, up, forward)), 0, -math.sin(across))
    return side.towards((out, up, forward))


def limited_hip(direction_in_pelvis: Vector, side: Side) -> Vector:
    """Return where a thigh points (3,), within the hip's range."""
    out, up, forward = direction(direction_in_pelvis, side)
    out_deg = clipped("hip out", _asin_deg(out))
    forward_deg = math.degrees(math.atan2(forward, -up))
    if abs(out_deg) < HIP_FORWARD_UNTIL_OUT_DEG:
        forward_deg = clipped("hip forward", forward_deg)
    a, b = math.radians(out_deg), math.radians(forward_deg)
    return side.towards((math.sin(a), -math.cos(a) * math.cos(b), math.cos(a) * math.sin(b)))


def limited_rotation(
    joint: str, limb: Limb, rest: LimbAtRest, parent: Rotation, side: Side
) -> Limb:
    """Return an arm or leg turned about its upper bone until the shoulder or hip is in range."""
    rotation_deg = _rotation_deg(limb, rest, parent, side)
    back_rad = math.radians(clipped(joint, rotation_deg) - rotation_deg)
    turn = about(limb.first, -side.sign * back_rad)
    return replace(limb, second=turn @ limb.second, axis=turn @ limb.axis)


def limited_hinge(joint: str, limb: Limb) -> Limb:
    """Return an arm or leg with its elbow or knee in range."""
    angle_rad = math.radians(clipped(joint, math.degrees(limb.hinge_rad)))
    return replace(limb, second=about(limb.axis, angle_rad) @ limb.first)


def limited_hand(limb: Limb, rest: LimbAtRest, side: Side) -> Limb:
    """Return an arm with forearm and wrist in range."""
    angles = wrist_deg(rest, limb, side)
    pronation, bend, sideways = (
        math.radians(clipped(joint, angle)) for joint, angle in angles.items()
    )
    twist = about(rest.second, side.sign * (pronation - math.radians(_REST_PRONATION_DEG)))
    bend_axis, side_axis = _wrist_axes(rest, twist, side)
    swing = from_rotation_vector(bend_axis * bend + side_axis * sideways)
    return replace(limb, end=lower_rotation(limb, rest) @ swing @ twist)


def limited_foot(limb: Limb, rest: LimbAtRest, side: Side) -> Limb:
    """Return a leg with its ankle in range."""
    pointed, turn, sideways = (
        math.radians(clipped(joint, angle)) for joint, angle in ankle_deg(rest, limb, side).items()
    )
    within = from_rotation_vector(np.array((pointed, side.sign * turn, side.sign * sideways)))
    return replace(limb, end=lower_rotation(limb, rest) @ within)


def shoulder_deg(rest: LimbAtRest, arm: Limb, chest: Rotation, side: Side) -> dict[str, float]:
    """Return the angles of a shoulder."""
    out, _, forward = direction(chest.T @ arm.first, side)
    return {
        "shoulder behind": _asin_deg(-forward),
        "shoulder across": _asin_deg(-out),
        "shoulder rotation": _rotation_deg(arm, rest, chest, side),
    }


def hip_deg(rest: LimbAtRest, leg: Limb, pelvis: Rotation, side: Side) -> dict[str, float]:
    """Return the angles of a hip."""
    out, up, forward = direction(pelvis.T @ leg.first, side)
    angles = {"hip out": _asin_deg(out), "hip rotation": _rotation_deg(leg, rest, pelvis, side)}
    if abs(angles["hip out"]) < HIP_FORWARD_UNTIL_OUT_DEG:
        angles["hip forward"] = math.degrees(math.atan2(forward, -up))
    return angles


def wrist_deg(rest: LimbAtRest, arm: Limb, side: Side) -> dict[str, float]:
    """Return the angles of forearm and wrist."""
    within = lower_rotation(arm, rest).T @ arm.end
    twist = shortest_arc(within @ rest.second, rest.second) @ within
    swing = rotation_vector(within @ twist.T)
    bend_axis, side_axis = _wrist_axes(rest, twist, side)
    return {
        "forearm pronation": _REST_PRONATION_DEG
        + side.sign * math.degrees(dot(rotation_vector(twist), rest.second)),
        "wrist bend": math.degrees(dot(swing, bend_axis)),
        "wrist side": math.degrees(dot(swing, side_axis)),
    }


def ankle_deg(rest: LimbAtRest, leg: Limb, side: Side) -> dict[str, float]:
    """Return the angles of an ankle; at rest the sole is at a right angle to the shank."""
    # A rotation vector, because a foot may be pointed by nearly a right angle.
    pointed, turn, sideways = np.degrees(rotation_vector(lower_rotation(leg, rest).T @ leg.end))
    return {
        "ankle pointed": float(pointed),
        "ankle turn": float(side.sign * turn),
        "ankle side": float(side.sign * sideways),
    }


def natural_axis(rest: LimbAtRest, first: Vector, parent: Rotation) -> Vector:
    """Return the axis (3,) of elbow or knee when the limb is swung there without turning it."""
    return shortest_arc(parent @ rest.first, first) @ parent @ rest.axis


def _rotation_deg(limb: Limb, rest: LimbAtRest, parent: Rotation, side: Side) -> float:
    """Return how far a limb is turned outward about its upper bone."""
    natural = natural_axis(rest, limb.first, parent)
    return -side.sign * math.degrees(signed_angle(natural, limb.axis, limb.first))


def _wrist_axes(rest: LimbAtRest, twist: Rotation, side: Side) -> tuple[Vector, Vector]:
    """Return the axes (3,) about which the wrist bends to the palm and to the thumb."""
    fingers, palm, _ = rest.end_axes.T
    bend = unit(cross(rest.second, cross(cross(fingers, palm), rest.second)))
    return twist @ bend, twist @ (side.sign * cross(rest.second, bend))


def _lean_angles(of: Rotation, part: Rotation) -> tuple[float, float, float]:
    return lean_angles(of.T @ part)


def _named(joint: str, angles: tuple[float, float, float]) -> dict[str, float]:
    return {
        f"{joint} {name}": angle
        for name, angle in zip(("turn", "forward", "side"), angles, strict=True)
    }


def _limited_lean(joint: str, rotation: Rotation) -> Rotation:
    turn, forward, sideways = (
        clipped(name, angle) for name, angle in _named(joint, lean_angles(rotation)).items()
    )
    return lean(left_turn=turn, forward=forward, right=sideways)


def _with(vector: Vector, index: int, value: float) -> Vector:
    """Return a unit vector (3,) with one component replaced and the others scaled."""
    others = vector.copy()
    others[index] = 0.0
    scaled = unit(others) * math.sqrt(max(0.0, 1 - value * value)) if others.any() else others
    scaled[index] = value
    return scaled


def _asin_deg(sine: float) -> float:
    return math.degrees(math.asin(min(1.0, max(-1.0, sine))))
