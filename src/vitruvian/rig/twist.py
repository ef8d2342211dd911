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

# Frames that are about this far apart count for each other. With half of it, a hand turns by 38°
# between two frames of the sample, and not by 22° (`benchmarks/rig.py`). With more, fast turns of
# the hands are lost.
_SIGMA_S = 0.1
# How much no twist at all counts beside a bend of 90°. So a limb that is never bent is not twisted.
_WEIGHT_OF_REST = 0.02


def twist_rad(shown: NDArray[np.complex128], rate_hz: float) -> Float64:
    """Return by which angles a limb is twisted in T frames that follow each other.

    Args:
        shown: (T,) the angle that a frame shows, with a length that says how well: from 0 to 1,
            such as the sine of the bend.
        rate_hz: the frames in a second.

    Returns:
        (T,) in radians. They continue each other, so they may leave (-π, π].
    """
    mean = _blurred(shown * np.abs(shown), rate_hz) + _WEIGHT_OF_REST
    # Where the angles before and after are opposite, the mean turns from one frame to the next.
    return _blurred(np.unwrap(np.angle(mean)), rate_hz)


def _blurred(values: NDArray[_Number], rate_hz: float) -> NDArray[_Number]:
    """Return means (T,) of values and those around them. The first and the last one continue."""
    reach = min(round(3 * _SIGMA_S * rate_hz), len(values))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (_SIGMA_S * rate_hz)) ** 2)
    padded = np.pad(values, reach, mode="edge")
    blurred: NDArray[_Number] = np.convolve(padded, weights / weights.sum(), "valid")
    return blurred
