"""Joins moments to a motion: cubic curves in time that never go beyond the moments themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator

from .moment import Moment

Motion = Callable[[float], Moment]  # of a time in seconds


@dataclass(frozen=True)
class Keys:
    """Moments with their times in seconds; with `period_s`, the motion begins again after it."""

    moments: tuple[tuple[float, Moment], ...]
    period_s: float | None = None

    def motion(self) -> Motion:
        """Return the moment at any time.

        The curves are Fritsch's and Carlson's, which are monotone between two moments: what is
        the same in two moments rests between them, so that standing feet do not move.
        """
        times_s = np.array([time_s for time_s, _ in self.moments])
        numbers = np.array([moment.numbers() for _, moment in self.moments])
        period_s = self.period_s
        if period_s is not None:
            # A period before and one after make the curve smooth where it begins again.
            times_s = np.concatenate([times_s + turn * period_s for turn in (-1, 0, 1)])
            numbers = np.concatenate([numbers] * 3)
        curve = PchipInterpolator(times_s, numbers)

        def moment_at(time_s: float) -> Moment:
            if period_s is not None:
                time_s %= period_s
            return Moment.from_numbers(curve(np.clip(time_s, times_s[0], times_s[-1])))

        return moment_at


def with_other_side(moments: tuple[tuple[float, Moment], ...], after_s: float) -> Keys:
    """Return a motion that is followed by its mirror image, again and again."""
    mirrored = tuple((time_s + after_s, moment.mirrored()) for time_s, moment in moments)
    return Keys(moments + mirrored, period_s=2 * after_s)
