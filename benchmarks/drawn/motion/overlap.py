"""Finds parts of a body that are inside each other, with round cones along its bones.

Each limb, half of the trunk and the head is a cone with round ends: a line between two points with
a radius at each, all measured on the skin at rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from .figure import nearest
from .rotations import FORWARD, OUT, UP, dot, length
from .terms import Side

if TYPE_CHECKING:
    from ..body import BonePose
    from .figure import Figure, LimbAtRest, Points

# Flesh gives way by about this much where limbs are pressed together, and cones fit the skin to a
# centimetre. What is deeper shows in an image as one part inside another.
ALLOWED_M = 0.02
# Near a shoulder or hip, limb and trunk are one piece of flesh: cones begin so far along the bone.
_UPPER_ARM_FROM, _THIGH_FROM = 0.5, 0.45
# How many vertices of the skin make a slice of the trunk.
_SLICE_VERTICES = 60

# Neighbours meet in a joint, and touch when it is bent.
_NEIGHBOURS = {
    frozenset(pair)
    for pair in (
        ("upper arm", "forearm"),
        ("forearm", "hand"),
        ("thigh", "shank"),
        ("shank", "foot"),
        ("thigh", "foot"),  # heel to seat
        ("upper arm", "hand"),  # a fist at the shoulder
    )
}
# Parts of one trunk, and what bending alone presses together: belly and thighs.
_NEVER = {
    frozenset(pair)
    for pair in (
        ("chest", "pelvis"),
        ("chest", "head"),
        ("pelvis", "head"),
        ("chest", "chest"),
        ("pelvis", "pelvis"),
        ("pelvis", "thigh"),
        ("chest", "thigh"),
    )
}


@dataclass(frozen=True)
class Cone:
    """A cone at rest: its ends (2, 3), their radii, the bones that carry them, and its name."""

    part: str
    side: Side | None
    ends_m: Points
    radii_m: tuple[float, float]
    bones: tuple[str, str]

    def may_meet(self, other: Cone) -> bool:
        """Return whether the two can be inside each other without being neighbours."""
        pair = frozenset((self.part, other.part))
        return pair not in _NEVER and not (pair in _NEIGHBOURS and self.side is other.side)

    def posed_m(self, figure: Figure, pose: BonePose) -> Points:
        """Return the ends (2, 3) in a pose."""
        ends_m = []
        for end_m, bone in zip(self.ends_m, self.bones, strict=True):
            number = figure.rig.index(bone)
            arm_m = end_m - figure.rig.heads_m[number]
            ends_m.append(pose.heads_m[number] + pose.rotations[number] @ arm_m)
        return np.array(ends_m)


def overlaps_m(figure: Figure, cones: list[Cone], pose: BonePose) -> dict[tuple[str, str], float]:
    """Return how deep parts are inside each other, for pairs that are deeper than is allowed."""
    posed = [(cone, cone.posed_m(figure, pose)) for cone in cones]
    deep = {}
    for (one, one_m), (other, other_m) in combinations(posed, 2):
        if one.may_meet(other):
            depth_m = _depth_m(one_m, one.radii_m, other_m, other.radii_m)
            if depth_m > ALLOWED_M:
                deep[_name(one), _name(other)] = depth_m
    return deep


def cones_of(figure: Figure) -> list[Cone]:
    """Return the cones of a body."""
    cones = [_trunk(figure, part, side) for part in ("chest", "pelvis") for side in Side]
    cones.append(_head(figure))
    for side in Side:
        arm, leg, ending = figure.arms[side], figure.legs[side], side.suffix
        cones += [
            _bone(figure, "upper arm", side, arm, 0, "upperarm02" + ending, _UPPER_ARM_FROM),
            _bone(figure, "forearm", side, arm, 1, "lowerarm01" + ending, 0.0),
            _hand(figure, side),
            _bone(figure, "thigh", side, leg, 0, "upperleg02" + ending, _THIGH_FROM),
            _bone(figure, "shank", side, leg, 1, "lowerleg01" + ending, 0.0),
            _foot(figure, side),
        ]
    return cones


def _bone(
    figure: Figure, part: str, side: Side, limb: LimbAtRest, bone: int, name: str, start: float
) -> Cone:
    """Return the cone along a long bone of a limb."""
    head_m, tail_m = limb.joints_m[bone], limb.joints_m[bone + 1]
    ends_m = np.array((head_m + start * (tail_m - head_m), tail_m))
    segment = f"{side.name.lower()} {part.replace(' ', '_')}"
    radii_m = [figure.radius_m(segment, head_m, tail_m, share) for share in (start, 1.0)]
    return Cone(part, side, ends_m, (radii_m[0], radii_m[1]), (name, name))


def _hand(figure: Figure, side: Side) -> Cone:
    """Return the cone from the wrist to the second joint of the middle finger."""
    wrist, finger = "wrist" + side.suffix, "finger3-2" + side.suffix
    ends_m = np.array((figure.joint_m(wrist), figure.joint_m(finger)))
    _, elbow_m, wrist_m = figure.arms[side].joints_m
    # A hand is about as thick as its wrist, and thins out to the fingers.
    radius_m = figure.radius_m(f"{side.name.lower()} forearm", elbow_m, wrist_m, 1.0)
    return Cone("hand", side, ends_m, (radius_m, radius_m / 2), (wrist, finger))


def _foot(figure: Figure, side: Side) -> Cone:
    """Return the cone from the ankle to the ball of the foot, down to the sole."""
    leg, ankle = figure.legs[side], "foot" + side.suffix
    radii_m = (float(leg.joints_m[2][1]) / 2, float(leg.knuckle_m[1]))
    ends_m = np.array((leg.joints_m[2] - UP * radii_m[0], leg.knuckle_m))
    return Cone("foot", side, ends_m, radii_m, (ankle, ankle))


def _head(figure: Figure) -> Cone:
    """Return the cone of the skull, from the height of the chin to the crown."""
    skin_m = figure.skin_m("head")
    chin_m = figure.joint_m("head")
    skull_m = skin_m[skin_m[:, 1] > chin_m[1]]
    radius_m = float(np.ptp(skull_m[:, 0])) / 2
    middle_m = (skull_m[:, 2].max() + skull_m[:, 2].min()) / 2 * FORWARD
    ends_m = np.array(
        (
            middle_m + UP * (chin_m[1] + radius_m / 2),
            middle_m + UP * (skull_m[:, 1].max() - radius_m),
        )
    )
    return Cone("head", None, ends_m, (radius_m, radius_m), ("head", "head"))


def _trunk(figure: Figure, part: str, side: Side) -> Cone:
    """Return the cone of one half of chest or pelvis: as deep as the trunk, at its side."""
    skin_m = figure.skin_m(part)
    bones = ("spine03", "spine01") if part == "chest" else ("root", "spine04")
    low_m = figure.joint_m(bones[0])[1]
    armpit_m = figure.joint_m("upperarm01.L")[1] - 0.25 * figure.arms[Side.LEFT].lengths_m[0]
    high_m = armpit_m if part == "chest" else figure.joint_m("spine04")[1]
    ends_m, radii_m = [], []
    for height_m in (low_m, high_m):
        slice_m = skin_m[nearest(skin_m[:, 1], float(height_m), _SLICE_VERTICES)]
        depth_m = float(np.ptp(slice_m[:, 2])) / 2
        width_m = float(np.ptp(slice_m[:, 0])) / 2
        middle_m = float(slice_m[:, 2].max() + slice_m[:, 2].min()) / 2
        beside_m = side.sign * max(0.0, width_m - depth_m)
        ends_m.append(OUT * beside_m + UP * height_m + FORWARD * middle_m)
        radii_m.append(depth_m)
    return Cone(part, None, np.array(ends_m), (radii_m[0], radii_m[1]), bones)


def _depth_m(
    one_m: Points,
    one_radii_m: tuple[float, float],
    other_m: Points,
    other_radii: tuple[float, float],
) -> float:
    """Return how deep two cones are inside each other, where their lines are nearest.

    The nearest points of two segments, as in Ericson, Real-Time Collision Detection, section 5.1.9.
    """
    d1, d2, r = one_m[1] - one_m[0], other_m[1] - other_m[0], one_m[0] - other_m[0]
    a, e, b = dot(d1, d1), dot(d2, d2), dot(d1, d2)
    c, f = dot(d1, r), dot(d2, r)
    denominator = a * e - b * b
    s = _within((b * f - c * e) / denominator) if denominator > 1e-12 else 0.0
    t = _within((b * s + f) / e)
    s = _within((b * t - c) / a)
    distance_m = length(r + d1 * s - d2 * t)
    radius_m = one_radii_m[0] + s * (one_radii_m[1] - one_radii_m[0])
    radius_m += other_radii[0] + t * (other_radii[1] - other_radii[0])
    return radius_m - distance_m


def _within(share: float) -> float:
    return min(1.0, max(0.0, share))


def _name(cone: Cone) -> str:
    return cone.part if cone.side is None else f"{cone.side.name.lower()} {cone.part}"
