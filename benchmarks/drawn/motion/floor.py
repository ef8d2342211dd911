"""Puts a stance on the floor: tilts and lowers it, then lets feet, knees and palms reach it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from .joints import limited_hand
from .plant import Plant, Roots, corrected, plants_of, roots_m
from .reach import aimed, bent_by, highest_root_m, reached
from .rotations import UP, shortest_arc
from .solver import laid_hand, with_foot
from .stance import Stance, bone_pose
from .terms import Pose, Rest

if TYPE_CHECKING:
    from .figure import Figure
    from .stance import Limb

# Each round measures the skin that touches the floor, and corrects what the last one left. After
# four of them less than a millimetre is left.
_ROUNDS = 4
# Flesh that carries the trunk is pressed flat, which skinning does not know.
_PRESSED_M = 0.006
# What is higher does not touch the floor: a shadow shows under it.
FLOATING_M = 0.008
# Two limbs close together say nothing about a tilt: their heights count as if they were this far
# apart at least.
_TILT_ARM_M = 0.1

_TRUNK_SKIN = {
    Rest.SEAT: ("pelvis", "left thigh", "right thigh"),
    Rest.BACK: ("pelvis", "chest", "head", "left upper_arm", "right upper_arm"),
    Rest.BELLY: ("pelvis", "chest", "left thigh", "right thigh"),
}


def settled(figure: Figure, stance: Stance, pose: Pose) -> Stance:
    """Return the stance on the floor, or above it if the pose is a jump."""
    plants = plants_of(figure, stance, pose)
    for _ in range(_ROUNDS):
        # A shin does not carry the body; it follows its knee.
        carriers = [plant for plant in plants if plant.kind != "shin"]
        if pose.rests is None and any(plant.is_arm for plant in plants):
            stance = _levelled(figure, stance, carriers)
        stance = _lowered(figure, stance, pose, carriers)
        roots = roots_m(figure, stance)
        for plant in plants:
            stance = _planted(figure, stance, pose, plant, roots)
        bones = bone_pose(figure, stance)
        plants = [corrected(figure, bones, plant) for plant in plants]
    return stance


def floating(figure: Figure, stance: Stance, pose: Pose) -> list[str]:
    """Return which hands, feet and knees should be on the floor and are not, one sentence each."""
    bones = bone_pose(figure, stance)
    found = []
    for plant in plants_of(figure, stance, pose):
        lowest_m = float(figure.posed_surface_m(bones, *plant.skin)[:, 1].min())
        if lowest_m > FLOATING_M:
            side = plant.side.name.lower()
            found.append(f"the {side} {plant.kind} is {100 * lowest_m:.1f} cm above the floor")
    return found


def _levelled(figure: Figure, stance: Stance, plants: list[Plant]) -> Stance:
    """Return the stance tilted so that the plane through its planted points is the floor."""
    roots = roots_m(figure, stance)
    points_m = np.array([plant.point_m(figure, stance, roots) for plant in plants])
    heights_m = points_m[:, 1] - [plant.height_m for plant in plants]
    x, z = (points_m[:, axis] - points_m[:, axis].mean() for axis in (0, 2))
    rise = heights_m - heights_m.mean()
    xx, zz, xz = (x * x).sum(), (z * z).sum(), (x * z).sum()
    xx, zz = xx + _TILT_ARM_M**2, zz + _TILT_ARM_M**2
    slope_x = ((x * rise).sum() * zz - (z * rise).sum() * xz) / (xx * zz - xz * xz)
    slope_z = ((z * rise).sum() * xx - (x * rise).sum() * xz) / (xx * zz - xz * xz)
    tilted = stance.turned(shortest_arc(np.array((-slope_x, 1.0, -slope_z)), UP))
    for plant in plants:
        # What lies on the floor stays flat.
        flat = replace(plant.limb(tilted), end=plant.limb(stance).end)
        tilted = _with_limb(tilted, plant, flat)
    return tilted


def _lowered(figure: Figure, stance: Stance, pose: Pose, plants: list[Plant]) -> Stance:
    """Return the stance at the height where what carries it touches the floor."""
    if pose.rests:
        skin_m = figure.posed_surface_m(bone_pose(figure, stance), *_TRUNK_SKIN[pose.rests])
        return stance.moved(-UP * (skin_m[:, 1].min() + _PRESSED_M))
    if not plants:
        lowest_m = figure.posed_surface_m(bone_pose(figure, stance))[:, 1].min()
        return stance.moved(UP * (pose.jump * figure.leg_length_m - lowest_m))
    roots = roots_m(figure, stance)
    falls_m = [plant.point_m(figure, stance, roots)[1] - plant.height_m for plant in plants]
    least_m = [
        plant.root_m(roots)[1] - _highest_m(figure, stance, plant, roots) for plant in plants
    ]
    # The limbs share the difference of their heights, as far as the shortest of them reaches.
    return stance.moved(-UP * max(sum(falls_m) / len(falls_m), *least_m))


def _highest_m(figure: Figure, stance: Stance, plant: Plant, roots: Roots) -> float:
    """Return the greatest height of the shoulder or hip from which the limb reaches the floor."""
    rest = plant.rest(figure)
    if plant.kind == "knee":
        return plant.height_m + 0.99 * rest.lengths_m[0]
    return highest_root_m(rest, plant.root_m(roots), plant.target_m(figure, stance, roots))


def _planted(figure: Figure, stance: Stance, pose: Pose, plant: Plant, roots: Roots) -> Stance:
    """Return the stance with one limb reaching the floor."""
    limb, rest, root_m = plant.limb(stance), plant.rest(figure), plant.root_m(roots)
    if plant.kind == "knee":
        first = aimed(limb.first, rest.lengths_m[0], root_m, plant.height_m)
        return stance.with_leg(plant.side, bent_by(limb, first, limb.second))
    if plant.kind == "shin":
        knee_m = root_m + limb.first * rest.lengths_m[0]
        second = aimed(limb.second, rest.lengths_m[1], knee_m, plant.height_m)
        bent = bent_by(limb, limb.first, second)
        foot = pose.leg(plant.side).foot
        return stance.with_leg(plant.side, with_foot(bent, rest, foot, plant.side))
    limb = reached(limb, rest, root_m, plant.target_m(figure, stance, roots))
    if plant.is_arm:
        # Fingers point elsewhere along the floor before the wrist bends too far to a side.
        fingers = limited_hand(limb, rest, plant.side).end @ rest.end_axes[:, 0]
        limb = replace(limb, end=laid_hand(rest, fingers))
    return _with_limb(stance, plant, limb)


def _with_limb(stance: Stance, plant: Plant, limb: Limb) -> Stance:
    with_limb = stance.with_arm if plant.is_arm else stance.with_leg
    return with_limb(plant.side, limb)
