"""A person as a rig: a rest pose, and how its joints move."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.rig.body import Body
from vitruvian.rig.kinematics import joints_m
from vitruvian.rig.posing import rotations
from vitruvian.rig.rest_pose import rest_offsets_m

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vitruvian.analysis.room import Room, RoomMotion
    from vitruvian.types import Float64


@dataclass(frozen=True)
class Rig:
    """One person, in the N frames in which the person is there.

    The room's axes are x right, y up, z to the camera. A joint's own axes are those of the room in
    the rest pose.

    Attributes:
        id: of the person.
        rows: (N,) int64 the frames, on the recording's grid of constant rate, ascending.
        offsets_m: (J, 3) of each joint from its parent, in the axes of the parent. That of the root
            is its place at rest.
        root_m: (N, 3) where the root is in the room.
        rotations: (N, J, 3, 3) of each joint in the axes of its parent; the root's in the room.
    """

    id: int
    rows: NDArray[np.int64]
    offsets_m: Float64
    root_m: Float64
    rotations: Float64

    def joints_m(self) -> Float64:
        """Return where the joints are in the room, (N, J, 3)."""
        return joints_m(self.offsets_m, self.root_m, self.rotations)


def rigs_of(room: Room) -> Iterator[Rig]:
    """Return the rigs of all people in a room, by ascending id."""
    # Nothing here holds a motion or a rig while the next one is computed.
    return filter(None, map(partial(rig_of, rate_hz=room.rate_hz), room.motions()))


def rig_of(motion: RoomMotion, rate_hz: float) -> Rig | None:
    """Return a person as a rig; None if the person is in no frame.

    Args:
        motion: of the person in the room.
        rate_hz: the frames in a second.
    """
    there = np.flatnonzero(np.isfinite(motion.positions_m).all(axis=(1, 2)))
    if not len(there):
        return None
    body = Body(motion.positions_m, motion.visibility, there)
    offsets_m = rest_offsets_m(body)
    return Rig(
        id=motion.id,
        rows=motion.first_row + there,
        offsets_m=offsets_m,
        root_m=motion.hips_m[there],
        rotations=rotations(body, offsets_m, rate_hz),
    )
