"""The two filters of MediaPipe, on arrays of any shape. Callers pass the timestamps.

The one-euro filter is that of Casiez, Roussel and Vogel, CHI 2012.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float32, Float64

_DERIVATIVE_CUTOFF_HZ = 1.0
_INITIAL_FREQUENCY_HZ = 30.0  # until the second frame
_MAX_INTERVAL_NS = 2.0**63  # the reference counts in whole numbers of 64 bits


class LowPassFilter:
    """Exponential smoothing, in float32."""

    def __init__(self) -> None:
        self._last: Float32 | None = None

    def __call__(self, values: Float32, alpha: Float64 | float) -> Float32:
        """Return alpha * values + (1 - alpha) * the previous result.

        The first product is rounded to float32 before the second is added in float64, as in
        mediapipe/util/filtering/low_pass_filter.cc.

        Args:
            values: float32, of any shape, the same in every call.
            alpha: the weight of the new values, in [0, 1]; a number, or of the shape of `values`.
        """
        if self._last is None:
            self._last = values
        else:
            weight = np.asarray(alpha, np.float32)
            rest = (1 - weight.astype(np.float64)) * self._last
            self._last = (weight * values + rest).astype(np.float32)
        return self._last


class OneEuroFilter:
    """Smooths slow values strongly and fast values weakly.

    Args:
        min_cutoff_hz: cutoff frequency for a value at rest.
        beta: increase of the cutoff frequency with speed.
        strength: the cutoff frequency is divided by it.
    """

    def __init__(self, min_cutoff_hz: float, beta: float, strength: float = 1.0) -> None:
        self._min_cutoff_hz = float(np.float32(min_cutoff_hz))  # as the graph's options keep it
        self._beta = beta
        self._strength = strength
        self._forget()

    def reset(self) -> None:
        """Forget all values: the next ones are returned unchanged."""
        self._forget()

    def _forget(self) -> None:
        self._values = LowPassFilter()
        self._derivative = LowPassFilter()
        self._last: tuple[Float32, float] | None = None

    def __call__(self, values: Float32, timestamp_s: float, scale: float = 1.0) -> Float32:
        """Return the smoothed values.

        Args:
            values: float32, of any shape, the same in every call.
            timestamp_s: greater than in the previous call.
            scale: the speed of the values is multiplied by it.
        """
        if self._last is None:
            speed, frequency_hz = np.zeros(values.shape), _INITIAL_FREQUENCY_HZ
        else:
            last_values, last_timestamp_s = self._last
            interval_ns = float(np.rint((timestamp_s - last_timestamp_s) * 1e9))
            interval_ns = min(max(interval_ns, 1.0), _MAX_INTERVAL_NS)
            frequency_hz = 1 / (interval_ns * 1e-9)
            speed = (values.astype(np.float64) - last_values) * scale * frequency_hz
        self._last = values, timestamp_s
        derivative = self._derivative(
            speed.astype(np.float32), _alpha(_DERIVATIVE_CUTOFF_HZ, frequency_hz)
        )
        cutoff_hz = self._min_cutoff_hz + self._beta * np.abs(derivative.astype(np.float64))
        return self._values(values, _alpha(cutoff_hz / self._strength, frequency_hz))


def _alpha(cutoff_hz: Float64 | float, frequency_hz: float) -> Float64 | float:
    """Return the weight of new values for a cutoff frequency.

    It is computed as in mediapipe/util/filtering/one_euro_filter.cc, with its order of operations.
    """
    interval_s = 1 / frequency_hz
    time_constant_s = 1 / (2 * math.pi * cutoff_hz)
    return 1 / (1 + time_constant_s / interval_s)
