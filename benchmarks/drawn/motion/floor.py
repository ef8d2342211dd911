"""Puts a stance on the floor: tilts and lowers it, then lets feet, knees and palms reach it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from .figure import nearest
from .joints import limited_hand
from .reach import aimed, bent_by, highest_root_m, reached
from .rotations import UP, Vector, shortest_arc
from .solver import laid_hand, with_foot
from .stance import Stance, bone_pose
from .terms import Contact, Pose, Rest, Side

if TYPE_CHECKING:
    from ..body import BonePose
    from .figure import Figure, LimbAtRest
    from .stance import Limb

# Each round measures the skin that touches the floor, and corrects what the last one left. After
# four of them less than a millimetre is left.
_ROUNDS = 4
# Flesh that carries the trunk is pressed flat, which skinning does not know.
_PRESSED_M = 0.006
# What is higher does not touch the floor: a shadow shows under it.
FLOATING_M = 0.008
# Vertices of the skin around a knee, of which the foremost is the kneecap's.
_KNEECAP_VERTICES = 24
# Two limbs close together say nothing about a tilt: their heights count as if they were this far
# apart at least.
_TILT_ARM_M = 0.1

_TRUNK_SKIN = {
    Rest.SEAT: ("pelvis", "left thigh", "right thigh"),
    Rest.BACK: ("pelvis", "chest", "head"),
    Rest.BELLY: ("pelvis", "chest", "left thigh", "right thigh"),
}


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
        return self.kind == "hand"

    @property
    def skin(self) -> tuple[str, ...]:
        """The segments whose lowest point touches the floor."""
        side = self.side.name.lower()
        parts = {
            "hand": ("hand",),
            "foot": ("foot", "toes"),
            "shin": ("foot", "toes"),
            "knee": ("thigh", "shank"),
        }
        return tuple(f"{side} {part}" for part in parts[self.kind])

    def limb(self, stance: Stance) -> Limb:
        return (stance.arms if self.is_arm else stance.legs)[self.side]

    def rest(self, figure: Figure) -> LimbAtRest:
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


def settled(figure: Figure, stance: Stance, pose: Pose) -> Stance:
    """Return the stance on the floor, or above it if the pose is a jump."""
    plants = _plants(figure, stance, pose)
    for _ in range(_ROUNDS):
        # A shin does not carry the body; it follows its knee.
        carriers = [plant for plant in plants if plant.kind != "shin"]
        if pose.rests is None and any(plant.is_arm for plant in plants):
            stance = _levelled(figure, stance, carriers)
        stance = _lowered(figure, stance, pose, carriers)
        roots = _roots_m(figure, stance)
        for plant in plants:
            stance = _planted(figure, stance, pose, plant, roots)
        bones = bone_pose(figure, stance)
        plants = [_corrected(figure, bones, plant) for plant in plants]
    return stance


def floating(figure: Figure, stance: Stance, pose: Pose) -> list[str]:
    """Return which hands, feet and knees should be on the floor and are not, one sentence each."""
    bones = bone_pose(figure, stance)
    found = []
    for plant in _plants(figure, stance, pose):
        lowest_m = float(figure.posed_skin_m(bones, *plant.skin)[:, 1].min())
        if lowest_m > FLOATING_M:
            side = plant.side.name.lower()
            found.append(f"the {side} {plant.kind} is {100 * lowest_m:.1f} cm above the floor")
    return found


def _plants(figure: Figure, stance: Stance, pose: Pose) -> list[Plant]:
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


def _levelled(figure: Figure, stance: Stance, plants: list[Plant]) -> Stance:
    """Return the stance tilted so that the plane through its planted points is the floor."""
    roots = _roots_m(figure, stance)
    points_m = np.array([plant.point_m(figure, stance, roots) for plant in plants])
    heights_m = points_m[:, 1] - [plant.height_m for plant in plants]
    x, z = (points_m[:, axis] - points_m[:, axis].mean() for axis in (0, 2))
    rise = heights_m - heights_m.mean()
    xx, zz, xz = (x * x).sum(), (z * z).sum(), (x * z).sum()
    xx, zz = xx + _TILT_ARM_M**2, zz + _TILT_ARM_M**2
    slope_x = ((x * rise).sum() * zz - (z * rise).sum() * xz) / (xx * zz - xz * xz)
    slope_z = ((z * rise).sum() * xx - (x * rise).sum() * xz) / (xx * zz - xz * xz)
    tilted = stance.turned(shortest_arc(np.array((-slope_x, 1.0, -slope_z)), UP))
    for plant in plants:
        # What lies on the floor stays flat.
        flat = replace(plant.limb(tilted), end=plant.limb(stance).end)
        tilted = _with_limb(tilted, plant, flat)
    return tilted


def _lowered(figure: Figure, stance: Stance, pose: Pose, plants: list[Plant]) -> Stance:
    """Return the stance at the height where what carries it touches the floor."""
    if pose.rests:
        skin_m = figure.posed_skin_m(bone_pose(figure, stance), *_TRUNK_SKIN[pose.rests])
        return stance.moved(-UP * (skin_m[:, 1].min() + _PRESSED_M))
    if not plants:
        lowest_m = figure.posed_skin_m(bone_pose(figure, stance))[:, 1].min()
        return stance.moved(UP * (pose.jump * figure.leg_length_m - lowest_m))
    roots = _roots_m(figure, stance)
    falls_m = [plant.point_m(figure, stance, roots)[1] - plant.height_m for plant in plants]
    least_m = [
        plant.root_m(roots)[1] - _highest_m(figure, stance, plant, roots) for plant in plants
    ]
    # The limbs share the difference of their heights, as far as the shortest of them reaches.
    return stance.moved(-UP * max(sum(falls_m) / len(falls_m), *least_m))


def _highest_m(figure: Figure, stance: Stance, plant: Plant, roots: Roots) -> float:
    """Return the greatest height of the shoulder or hip from which the limb reaches the floor."""
    rest = plant.rest(figure)
    if plant.kind == "knee":
        return plant.height_m + 0.99 * rest.lengths_m[0]
    return highest_root_m(rest, plant.root_m(roots), plant.target_m(figure, stance, roots))


def _planted(figure: Figure, stance: Stance, pose: Pose, plant: Plant, roots: Roots) -> Stance:
    """Return the stance with one limb reaching the floor."""
    limb, rest, root_m = plant.limb(stance), plant.rest(figure), plant.root_m(roots)
    if plant.kind == "knee":
        first = aimed(limb.first, rest.lengths_m[0], root_m, plant.height_m)
        return stance.with_leg(plant.side, bent_by(limb, first, limb.second))
    if plant.kind == "shin":
        knee_m = root_m + limb.first * rest.lengths_m[0]
        second = aimed(limb.second, rest.lengths_m[1], knee_m, plant.height_m)
        bent = bent_by(limb, limb.first, second)
        foot = pose.leg(plant.side).foot
        return stance.with_leg(plant.side, with_foot(bent, rest, foot, plant.side))
    limb = reached(limb, rest, root_m, plant.target_m(figure, stance, roots))
    if plant.is_arm:
        # Fingers point elsewhere along the floor before the wrist bends too far to a side.
        fingers = limited_hand(limb, rest, plant.side).end @ rest.end_axes[:, 0]
        limb = replace(limb, end=laid_hand(rest, fingers))
    return _with_limb(stance, plant, limb)


def _roots_m(figure: Figure, stance: Stance) -> Roots:
    heads_m = bone_pose(figure, stance).heads_m
    joints = ((True, "upperarm01"), (False, "upperleg01"))
    return {
        (is_arm, side): heads_m[figure.rig.index(bone + side.suffix)]
        for is_arm, bone in joints
        for side in Side
    }


def _corrected(figure: Figure, bones: BonePose, plant: Plant) -> Plant:
    """Return the plant at the height where its skin, as it is bent now, touches the floor."""
    skin_m = figure.posed_skin_m(bones, *plant.skin)
    return replace(plant, height_m=plant.height_m - float(skin_m[:, 1].min()))


def _with_limb(stance: Stance, plant: Plant, limb: Limb) -> Stance:
    with_limb = stance.with_arm if plant.is_arm else stance.with_leg
    return with_limb(plant.side, limb)
