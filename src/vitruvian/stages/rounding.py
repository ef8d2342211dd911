"""float32 arithmetic that rounds exactly where MediaPipe rounds.

The landmark model reacts to single bytes of its input: a region that is off by 0.0001 px moves the
landmarks of a difficult frame by 0.1 px, and with them the next region. Everything that leads to a
region is therefore computed to the last bit as the reference computes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.types import Float32

Exponential: TypeAlias = "Callable[[Float32], Float32]"

_ONE = np.float32(1)

# The expf of ARM's optimized-routines (math/expf.c, EXP2F_TABLE_BITS 5), which glibc has used since
# 2.28: 2^(k / 32) from a table, times 2^(r / 32) from a polynomial, where x = ln 2 / 32 * (k + r).
_STEPS = 32
_STEPS_PER_UNIT = float.fromhex("0x1.71547652b82fep+0") * _STEPS
_TABLE = np.exp2(np.arange(_STEPS) / _STEPS)
_CUBIC = float.fromhex("0x1.c6af84b912394p-5") / _STEPS**3
_QUADRATIC = float.fromhex("0x1.ebfce50fac4f3p-3") / _STEPS**2
_LINEAR = float.fromhex("0x1.62e42ff0c52d6p-1") / _STEPS
# exp is below half of the smallest float32 under the first limit, and infinite over the second.
_EXPONENT_LIMITS = (-104.0, 89.0)


def glibc_expf(values: Float32) -> Float32:
    """Return exp(x) to the last digit as the C library's `expf` returns it.

    Two of all numbers, near 32.56 and -63.10, get the neighbouring result if the C library fuses
    multiplications and additions.

    Args:
        values: any shape, float32.
    """
    scaled = np.clip(values.astype(np.float64), *_EXPONENT_LIMITS) * _STEPS_PER_UNIT
    rounded = np.rint(scaled)
    rest = scaled - rounded
    steps = np.nan_to_num(rounded).astype(np.int32)
    power = np.ldexp(_TABLE[steps % _STEPS], steps // _STEPS)
    high, low = _CUBIC * rest + _QUADRATIC, _LINEAR * rest + 1
    with np.errstate(over="ignore"):  # the sigmoid of infinity is correctly 0
        return ((high * (rest * rest) + low) * power).astype(np.float32)


def correct_exp(values: Float32) -> Float32:
    """Return exp(x), correctly rounded.

    Args:
        values: any shape, float32.
    """
    with np.errstate(over="ignore"):
        return np.exp(values.astype(np.float64)).astype(np.float32)


def sigmoid(values: Float32, exponential: Exponential) -> Float32:
    """Return 1 / (1 + exp(-x)) with each step rounded to float32.

    Args:
        values: any shape, float32.
        exponential: exp of a float32, rounded as in a version of MediaPipe.
    """
    return _ONE / (_ONE + exponential(-values))


def sum_in_order(values: Float32, axis: int) -> Float32:
    """Return the sum along an axis, adding one term after the other.

    `numpy.sum` adds in pairs, which rounds differently.
    """
    total: Float32 = np.add.accumulate(values, axis=axis, dtype=np.float32).take(-1, axis=axis)
    return total
