"""Bends limbs until they reach a point: inverse kinematics of two bones and a hinge."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from .rotations import UP, Vector, across, cross, dot, length, unit

if TYPE_CHECKING:
    from .figure import LimbAtRest
    from .stance import Limb

# A limb that reaches is never quite straight or quite folded: there, its hinge would jump.
_STRAIGHTEST, _MOST_FOLDED = 0.998, 1.05


def reached(limb: Limb, rest: LimbAtRest, root_m: Vector, target_m: Vector) -> Limb:
    """Return the limb with its wrist or ankle at the target, or as near to it as it reaches.

    The limb stays turned as it was: its hinge's axis moves no more than it must. The hand or foot
    keeps its rotation in the world. By the law of cosines.
    """
    upper_m, lower_m = rest.lengths_m
    towards = unit(target_m - root_m)
    farthest_m = _STRAIGHTEST * (upper_m + lower_m)
    nearest_m = _MOST_FOLDED * abs(upper_m - lower_m)
    distance_m = min(farthest_m, max(nearest_m, length(target_m - root_m)))
    cosine = (upper_m**2 + distance_m**2 - lower_m**2) / (2 * upper_m * distance_m)
    angle_rad = math.acos(min(1.0, max(-1.0, cosine)))
    axis = unit(across(limb.axis, towards))
    first = math.cos(angle_rad) * towards + math.sin(angle_rad) * cross(towards, axis)
    second = unit(towards * distance_m - first * upper_m)
    return replace(limb, first=first, second=second, axis=axis)


def highest_root_m(rest: LimbAtRest, root_m: Vector, target_m: Vector) -> float:
    """Return the greatest height of a shoulder or hip from which the limb reaches the target."""
    farthest_m = _STRAIGHTEST * sum(rest.lengths_m)
    beside_m = length(across(target_m - root_m, UP))
    return float(target_m[1]) + math.sqrt(max(0.0, farthest_m**2 - beside_m**2))


def aimed(bone: Vector, length_m: float, from_m: Vector, height_m: float) -> Vector:
    """Return the direction (3,) of a bone turned up or down until its end has a height."""
    rise = min(0.999, max(-0.999, (height_m - float(from_m[1])) / length_m))
    beside = unit(across(bone, UP))
    return UP * rise + beside * math.sqrt(1 - rise * rise)


def bent_by(limb: Limb, first: Vector, second: Vector) -> Limb:
    """Return the limb with other bones, whose hinge bends the same way."""
    axis = cross(first, second)
    if length(axis) < 1e-3:
        axis = limb.axis
    if dot(axis, limb.axis) < 0:
        axis = -axis
    return replace(limb, first=first, second=second, axis=unit(across(axis, first)))
