"""One person who walks along a path, with the gait of people.

Everything follows from how far the hips have come. A foot stands while the hips pass over it, from
half a step before it to 0.7 behind it, so that each foot stands for 60 % of the time
(Perry, Gait Analysis, 1992). Its heel meets the floor before its toes, and leaves it before them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import click
import numpy as np

from .figure import Figure
from .moment import Moment, Step, Swing
from .moving import stance_at
from .path import Path
from .stance import bone_pose
from .terms import Side

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ..body import Body, BonePose

# Step length divided by cadence, in metres per step a minute (Sekiya et al., Journal of Human
# Movement Studies 30, 1996); it stays the same at any comfortable speed.
_WALK_RATIO = 0.006
_LANDS, _LEAVES = 0.5, 0.7  # how many steps the hips are before and after a foot that stands
_RAMP_S = 0.6  # from standing to walking
_ROLLING = 0.25  # of a step, in which the sole comes down, and in which it begins to rise
# Of the ankles from the path, in leg lengths, and of the toes outward.
_BESIDE, _TOES_OUT_DEG = 0.1, 7.0
_LIFT = 0.05  # of the swinging foot, in leg lengths; its heel is higher
_TOE_OFF_DEG, _STRIKE_DEG = 58.0, -16.0
_HIGHEST = 0.985  # of the hips, of the height in which one stands
# The part of a slanted leg's loss of height by which the hips sink; the foot makes up for the rest.
_DROP = 0.7
# How many steps after a foot's place the hips are highest: half-way between two double supports.
_HIGHEST_AT = (_LEAVES - _LANDS) / 2
_SWAY = 0.03  # leg lengths
_BALL_AHEAD = 0.13  # of the ball from the hips when the foot is below them, in leg lengths


class Walk:
    """A walk along a path; call it with a time in seconds for the pose at that time.

    Before 0 and after `duration_s` the person stands at the ends of the path.
    """

    def __init__(
        self, body: Body, points_m: ArrayLike, speed_m_s: float, rng: np.random.Generator
    ) -> None:
        """Plan the steps along the points (N, 2), which are x and z in metres.

        Raises:
            click.ClickException: The path is shorter than two steps, or the speed is no walk's.
        """
        if not 0.5 <= speed_m_s <= 2.2:
            raise click.ClickException(
                f"nobody walks at {speed_m_s} m/s: give a speed from 0.5 to 2.2 m/s"
            )
        self._figure = Figure(body)
        self._path = Path(np.asarray(points_m, np.float64))
        self._length_m = float(self._path.distances_m[-1])
        step_m = _WALK_RATIO * math.sqrt(60 * speed_m_s / _WALK_RATIO)
        # Short legs take shorter steps; the mean of adults' legs is 0.8 m long.
        step_m *= self._figure.leg_length_m / 0.8
        steps = round(self._length_m / step_m)
        if steps < 2:
            raise click.ClickException(
                f"a path of {self._length_m:.1f} m has no room for two steps: give a longer path"
            )
        self._step_m, self._steps = self._length_m / steps, steps
        # A leg that lands in front is slanted, so the hips are lower then.
        leg_m, hip_m = self._figure.leg_length_m, self._figure.legs[Side.LEFT].joints_m[0][1]
        self._drop = _DROP * (leg_m - math.sqrt(leg_m**2 - (_LANDS * self._step_m) ** 2)) / hip_m
        self._speed_m_s = min(speed_m_s, self._length_m / (2 * _RAMP_S))
        self.duration_s = self._length_m / self._speed_m_s + _RAMP_S
        self._arm_swing_deg = rng.uniform(14, 24)
        self._forward_deg = rng.uniform(0, 5)
        self._first = Side.LEFT if rng.random() < 0.5 else Side.RIGHT

    def __call__(self, time_s: float) -> BonePose:
        """Return the pose of the body at a time."""
        return bone_pose(self._figure, stance_at(self._figure, self.moment(time_s)))

    def moment(self, time_s: float) -> Moment:
        """Return where the body is at a time."""
        along_m = self._along_m(time_s)
        strides = {side: self._stride(side, along_m) for side in Side}
        left_m, right_m = (strides[side].along_m - along_m for side in Side)
        phase = math.tau * (along_m / self._step_m - _HIGHEST_AT)
        moving = self._speed(time_s)
        # One step forward with the left foot, one back with the right: from -1 to 1.
        split = (left_m - right_m) / ((_LANDS + _LEAVES) * self._step_m)
        first = self._first.sign
        sway = -first * _SWAY * moving * math.cos(phase / 2)
        heading_rad = self._path.heading_rad(along_m)
        x, z = self._path.at(along_m)
        leg_m = self._figure.leg_length_m
        hips = (
            x / leg_m + sway * math.cos(heading_rad),
            1 - moving * (1 - _HIGHEST + self._drop * (0.5 - 0.5 * math.cos(phase))),
            z / leg_m - sway * math.sin(heading_rad),
        )
        return Moment(
            hips=hips,
            pelvis=(-5 * split, 1 + 0.5 * self._forward_deg, 0),
            chest=(5 * split, self._forward_deg, 0),
            head=(0, 2, 0),
            arms=(self._arm(-split), self._arm(split)),
            feet=(self._foot(Side.LEFT, strides), self._foot(Side.RIGHT, strides)),
            heading=math.degrees(heading_rad),
        )

    def _along_m(self, time_s: float) -> float:
        """Return how far the hips have come: the speed grows and falls evenly at the ends."""
        time_s = min(self.duration_s, max(0.0, time_s))
        if time_s > self.duration_s / 2:
            return self._length_m - self._along_m(self.duration_s - time_s)
        if time_s < _RAMP_S:
            return self._speed_m_s * time_s * time_s / (2 * _RAMP_S)
        return self._speed_m_s * (time_s - _RAMP_S / 2)

    def _speed(self, time_s: float) -> float:
        """Return the speed at a time, as a part of the greatest."""
        left_s = min(time_s, self.duration_s - time_s)
        return min(1.0, max(0.0, left_s / _RAMP_S))

    def _stride(self, side: Side, along_m: float) -> _Stride:
        """Return where a foot is in its stride when the hips have come so far."""
        steps = along_m / self._step_m
        places = self._places(side)
        for start, end in pairwise(places):
            lifted, landed = self._swing(start, end)
            if steps < lifted:
                return _Stride(
                    start * self._step_m, self._standing_heel_deg(steps, start, lifted), 0
                )
            if steps < landed:
                return self._swinging(start, end, (steps - lifted) / (landed - lifted))
        return _Stride(
            places[-1] * self._step_m, self._standing_heel_deg(steps, places[-1], None), 0
        )

    def _places(self, side: Side) -> list[int]:
        """Return where a foot stands, one after the other, in steps from the start."""
        first = 1 if side is self._first else 2
        return [0, *range(first, self._steps, 2), self._steps]

    def _swing(self, start: int, end: int) -> tuple[float, float]:
        """Return where the hips are, in steps, when a foot is lifted and when it lands."""
        if end == self._steps and end - start == 1:
            # The last step brings the feet together.
            return start + _LEAVES, end
        lifted = 0.1 if end == 1 else start + _LEAVES
        return lifted, end - _LANDS

    def _standing_heel_deg(self, steps: float, place: int, lifted: float | None) -> float:
        """Return the heel's angle of a foot that stands: toes up first, heel up last."""
        heel_deg = 0.0
        if 0 < place < self._steps:
            heel_deg = _STRIKE_DEG * (1 - _smooth((steps - place + _LANDS) / _ROLLING))
        if lifted is not None:
            rising = max(0.1, lifted - place - _ROLLING)
            heel_deg += _TOE_OFF_DEG * _smooth((steps - place - _ROLLING) / rising)
        return heel_deg

    def _swinging(self, start: int, end: int, share: float) -> _Stride:
        """Return where a foot is after a share of its swing."""
        along = start + (end - start) * share * share * (3 - 2 * share)
        strike_deg = 0.0 if end == self._steps else _STRIKE_DEG
        off_deg = _TOE_OFF_DEG if start > 0 or end == 2 else 0.0
        heel_deg = off_deg + (strike_deg - off_deg) * _smooth(min(1.0, share * 1.2))
        return _Stride(along * self._step_m, heel_deg, _LIFT * math.sin(math.pi * share) ** 2)

    def _foot(self, side: Side, strides: dict[Side, _Stride]) -> Step:
        stride = strides[side]
        heading_rad = self._path.heading_rad(stride.along_m)
        x, z = self._path.at(stride.along_m)
        leg_m, beside = self._figure.leg_length_m, side.sign * _BESIDE
        sine, cosine = math.sin(heading_rad), math.cos(heading_rad)
        return Step(
            x / leg_m + beside * cosine + _BALL_AHEAD * sine,
            z / leg_m - beside * sine + _BALL_AHEAD * cosine,
            stride.lift,
            math.degrees(heading_rad) + side.sign * _TOES_OUT_DEG,
            stride.heel_deg,
        )

    def _arm(self, forward: float) -> Swing:
        """Return an arm that swings forward (1) or back (-1)."""
        upper_rad = math.radians(self._arm_swing_deg * forward - 3)
        fore_rad = upper_rad + math.radians(18 + 12 * forward)
        return Swing(
            (0.38, -math.cos(upper_rad), math.sin(upper_rad)),
            (0.12, -math.cos(fore_rad), math.sin(fore_rad)),
        )


@dataclass(frozen=True)
class _Stride:
    """Where a foot is along the path, its heel's angle, and its lift in leg lengths."""

    along_m: float
    heel_deg: float
    lift: float


def _smooth(share: float) -> float:
    """Return 0 to 1, with no speed and no acceleration at the ends."""
    share = min(1.0, max(0.0, share))
    return share**3 * (10 - 15 * share + 6 * share * share)
