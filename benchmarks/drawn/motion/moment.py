"""Says where a moving body is at one moment, in numbers that can be interpolated over time.

Lengths along the floor and lifts are in leg lengths, and directions are (out, up, forward), so a
motion suits any body. Feet have places on the floor, and legs reach for them: what does not
move there cannot slide.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .terms import Direction

# The ball of a foot is about this far in front of the hips when one stands.
_BALL_AHEAD = 0.13
# Upright people's knees are nearly straight.
_UPRIGHT = 0.997


@dataclass(frozen=True)
class Step:
    """Where a foot is: the place of its ball, its lift, its facing, and its heel.

    Attributes:
        across: To the left of the origin, in leg lengths.
        ahead: In front of the origin, in leg lengths.
        lift: Of the sole above the floor, in leg lengths.
        facing: Where the toes point, in degrees to the left of +z.
        heel: By how many degrees the heel is up; the foot turns on its ball. If the angle is
            negative, the toes are up, and the foot turns on its heel.
    """

    across: float
    ahead: float = _BALL_AHEAD
    lift: float = 0.0
    facing: float = 0.0
    heel: float = 0.0


@dataclass(frozen=True)
class Swing:
    """Where upper arm and forearm point."""

    upper: Direction
    fore: Direction


Leans = tuple[float, float, float]  # left turn, forward, right in degrees, as in `rotations.lean`

HANGING = Swing((0.48, -1.0, 0.0), (0.15, -1.0, 0.2))
_FEET = (Step(0.13, facing=8.0), Step(-0.13, facing=-8.0))


@dataclass(frozen=True)
class Moment:
    """Where a body is at one moment.

    Attributes:
        hips: Middle of the hips (across, height, ahead); across and ahead in leg lengths, the
            height as a part of the height in which one stands.
        pelvis, chest, head: How they lean, from upright and from the heading.
        arms: Left and right; directions are seen from the heading.
        feet: Left and right.
        heading: Where the person faces, in degrees to the left of +z.
    """

    hips: tuple[float, float, float] = (0.0, _UPRIGHT, 0.0)
    pelvis: Leans = (0.0, 0.0, 0.0)
    chest: Leans = (0.0, 0.0, 0.0)
    head: Leans = (0.0, 0.0, 0.0)
    arms: tuple[Swing, Swing] = (HANGING, HANGING)
    feet: tuple[Step, Step] = _FEET
    heading: float = 0.0

    def numbers(self) -> NDArray[np.float64]:
        """Return all numbers of the moment (35,), which `from_numbers` reads."""
        return np.array(_flat(astuple(self)))

    @staticmethod
    def from_numbers(numbers: NDArray[np.float64]) -> Moment:
        """Return the moment of the numbers (35,)."""
        n = [float(number) for number in numbers]
        hips, pelvis, chest, head = (_three(n, start) for start in (0, 3, 6, 9))
        swings = [Swing(_three(n, at), _three(n, at + 3)) for at in (12, 18)]
        steps = [Step(*n[at : at + 5]) for at in (24, 29)]
        return Moment(
            hips, pelvis, chest, head, (swings[0], swings[1]), (steps[0], steps[1]), n[34]
        )

    def turned(self, angle_deg: float) -> Moment:
        """Return the moment turned to the left about the origin, with everything on the floor."""
        cosine, sine = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))

        def place(to_left: float, ahead: float) -> tuple[float, float]:
            return cosine * to_left + sine * ahead, cosine * ahead - sine * to_left

        hips = place(self.hips[0], self.hips[2])
        feet = [
            Step(*place(foot.across, foot.ahead), foot.lift, foot.facing + angle_deg, foot.heel)
            for foot in self.feet
        ]
        return replace(
            self,
            hips=(hips[0], self.hips[1], hips[1]),
            feet=(feet[0], feet[1]),
            heading=self.heading + angle_deg,
        )

    def mirrored(self) -> Moment:
        """Return the moment with left and right exchanged."""
        hips = (-self.hips[0], *self.hips[1:])
        pelvis, chest, head = ((-a, b, -c) for a, b, c in (self.pelvis, self.chest, self.head))
        feet = [
            Step(-foot.across, foot.ahead, foot.lift, -foot.facing, foot.heel) for foot in self.feet
        ]
        both = (self.arms[1], self.arms[0]), (feet[1], feet[0])
        return Moment(hips, pelvis, chest, head, *both, -self.heading)


def _flat(values: tuple[object, ...]) -> list[float]:
    numbers: list[float] = []
    for value in values:
        numbers += _flat(value) if isinstance(value, tuple) else [float(str(value))]
    return numbers


def _three(numbers: list[float], start: int) -> tuple[float, float, float]:
    return numbers[start], numbers[start + 1], numbers[start + 2]
