"""Says what is wrong with a pose of a body: joints, floor, or parts inside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .joints import joint_angles_deg
from .limits import excess_deg
from .overlap import Cone, overlaps_m
from .stance import Stance, bone_pose

if TYPE_CHECKING:
    from .figure import Figure

# Reaching for the floor may end this far beyond a range, which is below what anybody measures:
# goniometers agree to 5 degrees.
JOINT_TOLERANCE_DEG = 2.0
# Skin below the floor by less is hidden by its own shadow at two metres.
LOWEST_M = -0.01


def faults(figure: Figure, cones: list[Cone], stance: Stance) -> list[str]:
    """Return what is wrong with a stance, one sentence each."""
    found = [
        f"{joint} is {excess:.0f} degrees out of its range"
        for joint, angle in joint_angles_deg(figure, stance).items()
        if (excess := excess_deg(joint, angle)) > JOINT_TOLERANCE_DEG
    ]
    pose = bone_pose(figure, stance)
    found += [
        f"{one} and {other} are {100 * depth_m:.1f} cm inside each other"
        for (one, other), depth_m in overlaps_m(figure, cones, pose).items()
    ]
    lowest_m = float(figure.posed_surface_m(pose)[:, 1].min())
    if lowest_m < LOWEST_M:
        found.append(f"the body is {-100 * lowest_m:.1f} cm below the floor")
    return found
