"""Where the joints of a rig are: forward kinematics."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.rig.joints import PARENTS

if TYPE_CHECKING:
    from vitruvian.types import Float64


def joints_m(offsets_m: Float64, root_m: Float64, rotations: Float64) -> Float64:
    """Return where joints are in the room, (N, J, 3).

    Args:
        offsets_m: (J, 3) of each joint from its parent, in the axes of the parent.
        root_m: (N, 3) where the root is.
        rotations: (N, J, 3, 3) of each joint in the axes of its parent.
    """
    in_room, places_m = [rotations[:, 0]], [root_m]
    for joint, parent in enumerate(PARENTS[1:], start=1):
        places_m.append(places_m[parent] + in_room[parent] @ offsets_m[joint])
        in_room.append(in_room[parent] @ rotations[:, joint])
    return np.stack(places_m, axis=1)


def joints_at_rest_m(offsets_m: Float64) -> Float64:
    """Return where the joints of a rest pose are, (J, 3). The root is at its own offset."""
    still = np.broadcast_to(np.eye(3), (1, len(offsets_m), 3, 3))
    places_m: Float64 = joints_m(offsets_m, offsets_m[np.newaxis, 0], still)[0]
    return places_m
