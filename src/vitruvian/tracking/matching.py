"""Re-identifies people by position: assigns the people found to those seen before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vitruvian.linear_assignment import assign
from vitruvian.stages.region import body_radius_px

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.types import Float64

# How far from the expected path a person may reappear, in diameters of the circle around the body:
# at once, and how much further for each second that has passed.
_REACH, _REACH_PER_S = 0.25, 1.5
_PATH_POINTS = 5  # at which the path is sampled, from the last position to the expected one
_MAX_SIZE_RATIO = 1.5  # of the two circles
_NO_MATCH = 1.0  # the cost of a pair that is not one: no permitted distance costs more


class LastSeen(NamedTuple):
    """An occluded person, or a bystander, and where the person may be found.

    Attributes:
        hips_px: (2,) the hips' midpoint when the person was last seen, in pixels.
        expected_px: (2, 2) the alignment points that are expected now, in pixels: predicted by the
            motion of an occluded person, and the last known ones of a bystander.
        timestamp_s: the time when the person was last seen.
    """

    hips_px: Float64
    expected_px: Float64
    timestamp_s: float


def match(
    last_seen: Sequence[LastSeen], alignment_points_px: Float64, timestamp_s: float
) -> NDArray[np.intp]:
    """Assign the people found to the people seen before, at the least total cost.

    Args:
        last_seen: occluded people and bystanders.
        alignment_points_px: (N, 2, 2) alignment points of the people found, in pixels.
        timestamp_s: the time now.

    Returns:
        For each person of `last_seen` the position of the same person among those found; -1 if that
        person was not found.
    """
    if not last_seen or not len(alignment_points_px):
        return np.full(len(last_seen), -1)
    costs = np.array([_costs(person, alignment_points_px, timestamp_s) for person in last_seen])
    matched = assign(costs)
    is_match = costs[np.arange(len(costs)), matched] < _NO_MATCH
    return np.where((matched >= 0) & is_match, matched, -1)


def _costs(person: LastSeen, alignment_points_px: Float64, timestamp_s: float) -> Float64:
    """Return the distances, (N,), from a person's path, as fractions of the permitted distance."""
    diameter_px = 2 * body_radius_px(person.expected_px)
    diameters_px = 2 * body_radius_px(alignment_points_px)
    reach_px = diameter_px * (_REACH + _REACH_PER_S * (timestamp_s - person.timestamp_s))
    path_px = np.linspace(person.hips_px, person.expected_px[0], _PATH_POINTS)
    distances_px = np.linalg.norm(alignment_points_px[:, :1] - path_px, axis=2).min(axis=1)
    ratios = np.maximum(diameters_px / diameter_px, diameter_px / diameters_px)
    is_possible = (ratios <= _MAX_SIZE_RATIO) & (distances_px <= reach_px)
    costs: Float64 = np.where(is_possible, distances_px / reach_px, _NO_MATCH)
    return costs
