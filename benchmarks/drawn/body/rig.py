"""The bones of a body, and how they lie in a pose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .mesh import FloatArray, mesh


@dataclass(frozen=True)
class Rig:
    """The bones of a body at rest.

    A bone turns at its head, which is a joint of the body: `upperarm01.L` at the left shoulder,
    `lowerarm01.L` at the elbow, `wrist.L`, `upperleg01.L` at the hip, `lowerleg01.L` at the knee,
    `foot.L` at the ankle. Left is the person's left.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]  # -1 for the root; parents come before their children
    heads_m: FloatArray  # (B, 3)
    tails_m: FloatArray  # (B, 3)

    def index(self, bone: str) -> int:
        """Return the number of a bone."""
        return self.names.index(bone)

    def head_m(self, bone: str) -> FloatArray:
        """Return where a bone turns at rest, (3,)."""
        return self.heads_m[self.index(bone)]


@dataclass(frozen=True)
class BonePose:
    """Where the bones are in the world."""

    rotations: FloatArray  # (B, 3, 3), since rest
    heads_m: FloatArray  # (B, 3)


def rig_of(vertices_m: FloatArray) -> Rig:
    """Return the bones of a body with these vertices (V, 3)."""
    base = mesh()
    heads_m, tails_m = (vertices_m[ends].mean(1) for ends in (base.heads, base.tails))
    return Rig(base.bones, base.parents, heads_m, tails_m)


def rest_pose(rig: Rig) -> BonePose:
    """Return the pose in which the mesh was made."""
    return BonePose(np.tile(np.eye(3), (len(rig.names), 1, 1)), rig.heads_m)
