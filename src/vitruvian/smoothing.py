"""Takes the jitter away, with MediaPipe's filters and constants. Time is passed in.

From mediapipe/modules/pose_landmark/pose_landmark_filtering.pbtxt, whose comments on the values
have drifted; the one-euro filter is that of Casiez, Roussel and Vogel (CHI 2012).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float32, Float64, Landmarks

_VISIBILITY_ALPHA = 0.1
_DERIVATIVE_CUTOFF_HZ = 1.0
_MIN_OBJECT_SIZE_PX = 1e-6  # min_allowed_object_scale of landmarks_smoothing_calculator.proto
_MASK_RATIO = 0.7  # pose_segmentation_filtering.pbtxt, combine_with_previous_ratio


@dataclass
class LowPassFilter:
    """Exponential smoothing: `alpha` of the new value, the rest of the old."""

    last: Float64 | None = None

    def __call__(self, values: Float64 | Float32, alpha: Float64 | float) -> Float64:
        """Values of any shape, the same in every call."""
        blended = values if self.last is None else alpha * values + (1 - alpha) * self.last
        self.last = np.asarray(blended, np.float64)
        return self.last


class OneEuroFilter:
    """Smooths what is slow much and what is fast little.

    Args:
        min_cutoff_hz: cutoff frequency of a value at rest.
        beta: how much the cutoff grows with speed.
    """

    def __init__(self, min_cutoff_hz: float, beta: float) -> None:
        self._min_cutoff_hz = min_cutoff_hz
        self._beta = beta
        self._low_pass = LowPassFilter()
        self._derivative_low_pass = LowPassFilter()
        self._last: tuple[Float32, float] | None = None

    def __call__(self, values: Float32, timestamp_s: float, scale: float = 1.0) -> Float32:
        """Smooth `values`, whose speed is measured in units of 1 / `scale`.

        `timestamp_s` must be greater than in the call before.
        """
        if self._last is None:
            derivative, interval_s = np.zeros(values.shape), math.inf
        else:
            last_values, last_timestamp_s = self._last
            interval_s = timestamp_s - last_timestamp_s
            derivative = (values.astype(np.float64) - last_values) * scale / interval_s
        self._last = values, timestamp_s
        speed = self._derivative_low_pass(derivative, _alpha(_DERIVATIVE_CUTOFF_HZ, interval_s))
        cutoff_hz = self._min_cutoff_hz + self._beta * np.abs(speed)
        return self._low_pass(values, _alpha(cutoff_hz, interval_s)).astype(np.float32)


def _alpha(cutoff_hz: Float64 | float, interval_s: float) -> Float64 | float:
    time_constant_s = 1 / (2 * math.pi * cutoff_hz)
    return 1 / (1 + time_constant_s / interval_s)


class PoseFilter:
    """The filters of one person, from the frame it was found in to the one it is lost in.

    Args:
        smooth_landmarks: if false, only the auxiliary landmarks are smoothed.
    """

    def __init__(self, smooth_landmarks: bool) -> None:
        self._smooth_landmarks = smooth_landmarks
        self._visibility = LowPassFilter()
        self._landmarks = OneEuroFilter(min_cutoff_hz=0.05, beta=80.0)
        self._world_landmarks = OneEuroFilter(min_cutoff_hz=0.1, beta=40.0)
        # Heavily, so that the region rests while the body does.
        self._auxiliary = OneEuroFilter(min_cutoff_hz=0.01, beta=10.0)

    def __call__(self, person: Landmarks, timestamp_s: float, object_size_px: float) -> Landmarks:
        """Smooth the landmarks of one person (N = 1), whose body has the given size."""
        scale = 1 / max(object_size_px, _MIN_OBJECT_SIZE_PX)
        auxiliary = self._auxiliary(person.auxiliary, timestamp_s, scale)
        if not self._smooth_landmarks:
            return replace(person, auxiliary=auxiliary)
        return replace(
            person,
            auxiliary=auxiliary,
            landmarks=self._landmarks(person.landmarks, timestamp_s, scale),
            world_landmarks=self._world_landmarks(person.world_landmarks, timestamp_s),
            visibility=self._visibility(person.visibility, _VISIBILITY_ALPHA).astype(np.float32),
        )


def blend_masks(mask: Float32, previous: Float32) -> Float32:
    """Lean on the previous mask where the new one is unsure. Both (H, W) in [0, 1].

    The polynomial is that of mediapipe/calculators/image/segmentation_smoothing_calculator.cc. It
    approximates the squared entropy, in bits, of the new mask's pixel.
    """
    x = np.square(mask - np.float32(0.5))
    certainty = x * (
        5.68842 + x * (-0.748699 + x * (-57.8051 + x * (291.309 + x * np.float32(-624.717))))
    )
    uncertainty = 1 - np.minimum(certainty, 1)
    blended: Float32 = mask + (previous - mask) * (uncertainty * np.float32(_MASK_RATIO))
    return blended
