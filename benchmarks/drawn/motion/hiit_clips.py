"""Exercises of high-intensity interval training, as motions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .keys import Keys, with_other_side
from .moment import HANGING, Moment, Step, Swing

if TYPE_CHECKING:
    from .terms import Direction

_FACING = 60.0  # degrees outward of the toes for each leg length between foot and middle


def _feet(
    apart: float, *, lift: float = 0.0, heel: float = 0.0, ahead: float = 0.13
) -> tuple[Step, Step]:
    """Return both feet side by side, each `apart` from the middle."""
    left = Step(apart, ahead, lift, _FACING * apart, heel)
    return left, Step(-apart, ahead, lift, -_FACING * apart, heel)


def _both(upper: Direction, fore: Direction) -> tuple[Swing, Swing]:
    """Return both arms the same way."""
    return Swing(upper, fore), Swing(upper, fore)


_STAND = Moment()
_DOWN = _both((0.48, -1, 0.05), (0.2, -1, 0.15))
_SIDE = _both((1, 0, 0.1), (1, 0.1, 0.15))
_OVERHEAD = _both((0.45, 0.9, 0.05), (0.2, 1, 0.1))
_FORWARD = _both((0.15, 0, 1), (0.05, 0.05, 1))
_GUARD = Swing((0.5, -0.85, 0.3), (-0.25, 0.75, 0.55))
_STRAIGHT_PUNCH = Swing((0.0, 0.05, 1), (-0.1, 0.05, 1))
_RUN_FORWARD = Swing((0.35, -0.85, 0.5), (-0.1, 0.65, 0.75))
_RUN_BACK = Swing((0.45, -0.85, -0.5), (0, 0.2, 0.95))
_RUN_MIDDLE = Swing((0.4, -1, 0), (0, 0.4, 0.9))

_JACK_CLOSED = Moment(hips=(0, 0.94, 0), arms=_DOWN, feet=_feet(0.1))
_JACK_FLIGHT = Moment(hips=(0, 1.06, 0), arms=_SIDE, feet=_feet(0.26, lift=0.06, heel=35))
_JACK_OPEN = Moment(hips=(0, 0.88, 0), arms=_OVERHEAD, feet=_feet(0.42))
JUMPING_JACKS = Keys(
    (
        (0.0, _JACK_CLOSED),
        (0.3, _JACK_FLIGHT),
        (0.5, _JACK_OPEN),
        (0.6, _JACK_OPEN),
        (0.8, _JACK_FLIGHT),
        (1.0, _JACK_CLOSED),
    ),
    period_s=1.1,
)

_APART = Moment(hips=(0, 0.97, 0), arms=_DOWN, feet=_feet(0.28))
_SQUAT = Moment((0, 0.6, -0.22), (0, 34, 0), (0, 28, 0), (0, 5, 0), _FORWARD, _feet(0.28))
SQUATS = Keys(((0.0, _APART), (0.2, _APART), (0.9, _SQUAT), (1.1, _SQUAT), (1.8, _APART)), 2.0)

HIGH_KNEES = with_other_side(
    (
        (
            0.0,
            Moment(
                hips=(0, 1.01, 0),
                arms=(_RUN_BACK, _RUN_FORWARD),
                feet=(Step(0.12, 0.45, 0.52, 3, 15), Step(-0.12, 0.13, 0, -3, 25)),
            ),
        ),
        (
            0.17,
            Moment(
                hips=(0, 1.04, 0),
                arms=(_RUN_MIDDLE, _RUN_MIDDLE),
                feet=(Step(0.12, 0.22, 0.15, 3, 30), Step(-0.12, 0.15, 0.07, -3, 35)),
            ),
        ),
    ),
    after_s=0.34,
)


def _lunging(height: float, ahead: float, left: Step, heel: float) -> Moment:
    """Return a moment of a lunge with the left leg."""
    down = (1 - height) / 0.4
    arms = (_RUN_BACK, _RUN_FORWARD) if down > 0.8 else (HANGING, HANGING)
    right = Step(-0.13, 0.13, 0, -5, heel)
    return Moment(hips=(0, height, ahead), chest=(0, 5 * down, 0), arms=arms, feet=(left, right))


_FRONT = Step(0.13, 0.95, 0, 5)
LUNGES = with_other_side(
    (
        (0.0, _STAND),
        (0.1, _STAND),
        (0.35, _lunging(0.93, 0.18, Step(0.13, 0.55, 0.12, 5), 15)),
        (0.6, _lunging(0.82, 0.4, _FRONT, 40)),
        (1.0, _lunging(0.64, 0.42, _FRONT, 62)),
        (1.1, _lunging(0.64, 0.42, _FRONT, 62)),
        (1.45, _lunging(0.82, 0.36, _FRONT, 40)),
        (1.7, _lunging(0.93, 0.15, Step(0.13, 0.5, 0.12, 5), 12)),
        (1.9, _STAND),
    ),
    after_s=2.0,
)


def _boxing(turn: float, ahead: float, arms: tuple[Swing, Swing], heel: float) -> Moment:
    """Return a moment of boxing with the left foot in front, the trunk turned to the left."""
    feet = (Step(0.16, 0.35, 0, -5), Step(-0.16, -0.1, 0, -35, heel))
    hips, pelvis = (0, 0.93, 0.05 + ahead), (0.4 * turn, 3, 0)
    return Moment(hips, pelvis, (turn, 9, 0), arms=arms, feet=feet)


_GUARDED = _boxing(-5, 0, (_GUARD, _GUARD), 15)
PUNCHES = Keys(
    (
        (0.0, _GUARDED),
        (0.2, _boxing(-32, 0.04, (_STRAIGHT_PUNCH, _GUARD), 15)),
        (0.45, _GUARDED),
        (0.68, _boxing(36, 0.05, (_GUARD, _STRAIGHT_PUNCH), 35)),
        (0.95, _GUARDED),
        (1.2, _GUARDED),
    ),
    period_s=1.33,
)


MOTIONS = {
    "jumping jacks": JUMPING_JACKS,
    "squats": SQUATS,
    "high knees": HIGH_KNEES,
    "lunges": LUNGES,
    "punches": PUNCHES,
}
