"""Where on the body the vertices of a part lie: how far down an arm or a leg, and how high."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .mesh import FloatArray
    from .rig import Rig
    from .surface import Part


@dataclass(frozen=True)
class Regions:
    """Places of the vertices V of a part on a body at rest."""

    down_arm: FloatArray  # (V,), 0 at the shoulder and on the trunk, 1 at the wrist
    down_leg: FloatArray  # (V,), 0 at the hip and on the trunk, 1 at the ankle
    up_trunk: FloatArray  # (V,), 0 at the hips, 1 at the shoulders and on the arms
    from_neck: FloatArray  # (V,), 0 where the neck starts, 1 as far away as hips and shoulders are


def regions(part: Part, rig: Rig) -> Regions:
    """Return where the vertices of a part lie."""
    hips_m, shoulders_m = rig.head_m("upperleg01.L")[1], rig.head_m("upperarm01.L")[1]
    on_arm = follows(part, rig, "upperarm01")
    trunk = (part.rest_m[:, 1] - hips_m) / (shoulders_m - hips_m)
    from_neck_m = np.linalg.norm(part.rest_m - rig.head_m("neck01"), axis=1)
    return Regions(
        down_arm=on_arm * down_limb(part, rig, ("upperarm01", "lowerarm01", "wrist")),
        down_leg=follows(part, rig, "upperleg01")
        * down_limb(part, rig, ("upperleg01", "lowerleg01", "foot")),
        up_trunk=trunk * (1 - on_arm) + on_arm,
        from_neck=from_neck_m / (shoulders_m - hips_m),
    )


def follows(part: Part, rig: Rig, limb: str) -> FloatArray:
    """Return how much the vertices follow the bones of a limb on either side, (V,)."""
    in_limb = np.zeros(len(rig.names))
    for bone, parent in enumerate(rig.parents):
        starts_here = rig.names[bone].split(".")[0] == limb
        in_limb[bone] = starts_here or (parent >= 0 and in_limb[parent])
    return part.weights @ in_limb


def down_limb(part: Part, rig: Rig, joints: tuple[str, str, str]) -> FloatArray:
    """Return how far down the limb of their side the vertices lie, (V,): 0 to 1 at its end."""
    on_left_m = np.abs(part.rest_m[:, 0])
    mirrored_m = np.column_stack([on_left_m, part.rest_m[:, 1:]])
    start_m, middle_m, end_m = (rig.head_m(f"{joint}.L") for joint in joints)
    upper_m, lower_m = np.linalg.norm(middle_m - start_m), np.linalg.norm(end_m - middle_m)
    along_upper_m = np.einsum("vi,i->v", mirrored_m - start_m, (middle_m - start_m) / upper_m)
    along_lower_m = np.einsum("vi,i->v", mirrored_m - middle_m, (end_m - middle_m) / lower_m)
    down_m = np.minimum(along_upper_m, upper_m) + np.maximum(along_lower_m, 0)
    return down_m / (upper_m + lower_m)
