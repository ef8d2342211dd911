"""What is on the floor: hands, feet and knees, and how high they are when their skin touches it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from .figure import nearest
from .rotations import Vector
from .stance import bone_pose
from .terms import Contact, Pose, Side

if TYPE_CHECKING:
    from ..body import BonePose
    from .figure import Figure, LimbAtRest
    from .stance import Limb, Stance

# Vertices of the skin around a knee, of which the foremost is the kneecap's.
_KNEECAP_VERTICES = 24

# Where shoulders (True) and hips (False) are, (3,) in metres.
Roots = dict[tuple[bool, Side], Vector]


@dataclass(frozen=True)
class Plant:
    """A part on the floor, and how high its wrist, ankle or knee then is.

    The kinds are "hand", "foot", "knee", and "shin" for the foot of a leg that kneels.
    """

    kind: str
    side: Side
    height_m: float

    @property
    def is_arm(self) -> bool:
        """Return whether an arm reaches for the floor, not a leg."""
        return self.kind == "hand"

    @property
    def skin(self) -> tuple[str, ...]:
        """Return the segments whose lowest point touches the floor."""
        side = self.side.name.lower()
        parts = {
            "hand": ("hand",),
            "foot": ("foot", "toes"),
            "shin": ("foot", "toes"),
            "knee": ("thigh", "shank"),
        }
        return tuple(f"{side} {part}" for part in parts[self.kind])

    def limb(self, stance: Stance) -> Limb:
        """Return the limb that reaches for the floor."""
        return (stance.arms if self.is_arm else stance.legs)[self.side]

    def rest(self, figure: Figure) -> LimbAtRest:
        """Return the same limb at rest."""
        return (figure.arms if self.is_arm else figure.legs)[self.side]

    def root_m(self, roots: Roots) -> Vector:
        """Return where the limb's shoulder or hip is (3,)."""
        return roots[self.is_arm, self.side]

    def point_m(self, figure: Figure, stance: Stance, roots: Roots) -> Vector:
        """Return where the wrist, ankle or knee is (3,)."""
        limb, (upper_m, lower_m) = self.limb(stance), self.rest(figure).lengths_m
        knee_m = self.root_m(roots) + limb.first * upper_m
        return knee_m if self.kind == "knee" else knee_m + limb.second * lower_m

    def target_m(self, figure: Figure, stance: Stance, roots: Roots) -> Vector:
        """Return the point below or above, at the height that puts the skin on the floor (3,)."""
        x, _, z = self.point_m(figure, stance, roots)
        return np.array((x, self.height_m, z))


def plants_of(figure: Figure, stance: Stance, pose: Pose) -> list[Plant]:
    """Return what is on the floor; a knee comes before its foot."""
    plants = []
    for side in Side:
        if pose.leg(side).kneels:
            plants.append(Plant("knee", side, _knee_height_m(figure, side)))
        if pose.leg(side).foot.contact is not Contact.NONE:
            height_m = _end_height_m(figure.legs[side], stance.legs[side])
            plants.append(Plant("shin" if pose.leg(side).kneels else "foot", side, height_m))
        if pose.arm(side).planted:
            height_m = _end_height_m(figure.arms[side], stance.arms[side])
            plants.append(Plant("hand", side, height_m))
    return plants


def _end_height_m(rest: LimbAtRest, limb: Limb) -> float:
    """Return how high wrist or ankle is when the hand or foot touches the floor."""
    lowest_m = float(np.einsum("nj,j->n", rest.end_m - rest.joints_m[2], limb.end[1]).min())
    return -lowest_m


def _knee_height_m(figure: Figure, side: Side) -> float:
    """Return how far the front of the kneecap is from the knee's centre."""
    skin_m = figure.skin_m(f"{side.name.lower()} shank")
    knee_m = figure.legs[side].joints_m[1]
    around = nearest(skin_m[:, 1], float(knee_m[1]), _KNEECAP_VERTICES)
    return float(skin_m[around, 2].max() - knee_m[2])


def roots_m(figure: Figure, stance: Stance) -> Roots:
    """Return where the shoulders and hips are."""
    heads_m = bone_pose(figure, stance).heads_m
    joints = ((True, "upperarm01"), (False, "upperleg01"))
    return {
        (is_arm, side): heads_m[figure.rig.index(bone + side.suffix)]
        for is_arm, bone in joints
        for side in Side
    }


def corrected(figure: Figure, bones: BonePose, plant: Plant) -> Plant:
    """Return the plant at the height where its skin, as it is bent now, touches the floor."""
    skin_m = figure.posed_surface_m(bones, *plant.skin)
    return replace(plant, height_m=plant.height_m - float(skin_m[:, 1].min()))
