"""float32, rounded where MediaPipe rounds.

The landmark network answers to single bytes of its input: a region that is off by 0.0001 pixel
moves the landmarks of a difficult frame by 0.1 pixel, and the next region with them. So what leads
to a region is computed to the last bit as the reference computes it. There are two references, and
`Build` says where they differ.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Build:
    """How a build of MediaPipe computes, where builds differ. Measured.

    Attributes:
        arctan2: of y and x, in (-pi, pi], as the build's C library rounds it.
        cosine: likewise.
        sine: likewise.
        fuses_input: the detector's input is scaled and shifted with one rounding, not with two.
        mirrors_corners: two corners of a region are the other two, mirrored, not computed.
        pads_regions: a region that is no square is cut with its surroundings, not stretched.
    """

    arctan2: Callable[[float, float], float]
    cosine: Callable[[float], float]
    sine: Callable[[float], float]
    fuses_input: bool
    mirrors_corners: bool
    pads_regions: bool


def _from_library(name: str, otherwise: Callable[..., float], arguments: int) -> Any:
    """A function of the C library, which MediaPipe calls; libraries differ in the last digit."""
    try:
        function = getattr(ctypes.CDLL(None), name)
    except (AttributeError, OSError, TypeError):  # as on Windows
        return otherwise
    function.restype, function.argtypes = ctypes.c_float, (ctypes.c_float,) * arguments
    return function


# mp.solutions.pose 0.10.21: OpenCV 4, and the system's C library.
SOLUTIONS_0_10_21 = Build(
    arctan2=_from_library("atan2f", math.atan2, 2),
    cosine=_from_library("cosf", math.cos, 1),
    sine=_from_library("sinf", math.sin, 1),
    fuses_input=True,
    mirrors_corners=True,
    pads_regions=True,
)
# The Tasks API 1.2.2: OpenCV 5, and a C library of its own, which rounds correctly.
TASKS_1_2_2 = Build(
    arctan2=math.atan2,
    cosine=math.cos,
    sine=math.sin,
    fuses_input=False,
    mirrors_corners=False,
    pads_regions=False,
)
