"""How limbs are turned about their own axes, over time.

A straight limb says nothing about that: only a bend shows the axis of the hinge. So what a frame
shows has the weight of the bend, and the frames around it say the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Float64

_Number = TypeVar("_Number", np.float64, np.complex128)

# Frames that are about this far apart count for each other. So no joint turns by more than 21°
# between two frames of the sample with Full, and 33° with Heavy; if each frame counts for itself,
# it is 32° and 114° (`benchmarks/rig.py`). With more, fast turns of the hands are lost.
_NEAR_S = 0.05
# What is further away counts little, so it only decides where the near frames show nothing.
_FAR_S = 0.5
_WEIGHT_OF_FAR = 0.1
# No twist at all counts even less, beside a bend of 90°: for limbs that are never bent.
_WEIGHT_OF_REST = 0.01


def twist_rad(shown: NDArray[np.complex128], rate_hz: float) -> Float64:
    """Return by which angles a limb is twisted in T frames that follow each other.

    Args:
        shown: (T,) the angle that a frame shows, with a length that says how well: from 0 to 1,
            such as the sine of the bend.
        rate_hz: the frames in a second.

    Returns:
        (T,) in radians. They continue each other, so they may leave (-π, π].
    """
    weighted = shown * np.abs(shown)
    near, far = (_blurred(weighted, reach_s * rate_hz) for reach_s in (_NEAR_S, _FAR_S))
    mean = near + _WEIGHT_OF_FAR * far + _WEIGHT_OF_REST
    # Where the angles before and after are opposite, the mean turns from one frame to the next.
    return _blurred(np.unwrap(np.angle(mean)), _NEAR_S * rate_hz)


def _blurred(values: NDArray[_Number], sigma: float) -> NDArray[_Number]:
    """Return means (T,) of values and those around them. The first and the last one continue.

    Args:
        values: (T,).
        sigma: the standard deviation of the normal distribution that is the weights, in frames.
    """
    reach = min(round(3 * sigma), len(values))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    padded = np.pad(values, reach, mode="edge")
    blurred: NDArray[_Number] = np.convolve(padded, weights / weights.sum(), "valid")
    return blurred
