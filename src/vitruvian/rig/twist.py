"""How limbs are turned about their own axes, over time.

A straight limb says nothing about that: only a bent joint shows the axis of its hinge. So what a
frame shows has the weight of the bend, and frames around it say the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float64

# Frames within this time count for each other. Twice as much still follows turns of the hands, and
# half as much lets an arm that is nearly straight flip (benchmarks/rig.py).
_SIGMA_S = 0.1
# The weight of no twist at all. So limbs that are never bent are not twisted.
_WEIGHT_OF_REST = 0.02


def twist_rad(shown: Float64, rate_hz: float) -> Float64:
    """Return the angles by which a limb is twisted in T frames that follow each other.

    Args:
        shown: (T, 2) complex numbers as x and y: the direction is the angle that a frame shows,
            and the length is what it counts, from 0 to 1, such as the sine of the bend.
        rate_hz: the frames in a second.

    Returns:
        (T,) in radians, which continue each other, so that they may leave (-π, π].
    """
    weighted = shown * np.linalg.norm(shown, axis=-1, keepdims=True)
    mean = _blurred(weighted, rate_hz) + (_WEIGHT_OF_REST, 0.0)
    # Where the directions before and after are opposite, the mean turns within a frame.
    return _blurred(np.unwrap(np.arctan2(mean[:, 1], mean[:, 0]))[:, np.newaxis], rate_hz)[:, 0]


def _blurred(values: Float64, rate_hz: float) -> Float64:
    """Return means (T, D) of values with those around them; the first and the last one continue."""
    reach = min(round(3 * _SIGMA_S * rate_hz), len(values))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (_SIGMA_S * rate_hz)) ** 2)
    weights /= weights.sum()
    padded = np.pad(values, ((reach, reach), (0, 0)), mode="edge")
    return np.stack([np.convolve(column, weights, "valid") for column in padded.T], axis=-1)
