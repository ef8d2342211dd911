"""The joints of the rig, by the names of Mixamo's characters.

At rest they stand in T-pose: facing z, with the arms to the sides and the palms down. The person's
left is x, and y is up. Then no joint is rotated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "mixamorig:"
SIDES = ("Left", "Right")


class Joint(NamedTuple):
    """A joint: its name without `PREFIX`, and that of its parent, which the root has not."""

    name: str
    parent: str | None


def _limbs(*names: str, parent: str) -> Iterator[Joint]:
    for side in SIDES:
        above = parent
        for name in names:
            yield Joint(side + name, above)
            above = side + name


# Each joint is followed by all that hangs on it, as BVH needs it.
JOINTS = (
    Joint("Hips", None),
    *_limbs("UpLeg", "Leg", "Foot", "ToeBase", "Toe_End", parent="Hips"),
    Joint("Spine", "Hips"),
    Joint("Spine1", "Spine"),
    Joint("Spine2", "Spine1"),
    *_limbs("Shoulder", "Arm", "ForeArm", "Hand", "HandMiddle1", parent="Spine2"),
    Joint("Neck", "Spine2"),
    Joint("Head", "Neck"),
    Joint("HeadTop_End", "Head"),
)
NAMES = tuple(joint.name for joint in JOINTS)
INDEX = {name: index for index, name in enumerate(NAMES)}
PARENTS = tuple(-1 if joint.parent is None else INDEX[joint.parent] for joint in JOINTS)
# Where a chain ends, nothing rotates.
ENDS = frozenset(NAMES) - {joint.parent for joint in JOINTS}
