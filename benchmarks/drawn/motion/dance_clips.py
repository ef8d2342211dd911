"""Steps of dance, as motions."""

from __future__ import annotations

from .keys import Keys, with_other_side
from .moment import Leans, Moment, Step, Swing

_OPEN = Swing((0.9, 0.0, 0.3), (0.7, 0.1, 0.6))
_ROUND = Swing((0.55, -0.35, 0.7), (-0.5, -0.05, 0.75))
_LOW = Swing((0.5, -0.85, 0.2), (0.3, -0.6, 0.7))
_HIGH = Swing((0.45, 0.85, 0.15), (0.15, 1, 0.15))
_CLAP = Swing((0.4, -0.75, 0.5), (-0.25, 0.1, 0.9))


def _stepping(
    at: float,
    arm: Swing,
    left: Step,
    right: Step,
    *,
    height: float = 0.95,
    pelvis: Leans = (0, 0, 0),
    chest: Leans = (0, 2, 0),
) -> Moment:
    """Return a moment with the hips `at` this place across, and both arms the same way."""
    return Moment((at, height, 0), pelvis, chest, arms=(arm, arm), feet=(left, right))


def _left(place: float, *, lift: float = 0.0, heel: float = 0.0) -> Step:
    return Step(place, 0.13, lift, 10, heel)


def _right(place: float, *, lift: float = 0.0, heel: float = 0.0, ahead: float = 0.13) -> Step:
    return Step(place, ahead, lift, -10, heel)


STEP_TOUCH = with_other_side(
    (
        (0.0, _stepping(-0.3, _CLAP, _left(-0.2, heel=20), _right(-0.42))),
        (0.25, _stepping(-0.06, _LOW, _left(0.1, lift=0.07, heel=15), _right(-0.42, heel=5))),
        (0.5, _stepping(0.1, _OPEN, _left(0.42), _right(-0.42, heel=25), height=0.92)),
        (0.75, _stepping(0.26, _LOW, _left(0.42), _right(0.0, lift=0.07, heel=25))),
    ),
    after_s=1.0,
)

_TWIST = (18, 0, 0)
_BEHIND = -0.2  # where the right foot is put behind the left
GRAPEVINE = with_other_side(
    (
        (0.0, _stepping(-0.54, _LOW, _left(-0.42), _right(-0.66))),
        (0.2, _stepping(-0.44, _LOW, _left(-0.22, lift=0.07, heel=10), _right(-0.66))),
        (0.4, _stepping(-0.22, _OPEN, _left(-0.02), _right(-0.66, heel=20))),
        (
            0.6,
            _stepping(
                -0.05,
                _OPEN,
                _left(-0.02),
                _right(-0.3, lift=0.08, heel=25, ahead=-0.05),
                pelvis=_TWIST,
            ),
        ),
        (
            0.8,
            _stepping(
                0.05, _LOW, _left(-0.02, heel=12), _right(-0.13, ahead=_BEHIND), pelvis=_TWIST
            ),
        ),
        (1.0, _stepping(0.16, _LOW, _left(0.3, lift=0.07, heel=10), _right(-0.13, ahead=_BEHIND))),
        (1.2, _stepping(0.4, _OPEN, _left(0.66), _right(-0.13, heel=30, ahead=_BEHIND))),
        (1.4, _stepping(0.51, _LOW, _left(0.66), _right(0.28, lift=0.07, heel=25, ahead=0.0))),
    ),
    after_s=1.6,
)

# A spin on the ball of the right foot, which is at the origin.
_PASSE = Moment(
    hips=(0, 1.06, -0.04),
    arms=(_ROUND, _ROUND),
    feet=(Step(0.16, 0.16, 0.42, 35, 55), Step(0, 0, 0, -10, 48)),
)
_READY = Moment(
    hips=(0.1, 0.93, -0.1),
    chest=(-10, 3, 0),
    arms=(_OPEN, _ROUND),
    feet=(Step(0.22, -0.2, 0, 30), Step(0, 0, 0, -10)),
)
_SPIN_START_S, _SPIN_S = 0.95, 1.1
SPIN = Keys(
    (
        (0.0, Moment(hips=(0.1, 0.98, -0.12), arms=(_LOW, _LOW), feet=_READY.feet)),
        (0.3, Moment(hips=(0.1, 0.98, -0.12), arms=(_LOW, _LOW), feet=_READY.feet)),
        (0.7, _READY),
        *(
            (_SPIN_START_S + _SPIN_S * eighth / 8, _PASSE.turned(45.0 * eighth))
            for eighth in range(9)
        ),
        (2.4, _READY.turned(360.0)),
        (3.1, Moment((0.1, 0.98, -0.12), arms=(_LOW, _LOW), feet=_READY.feet).turned(360.0)),
        (4.0, Moment((0.1, 0.98, -0.12), arms=(_OPEN, _OPEN), feet=_READY.feet).turned(360.0)),
    )
)


def _jumping(height: float, arm: Swing, *, lift: float = 0.0, heel: float = 0.0) -> Moment:
    """Return a moment of a jump with turned-out feet."""
    feet = (Step(0.22, 0.13, lift, 30, heel), Step(-0.22, 0.13, lift, -30, heel))
    return Moment(hips=(0, height, 0), arms=(arm, arm), feet=feet)


JUMPS = Keys(
    (
        (0.0, _jumping(0.98, _LOW)),
        (0.35, _jumping(0.82, _ROUND)),
        (0.55, _jumping(1.03, _OPEN, heel=40)),
        (0.75, _jumping(1.24, _HIGH, lift=0.2, heel=65)),
        (0.95, _jumping(1.03, _OPEN, heel=40)),
        (1.15, _jumping(0.82, _LOW)),
    ),
    period_s=1.4,
)


def _bouncing(at: float, height: float, tilt: float, left: Swing, right: Swing) -> Moment:
    """Return a moment of a bounce on wide, standing feet, the chest tilted against the hips."""
    feet = (Step(0.3, 0.13, 0, 22), Step(-0.3, 0.13, 0, -22))
    pelvis, chest = (tilt, 14, -0.5 * tilt), (-tilt, 20, tilt)
    return Moment((at, height, -0.1), pelvis, chest, (0, 6, 0), (left, right), feet)


_PUNCH_UP = Swing((0.7, 0.5, 0.3), (0.1, 1, 0.3))
BOUNCE = with_other_side(
    (
        (0.0, _bouncing(0.1, 0.84, 12, _PUNCH_UP, _CLAP)),
        (0.25, _bouncing(0.06, 0.92, 6, _OPEN, _LOW)),
        (0.5, _bouncing(0.1, 0.83, 10, _CLAP, _LOW)),
        (0.75, _bouncing(0.0, 0.92, 0, _LOW, _OPEN)),
    ),
    after_s=1.0,
)

MOTIONS = {
    "step touch": STEP_TOUCH,
    "grapevine": GRAPEVINE,
    "spin": SPIN,
    "jumps": JUMPS,
    "bounce": BOUNCE,
}
