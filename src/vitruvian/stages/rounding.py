"""float32 arithmetic that rounds exactly where MediaPipe rounds.

The landmark model reacts to single bytes of its input: a region that is off by 0.0001 px moves the
landmarks of a difficult frame by 0.1 px, and with them the next region. Everything that leads to a
region is therefore computed to the last bit as the reference computes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float32

_ONE = np.float32(1)


def sigmoid(values: Float32) -> Float32:
    """Return 1 / (1 + exp(-x)) with each step rounded to float32.

    Args:
        values: any shape, float32.
    """
    with np.errstate(over="ignore"):  # exp overflows to infinity, and the result is correctly 0
        return _ONE / (_ONE + np.exp(-values.astype(np.float64)).astype(np.float32))


def sum_in_order(values: Float32, axis: int) -> Float32:
    """Return the sum along an axis, adding one term after the other.

    `numpy.sum` adds in pairs, which rounds differently.
    """
    total: Float32 = np.add.accumulate(values, axis=axis, dtype=np.float32).take(-1, axis=axis)
    return total
