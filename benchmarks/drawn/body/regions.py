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
    # Seen from the front, so that chest and back have the same edges, which meet on the shoulder:
    from_shoulder: FloatArray  # (V,), 0 over the joint and outwards, 1 a trunk's length from there
    from_neck: FloatArray  # (V,), 0 on neck and head, 1 as far from them as the trunk is long


def regions(part: Part, rig: Rig) -> Regions:
    """Return where the vertices of a part lie."""
    shoulder_m, neck_m = rig.head_m("upperarm01.L"), rig.head_m("neck01")
    hip_m = rig.head_m("upperleg01.L")
    trunk_m = shoulder_m[1] - hip_m[1]
    beside_m, up_m = np.abs(part.rest_m[:, 0]), part.rest_m[:, 1]
    on_arm, on_leg = follows(part, rig, "upperarm01"), follows(part, rig, "upperleg01")
    below_neck = np.minimum(2 * (1 - follows(part, rig, "neck01")), 1)
    from_shoulder_m = np.hypot(
        np.maximum(shoulder_m[0] - beside_m, 0), np.maximum(shoulder_m[1] - up_m, 0)
    )
    return Regions(
        down_arm=on_arm * down_limb(part, rig, ("upperarm01", "lowerarm01", "wrist")),
        down_leg=on_leg * down_limb(part, rig, ("upperleg01", "lowerleg01", "foot")),
        up_trunk=(1 - on_arm) * (up_m - hip_m[1]) / trunk_m + on_arm,
        from_shoulder=from_shoulder_m / trunk_m,
        from_neck=below_neck * np.hypot(beside_m, up_m - neck_m[1]) / trunk_m,
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
    on_left_m = np.column_stack([np.abs(part.rest_m[:, 0]), part.rest_m[:, 1:]])
    start_m, middle_m, end_m = (rig.head_m(f"{joint}.L") for joint in joints)
    upper_m, lower_m = np.linalg.norm(middle_m - start_m), np.linalg.norm(end_m - middle_m)
    along_upper_m = np.einsum("vi,i->v", on_left_m - start_m, (middle_m - start_m) / upper_m)
    along_lower_m = np.einsum("vi,i->v", on_left_m - middle_m, (end_m - middle_m) / lower_m)
    down_m = np.minimum(along_upper_m, upper_m) + np.maximum(along_lower_m, 0)
    return down_m / (upper_m + lower_m)
