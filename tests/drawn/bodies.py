"""Bodies for the tests, each made once."""

from __future__ import annotations

from functools import cache

import numpy as np

from benchmarks.drawn.body import Body, BonePose, Outfit, Rig, Shape, rest_pose

NAKED = Outfit(None, None, None)
WOMAN = Shape(gender=0.0)
MAN = Shape(gender=1.0)
CHILD = Shape(age=0.0)
OLD = Shape(age=1.0)
SHAPES = {"woman": WOMAN, "man": MAN, "child": CHILD, "old person": OLD}


@cache
def body(shape: Shape = WOMAN, outfit: Outfit = NAKED, hair: str | None = None) -> Body:
    return Body(shape, outfit, hair)


def bent(rig: Rig, bone: str, angle_rad: float, axis: int = 0) -> BonePose:
    """Return the rest pose after a bone, and all that hangs from it, turned about an axis."""
    cos, sin = np.cos(angle_rad), np.sin(angle_rad)
    turn = np.roll([[1, 0, 0], [0, cos, -sin], [0, sin, cos]], (axis, axis), (0, 1))
    rest = rest_pose(rig)
    rotations, heads_m = rest.rotations.copy(), rest.heads_m.copy()
    turned = {rig.index(bone)}
    rotations[rig.index(bone)] = turn
    for number, parent in enumerate(rig.parents):
        if parent in turned:
            turned.add(number)
            rotations[number] = turn
            heads_m[number] = heads_m[parent] + turn @ (rig.heads_m[number] - rig.heads_m[parent])
    return BonePose(rotations, heads_m)
