"""Which of the people found is which of those who were there before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import lap
import numpy as np

from vitruvian.stages.region import radii_px

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.types import Float64

# How far from its way somebody may come back, in diameters of the circle around the body: at once,
# and how much more a second later.
_REACH, _REACH_PER_S = 0.25, 1.5
_STEPS = 5  # at which the way is looked at, from where it was last seen to where the motion leads
_SIZES = 1.5  # and how much larger or smaller
_TOO_FAR = 2.0  # the limit is 1


class Absent(NamedTuple):
    """Somebody who is not seen now.

    Attributes:
        hips_px: their midpoint, (2,), when last seen, in pixels.
        expected_px: the alignment points, (2, 2), where the motion leads.
        seen_s: when last seen.
    """

    hips_px: Float64
    expected_px: Float64
    seen_s: float


def associate(
    absent: Sequence[Absent], alignments_px: Float64, timestamp_s: float
) -> NDArray[np.intp]:
    """Which of the people found, by position, each of the absent is; -1 if none.

    Args:
        absent: those who were there before.
        alignments_px: (N, 2, 2) alignment points of people found.
        timestamp_s: now.
    """
    if not absent or not len(alignments_px):
        return np.full(len(absent), -1)
    costs = np.array([_costs(person, alignments_px, timestamp_s) for person in absent])
    _, chosen, _ = lap.lapjv(costs, extend_cost=True, cost_limit=1.0)
    return np.asarray(chosen, np.intp)


def _costs(person: Absent, alignments_px: Float64, timestamp_s: float) -> Float64:
    """How far each of the found is from somebody's way, as a part of how far it may be."""
    size_px, sizes_px = 2 * radii_px(person.expected_px), 2 * radii_px(alignments_px)
    reach_px = size_px * (_REACH + _REACH_PER_S * (timestamp_s - person.seen_s))
    way_px = np.linspace(person.hips_px, person.expected_px[0], _STEPS)
    away_px = np.linalg.norm(alignments_px[:, :1] - way_px, axis=2).min(axis=1)
    is_alike = np.maximum(sizes_px / size_px, size_px / sizes_px) <= _SIZES
    costs: Float64 = np.where(is_alike & (away_px <= reach_px), away_px / reach_px, _TOO_FAR)
    return costs
