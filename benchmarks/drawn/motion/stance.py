"""A pose of one body, in the few directions and rotations that decide it, and its bones."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ..body import BonePose
from .rotations import (
    OUT,
    Rotation,
    Vector,
    about,
    across,
    angle_between,
    cross,
    frame,
    part,
    shortest_arc,
    unit,
)
from .terms import Side

if TYPE_CHECKING:
    from .figure import Figure, LimbAtRest

# How much of the lean between pelvis and chest each vertebra takes: the lumbar spine bends more
# than the thoracic one, which the ribs hold.
_SPINE = {"spine05": 0.15, "spine04": 0.4, "spine03": 0.65, "spine02": 0.85, "spine01": 1.0}
_NECK = {"neck01": 0.25, "neck02": 0.45, "neck03": 0.7, "head": 1.0}
# The shoulder blade takes a third of the arm's elevation (Inman's rhythm of 2 to 1).
_CLAVICLE, _SHOULDER_BLADE = 0.18, 0.33
# By how much each finger joint is bent, from the mesh, in which it is by 6 degrees: at ease, of a
# hand that is held, and of a palm on the floor.
RELAXED_RAD, HELD_RAD, LAID_RAD = math.radians(12), 0.0, math.radians(-9)
# The fingers of the mesh are spread wide; a hand at ease closes them by this part.
_CLOSED = 0.7
# Of the turn that would bring the thumb's bones, not its skin, into one plane with the palm.
_THUMB_OPENS = 0.75
_TOES = tuple(f"toe{toe}-1" for toe in range(1, 6))


@dataclass(frozen=True)
class Limb:
    """An arm or a leg: unit vectors (3,) in the world, and the rotation of its end since rest.

    Attributes:
        first: From shoulder to elbow, or from hip to knee.
        second: From elbow to wrist, or from knee to ankle.
        axis: Perpendicular to both; the hinge bends about it by a positive angle.
        end: Of the hand or foot.
        bend_rad: Of each finger joint towards the palm, or of the toes towards the shank.
    """

    first: Vector
    second: Vector
    axis: Vector
    end: Rotation
    bend_rad: float = 0.0

    def turned(self, rotation: Rotation) -> Limb:
        """Return the limb after a rotation of the whole body."""
        return replace(
            self,
            first=rotation @ self.first,
            second=rotation @ self.second,
            axis=rotation @ self.axis,
            end=rotation @ self.end,
        )

    @property
    def hinge_rad(self) -> float:
        """The angle by which elbow or knee is bent; negative if it is overstretched."""
        side = float(np.sign(cross(self.first, self.second) @ self.axis)) or 1.0
        return side * angle_between(self.first, self.second)


def hinged(first: Vector, second: Vector, axis: Vector) -> tuple[Vector, Vector]:
    """Return `second` and the axis after both are made to fit: a hinge bends about its axis."""
    axis = unit(across(axis, first))
    angle_rad = angle_between(first, second)
    return about(axis, angle_rad) @ first, axis


def upper_rotation(limb: Limb, rest: LimbAtRest) -> Rotation:
    """Return the rotation of the upper arm or thigh since rest."""
    return frame(limb.first, limb.axis) @ frame(rest.first, rest.axis).T


def lower_rotation(limb: Limb, rest: LimbAtRest) -> Rotation:
    """Return the rotation of the forearm or shank since rest, without the forearm's twist."""
    return frame(limb.second, limb.axis) @ frame(rest.second, rest.axis).T


@dataclass(frozen=True)
class Stance:
    """A pose of one body: rotations of the trunk since rest, four limbs, and where the root is."""

    pelvis: Rotation
    chest: Rotation
    head: Rotation
    arms: dict[Side, Limb]
    legs: dict[Side, Limb]
    root_m: Vector

    def turned(self, rotation: Rotation) -> Stance:
        """Return the stance after a rotation of the whole body about its root."""
        return Stance(
            rotation @ self.pelvis,
            rotation @ self.chest,
            rotation @ self.head,
            {side: limb.turned(rotation) for side, limb in self.arms.items()},
            {side: limb.turned(rotation) for side, limb in self.legs.items()},
            self.root_m,
        )

    def moved(self, offset_m: Vector) -> Stance:
        """Return the stance elsewhere."""
        return replace(self, root_m=self.root_m + offset_m)

    def with_arm(self, side: Side, arm: Limb) -> Stance:
        """Return the stance with another arm."""
        return replace(self, arms={**self.arms, side: arm})

    def with_leg(self, side: Side, leg: Limb) -> Stance:
        """Return the stance with another leg."""
        return replace(self, legs={**self.legs, side: leg})


def bone_pose(figure: Figure, stance: Stance) -> BonePose:
    """Return where all bones are."""
    rig = figure.rig
    turned = _turned_bones(figure, stance)
    rotations = np.empty((len(rig.names), 3, 3))
    heads_m = np.empty((len(rig.names), 3))
    for bone, (name, parent) in enumerate(zip(rig.names, rig.parents, strict=True)):
        if parent < 0:
            rotations[bone], heads_m[bone] = turned[name], stance.root_m
            continue
        rotations[bone] = turned.get(name, rotations[parent])
        offset_m = rig.heads_m[bone] - rig.heads_m[parent]
        heads_m[bone] = heads_m[parent] + rotations[parent] @ offset_m
    return BonePose(rotations, heads_m)


def _turned_bones(figure: Figure, stance: Stance) -> dict[str, Rotation]:
    """Return the rotations of the bones that do not just follow their parent."""
    turned = {"root": stance.pelvis}
    between = stance.chest @ stance.pelvis.T
    turned |= {bone: part(between, share) @ stance.pelvis for bone, share in _SPINE.items()}
    between = stance.head @ stance.chest.T
    turned |= {bone: part(between, share) @ stance.chest for bone, share in _NECK.items()}
    for side in Side:
        bones = _arm(figure.arms[side], stance.arms[side], stance.chest)
        bones |= _leg(figure.legs[side], stance.legs[side], stance.pelvis)
        turned |= {name + side.suffix: rotation for name, rotation in bones.items()}
    return turned


def _arm(rest: LimbAtRest, limb: Limb, chest: Rotation) -> dict[str, Rotation]:
    raised = shortest_arc(rest.first, chest.T @ limb.first)
    shoulder = chest @ part(raised, _SHOULDER_BLADE)
    upper, lower = upper_rotation(limb, rest), lower_rotation(limb, rest)
    swung = shortest_arc(shoulder @ rest.first, limb.first) @ shoulder
    twisted = limb.end @ lower.T
    bones = {
        "clavicle": chest @ part(raised, _CLAVICLE),
        "shoulder01": shoulder,
        # The skin of a twisting bone turns gradually along it.
        "upperarm01": part(upper @ swung.T, 0.5) @ swung,
        "upperarm02": upper,
        "lowerarm01": lower,
        "lowerarm02": part(_twist(twisted, limb.second), 0.5) @ lower,
        "wrist": limb.end,
    }
    return bones | _fingers(rest, limb)


def _fingers(rest: LimbAtRest, limb: Limb) -> dict[str, Rotation]:
    """Return the rotations of the finger bones: bent alike, and less spread than at rest."""
    along, palm, _ = rest.end_axes.T
    bend = about(cross(along, palm), limb.bend_rad)
    # A thumb opens as the fingers stretch, and its tip is level with a flat palm.
    stretched = (RELAXED_RAD - limb.bend_rad) / (RELAXED_RAD - LAID_RAD)
    opened_rad = _THUMB_OPENS * min(1.0, max(0.0, stretched)) * rest.thumb_rad
    bones = {"finger1-1": limb.end @ about(along, opened_rad)}
    for finger, spread_rad in enumerate(rest.spread_rad, start=2):
        bone = limb.end @ about(palm, -_CLOSED * spread_rad)
        for joint in range(1, 4):
            bone = bone @ bend
            bones[f"finger{finger}-{joint}"] = bone
    return bones


def _leg(rest: LimbAtRest, limb: Limb, pelvis: Rotation) -> dict[str, Rotation]:
    upper = upper_rotation(limb, rest)
    swung = shortest_arc(pelvis @ rest.first, limb.first) @ pelvis
    bones = {
        "pelvis": pelvis,
        "upperleg01": part(upper @ swung.T, 0.5) @ swung,
        "upperleg02": upper,
        "lowerleg01": lower_rotation(limb, rest),
        "foot": limb.end,
    }
    bones["lowerleg02"] = bones["lowerleg01"]
    toes = limb.end @ about(OUT, -limb.bend_rad)
    return bones | dict.fromkeys(_TOES, toes)


def _twist(rotation: Rotation, axis: Vector) -> Rotation:
    """Return the part of a rotation that turns about an axis."""
    swung = rotation @ axis
    return shortest_arc(swung, axis) @ rotation
