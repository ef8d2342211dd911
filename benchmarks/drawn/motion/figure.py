"""Measures one body for posing: joints, lengths, hands and feet at rest, the surface of segments.

A vertex of the skin or of clothes belongs to the segment whose bones it follows most.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ..body.skinning import skinned_m
from .rotations import OUT, UP, Rotation, Vector, across, cross, length, signed_angle, unit
from .terms import Side

if TYPE_CHECKING:
    from ..body import Body, BonePose

Points = NDArray[np.float64]  # (N, 3) metres

# The bones of each segment, by the start of their names; the first match counts.
_SEGMENTS = {
    "upper_arm": ("upperarm", "shoulder"),
    "forearm": ("lowerarm",),
    "hand": ("wrist", "metacarpal", "finger"),
    "thigh": ("upperleg",),
    "shank": ("lowerleg",),
    "foot": ("foot",),
    "toes": ("toe",),
    "pelvis": ("root", "pelvis", "spine05", "spine04"),
    "chest": ("spine", "clavicle", "breast"),
    "head": ("",),
}
# The parts of a body that can touch the floor.
_WORN = ("skin", "top", "bottom", "shoes")
# How many vertices of the skin make a slice: the mesh has 12 to 16 around a limb.
_SLICE_VERTICES = 24


@dataclass(frozen=True)
class LimbAtRest:
    """Two long bones at rest, and the hand or foot at their end.

    Attributes:
        joints_m: (3, 3), root (shoulder or hip), hinge (elbow or knee) and end (wrist or ankle).
        axis: Axis (3,) about which the hinge bends.
        end_axes: (3, 3), whose columns say how a hand or foot lies at rest: where the fingers or
            toes point, where the palm or sole faces, and the product of the two.
        end_m: (N, 3), the surface of the hand, or of the foot or shoe without its toes.
        knuckle_m: (3,), about which fingers or toes bend.
        spread_rad: Of the four fingers, by how much each points away from the middle one at rest,
            positive about the palm's axis; of a foot none.
        thumb_rad: By how much the thumb turns about the fingers' direction until it is in one plane
            with the palm; of a foot 0.
    """

    joints_m: Points
    axis: Vector
    end_axes: Rotation
    end_m: Points
    knuckle_m: Vector
    spread_rad: tuple[float, ...] = ()
    thumb_rad: float = 0.0

    @property
    def first(self) -> Vector:
        """Return where the upper arm or thigh points (3,)."""
        return unit(self.joints_m[1] - self.joints_m[0])

    @property
    def second(self) -> Vector:
        """Return where the forearm or shank points (3,)."""
        return unit(self.joints_m[2] - self.joints_m[1])

    @cached_property
    def lengths_m(self) -> tuple[float, float]:
        """Return the lengths of the two bones."""
        root, hinge, end = self.joints_m
        return length(hinge - root), length(end - hinge)


class Figure:
    """One body, measured for posing."""

    def __init__(self, body: Body) -> None:
        self.rig = body.rig
        # What can touch the floor: the skin first, and then what is worn around it.
        worn = [body.parts[name] for name in _WORN if name in body.parts]
        self._rest_m = np.concatenate([part.rest_m for part in worn])
        self._weights = sparse.vstack([part.weights for part in worn], format="csr")
        self._skin = np.arange(len(self._rest_m)) < len(worn[0].rest_m)
        self._index = {name: number for number, name in enumerate(self.rig.names)}
        names = np.array([_segment(name) for name in self.rig.names])
        self._segment_names = list(dict.fromkeys(names))
        members = np.stack([names == name for name in self._segment_names], axis=1)
        self._owner = np.argmax(self._weights @ members.astype(np.float64), axis=1)
        self.arms = {side: self._arm(side) for side in Side}
        self.legs = {side: self._leg(side) for side in Side}
        self.leg_length_m = sum(self.legs[Side.LEFT].lengths_m)

    def joint_m(self, bone: str) -> Vector:
        """Return where a bone turns at rest (3,)."""
        joint: Vector = self.rig.heads_m[self._index[bone]]
        return joint

    def skin_m(self, segment: str) -> Points:
        """Return the skin of a segment at rest (N, 3), such as of "pelvis" or "left foot"."""
        return self._rest_m[self._is_of(segment) & self._skin]

    def radius_m(self, segment: str, from_m: Vector, to_m: Vector, share: float) -> float:
        """Return the median distance of a segment's skin from a line, part of the way along it."""
        along = unit(to_m - from_m)
        offsets_m = self.skin_m(segment) - from_m
        positions_m = np.einsum("nj,j->n", offsets_m, along)
        distances_m = np.sqrt(np.maximum(0, (offsets_m**2).sum(axis=1) - positions_m**2))
        near = nearest(positions_m, share * length(to_m - from_m), _SLICE_VERTICES)
        return float(np.median(distances_m[near]))

    def posed_surface_m(self, pose: BonePose, *segments: str) -> Points:
        """Return skin and clothes of some segments, or of the whole body, in a pose (N, 3)."""
        if not segments:
            return skinned_m(self._rest_m, self._weights, self.rig, pose)
        chosen = np.flatnonzero(np.any([self._is_of(segment) for segment in segments], axis=0))
        return skinned_m(self._rest_m[chosen], self._weights[chosen], self.rig, pose)

    def _is_of(self, segment: str) -> NDArray[np.bool_]:
        is_of: NDArray[np.bool_] = self._owner == self._segment_names.index(segment)
        return is_of

    def _surface_m(self, side: Side, part: str) -> Points:
        return self._rest_m[self._is_of(f"{side.name.lower()} {part}")]

    def _arm(self, side: Side) -> LimbAtRest:
        end = side.suffix
        joints_m = np.array(
            [self.joint_m(bone + end) for bone in ("upperarm01", "lowerarm01", "wrist")]
        )
        knuckle_m = self.joint_m("finger3-1" + end)
        fingers = unit(knuckle_m - joints_m[2])
        # Across the knuckles, from the little finger to the forefinger.
        thumbwards = self.joint_m("finger2-1" + end) - self.joint_m("finger5-1" + end)
        palm = unit(side.sign * cross(fingers, thumbwards))
        return LimbAtRest(
            joints_m,
            unit(cross(joints_m[1] - joints_m[0], joints_m[2] - joints_m[1])),
            np.stack((fingers, palm, cross(fingers, palm)), axis=1),
            self._surface_m(side, "hand"),
            knuckle_m,
            tuple(self._spread_rad(finger, end, palm) for finger in range(2, 6)),
            self._thumb_rad(end, fingers, palm),
        )

    def _thumb_rad(self, end: str, fingers: Vector, palm: Vector) -> float:
        """Return by how much the thumb must turn to be in one plane with the palm."""
        thumb = across(self.joint_m("finger1-3" + end) - self.joint_m("finger1-1" + end), fingers)
        in_plane = across(thumb, palm)
        return signed_angle(thumb, in_plane, fingers)

    def _spread_rad(self, finger: int, end: str, palm: Vector) -> float:
        """Return by how much a finger points away from the middle one at rest."""
        middle, other = (
            across(self.joint_m(f"finger{n}-2{end}") - self.joint_m(f"finger{n}-1{end}"), palm)
            for n in (3, finger)
        )
        return signed_angle(middle, other, palm)

    def _leg(self, side: Side) -> LimbAtRest:
        end = side.suffix
        joints_m = np.array(
            [self.joint_m(bone + end) for bone in ("upperleg01", "lowerleg01", "foot")]
        )
        knuckle_m = self.joint_m("toe2-1" + end)
        thigh = unit(joints_m[1] - joints_m[0])
        toes = unit(across(knuckle_m - joints_m[2], UP))
        return LimbAtRest(
            joints_m,
            unit(across(OUT, thigh)),
            np.stack((toes, -UP, cross(toes, -UP)), axis=1),
            self._surface_m(side, "foot"),
            knuckle_m,
        )


def nearest(positions_m: NDArray[np.float64], position_m: float, count: int) -> NDArray[np.intp]:
    """Return which of the positions (N,) are nearest to one, `count` of them at most."""
    return np.argsort(np.abs(positions_m - position_m), kind="stable")[:count]


def _segment(bone: str) -> str:
    """Return the segment of a bone, such as "left thigh" or "pelvis"."""
    name = next(name for name, starts in _SEGMENTS.items() if bone.startswith(starts))
    if name in ("pelvis", "chest", "head"):
        return name
    side = "left" if bone.endswith(Side.LEFT.suffix) else "right"
    return f"{side} {name}"
