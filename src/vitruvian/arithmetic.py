"""float32, rounded where MediaPipe rounds.

The landmark network answers to single bytes of its input: a region that is off by 0.0001 pixel
moves the landmarks of a difficult frame by 0.1 pixel, and the next region with them. So what leads
to a region is computed to the last bit as the reference computes it.
"""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.types import Float32

_ONE = np.float32(1)


def sigmoid(values: Float32) -> Float32:
    """1 / (1 + exp(-x)), each step rounded to float32."""
    with np.errstate(over="ignore"):  # exp overflows to infinity, and the result is rightly 0
        return _ONE / (_ONE + np.exp(-values.astype(np.float64)).astype(np.float32))


def sum_in_order(values: Float32, axis: int) -> Float32:
    """The sum, one term after the other; `numpy.sum` adds in pairs."""
    total: Float32 = np.add.accumulate(values, axis=axis, dtype=np.float32).take(-1, axis=axis)
    return total


def arctan2(y: np.float32, x: np.float32) -> np.float32:
    """The angle of (x, y), in (-pi, pi]."""
    return np.float32(_arctan2(float(y), float(x)))


def cosine(angle_rad: np.float32) -> np.float32:
    """The cosine of an angle."""
    return np.float32(_cosine(float(angle_rad)))


def sine(angle_rad: np.float32) -> np.float32:
    """The sine of an angle."""
    return np.float32(_sine(float(angle_rad)))


def _from_library(name: str, otherwise: Callable[..., float], arguments: int) -> Any:
    """A function of the C library, which MediaPipe calls; libraries differ in the last digit."""
    try:
        function = getattr(ctypes.CDLL(None), name)
    except (AttributeError, OSError, TypeError):  # as on Windows
        return otherwise
    function.restype, function.argtypes = ctypes.c_float, (ctypes.c_float,) * arguments
    return function


_arctan2 = _from_library("atan2f", math.atan2, 2)
_cosine = _from_library("cosf", math.cos, 1)
_sine = _from_library("sinf", math.sin, 1)
