"""Says a pose in the words of a teacher: how the trunk leans, where limbs point, what is planted.

A direction is (out, up, forward), seen by the person: out is away from the midline, so one arm or
leg describes either side. Its length has no meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeVar

import numpy as np

from .rotations import IDENTITY, Rotation, Vector, lean, lean_angles, unit

Direction = tuple[float, float, float]
_Limb = TypeVar("_Limb")


class Side(Enum):
    """A side of the body: its ending in the rig's names, and the sign of x."""

    LEFT = (".L", 1.0)
    RIGHT = (".R", -1.0)

    @property
    def suffix(self) -> str:
        """Return the ending of this side's bones."""
        return self.value[0]

    @property
    def sign(self) -> float:
        """Return 1 for the left, where x grows, and -1 for the right."""
        return self.value[1]

    @property
    def other(self) -> Side:
        """Return the opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT

    def towards(self, direction: Direction) -> Vector:
        """Return a direction of this side as a unit vector (3,) in world axes."""
        out, up, forward = direction
        return unit((self.sign * out, up, forward))


class Contact(Enum):
    """What a foot does to the floor."""

    NONE = "none"
    FLAT = "flat"
    BALL = "ball"  # the toes lie flat, the heel is up
    INSTEP = "instep"  # the back of the foot lies on the floor, as in a kneel


class Rest(Enum):
    """A part of the trunk that lies on the floor and carries the body."""

    SEAT = "seat"
    BACK = "back"
    BELLY = "belly"


@dataclass(frozen=True)
class Foot:
    """How a foot is held: its contact, where the toes point, how far it is stretched."""

    contact: Contact
    out_deg: float = 0.0  # of the toes, from straight ahead
    pointed_deg: float = 0.0  # from a right angle in the air; from the floor on the ball


def flat(out: float = 10.0) -> Foot:
    """Return a foot that stands flat on the floor."""
    return Foot(Contact.FLAT, out)


def on_ball(out: float = 5.0, heel: float = 40.0) -> Foot:
    """Return a foot that stands on its ball, with the sole at `heel` degrees to the floor."""
    return Foot(Contact.BALL, out, heel)


def on_instep() -> Foot:
    """Return a foot whose back lies on the floor; its toes point away from the knee."""
    return Foot(Contact.INSTEP)


def in_air(pointed: float = 25.0) -> Foot:
    """Return a foot in the air, which is `pointed` degrees from a right angle with the shank."""
    return Foot(Contact.NONE, 0.0, pointed)


@dataclass(frozen=True)
class Near:
    """A place for a wrist: (out, up, forward) in arm lengths from a part of the trunk.

    The parts are the middle of the shoulders ("chest"), the middle of the hips ("pelvis"), and the
    lower end of the skull ("head"), and the offset leans with the part.
    """

    part: str
    offset: Direction


@dataclass(frozen=True)
class Arm:
    """Where an arm points; a planted one has its palm on the floor and `fingers` along the floor.

    Without `fore`, the arm is straight. Without `palm` and `fingers`, the hand is relaxed. With
    `wrist`, the arm reaches there, and the directions only say to which side its elbow is bent.
    """

    upper: Direction
    fore: Direction | None = None
    palm: Direction | None = None
    fingers: Direction | None = None
    planted: bool = False
    wrist: Near | None = None


@dataclass(frozen=True)
class Leg:
    """Where a leg points. Without `shank`, it is straight, and the kneecap faces `knee`.

    With `against`, its sole is against the inside of the other thigh, at this part of the way from
    hip to knee, and the directions only say to which side its knee is bent.
    """

    thigh: Direction
    shank: Direction | None = None
    foot: Foot = field(default_factory=in_air)
    knee: Direction | None = None
    kneels: bool = False  # the knee is on the floor
    against: float | None = None


STAND = Leg((0.08, -1.0, 0.0), foot=flat())
HANG = Arm((0.35, -1.0, 0.0), (0.1, -1.0, 0.2))


@dataclass(frozen=True)
class Pose:
    """A whole pose. Limbs are one for both sides, or left and right.

    Without `chest` or `head`, they lean like the pelvis or the chest.
    """

    arms: Arm | tuple[Arm, Arm] = HANG
    legs: Leg | tuple[Leg, Leg] = STAND
    pelvis: Rotation = field(default_factory=lambda: IDENTITY)
    chest: Rotation | None = None
    head: Rotation | None = None
    rests: Rest | None = None
    jump: float = 0.0  # how high the lowest part is above the floor, in leg lengths

    @property
    def trunk(self) -> tuple[Rotation, Rotation, Rotation]:
        """Return pelvis, chest and head in world axes."""
        chest = self.pelvis if self.chest is None else self.chest
        return self.pelvis, chest, chest if self.head is None else self.head

    def arm(self, side: Side) -> Arm:
        """Return the arm of a side."""
        return _of(self.arms, side)

    def leg(self, side: Side) -> Leg:
        """Return the leg of a side."""
        return _of(self.legs, side)

    def mirrored(self) -> Pose:
        """Return the pose with left and right exchanged."""
        pelvis, chest, head = (_mirrored(rotation) for rotation in self.trunk)
        return replace(
            self,
            arms=(self.arm(Side.RIGHT), self.arm(Side.LEFT)),
            legs=(self.leg(Side.RIGHT), self.leg(Side.LEFT)),
            pelvis=pelvis,
            chest=chest,
            head=head,
        )


def _of(limbs: _Limb | tuple[_Limb, _Limb], side: Side) -> _Limb:
    if isinstance(limbs, tuple):
        return limbs[0] if side is Side.LEFT else limbs[1]
    return limbs


def _mirrored(rotation: Rotation) -> Rotation:
    left_turn, forward, right = lean_angles(rotation)
    return lean(left_turn=-left_turn, forward=forward, right=-right)


def direction(vector: Vector, side: Side) -> Direction:
    """Return a vector (3,) in world axes as a direction of one side."""
    out, up, forward = np.asarray(vector, np.float64)
    return float(side.sign * out), float(up), float(forward)
