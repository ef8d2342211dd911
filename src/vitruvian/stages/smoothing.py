"""Removes jitter with MediaPipe's filters and constants. Callers pass the timestamps.

The constants are those of mediapipe/modules/pose_landmark/pose_landmark_filtering.pbtxt, whose
comments describe older values. The one-euro filter is that of Casiez, Roussel and Vogel, CHI 2012.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float32, Float64, ImageSize, Landmarks

_VISIBILITY_ALPHA = 0.1
_DERIVATIVE_CUTOFF_HZ = 1.0
_INITIAL_FREQUENCY_HZ = 30.0  # until the second frame
# min_allowed_object_scale of landmarks_smoothing_calculator.proto
_MIN_DIAMETER_PX = np.float32(1e-6)


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
    """

    def __init__(self, min_cutoff_hz: float, beta: float) -> None:
        self._min_cutoff_hz = float(np.float32(min_cutoff_hz))  # as the graph's options keep it
        self._beta = beta
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
            # The reference counts whole nanoseconds.
            interval_ns = max(float(np.rint((timestamp_s - last_timestamp_s) * 1e9)), 1.0)
            frequency_hz = 1 / (interval_ns * 1e-9)
            speed = (values.astype(np.float64) - last_values) * scale * frequency_hz
        self._last = values, timestamp_s
        derivative = self._derivative(
            speed.astype(np.float32), _alpha(_DERIVATIVE_CUTOFF_HZ, frequency_hz)
        )
        cutoff_hz = self._min_cutoff_hz + self._beta * np.abs(derivative.astype(np.float64))
        return self._values(values, _alpha(cutoff_hz, frequency_hz))


def _alpha(cutoff_hz: Float64 | float, frequency_hz: float) -> Float64 | float:
    """Return the weight of new values for a cutoff frequency.

    It is computed as in mediapipe/util/filtering/one_euro_filter.cc, with its order of operations.
    """
    interval_s = 1 / frequency_hz
    time_constant_s = 1 / (2 * math.pi * cutoff_hz)
    return 1 / (1 + time_constant_s / interval_s)


class PoseFilter:
    """The filters of one person in a video.

    Args:
        smooth_landmarks: if false, only the auxiliary landmarks are smoothed.
    """

    def __init__(self, smooth_landmarks: bool) -> None:
        self._smooth_landmarks = smooth_landmarks
        self._visibility = LowPassFilter()
        self._landmarks = OneEuroFilter(min_cutoff_hz=0.05, beta=80.0)
        self._world_landmarks = OneEuroFilter(min_cutoff_hz=0.1, beta=40.0)
        # These are smoothed more strongly, so that the region does not move while the body rests.
        self._auxiliary = OneEuroFilter(min_cutoff_hz=0.01, beta=10.0)

    def lose_person(self) -> None:
        """Restart the filters of landmarks, because the person is lost.

        As in MediaPipe, the filters of visibility and world landmarks continue with the next
        person.
        """
        self._landmarks.reset()
        self._auxiliary.reset()

    def __call__(
        self,
        person: Landmarks,
        timestamp_s: float,
        image_size: ImageSize,
        body_diameter_px: np.float32,
    ) -> Landmarks:
        """Return the smoothed landmarks of one person (N = 1).

        Args:
            person: normalized coordinates.
            timestamp_s: greater than in the previous call.
            image_size: size of the image in pixels.
            body_diameter_px: of the circle around the body; speed is measured in diameters.
        """
        scale = float(np.float32(1) / max(body_diameter_px, _MIN_DIAMETER_PX))
        size_px = _size_px(image_size)

        def smoothed(one_euro: OneEuroFilter, landmarks: Float32) -> Float32:
            smoothed_px = one_euro(landmarks * size_px, timestamp_s, scale)
            return smoothed_px / size_px

        auxiliary = smoothed(self._auxiliary, person.auxiliary)
        if not self._smooth_landmarks:
            landmarks = rounded_in_pixels(person.landmarks, image_size)
            return replace(person, auxiliary=auxiliary, landmarks=landmarks)
        return replace(
            person,
            auxiliary=auxiliary,
            landmarks=smoothed(self._landmarks, person.landmarks),
            world_landmarks=self._world_landmarks(person.world_landmarks, timestamp_s),
            visibility=self._visibility(person.visibility, _VISIBILITY_ALPHA),
        )


def rounded_in_pixels(landmarks: Float32, image_size: ImageSize) -> Float32:
    """Return normalized landmarks, (..., 3), after a conversion to pixels and back.

    The reference converts them for its filters, also where it then filters nothing, and the last
    digit of one in ten changes.
    """
    size_px = _size_px(image_size)
    return landmarks * size_px / size_px


def _size_px(image_size: ImageSize) -> Float32:
    """Return the sizes by which x, y and z are normalized."""
    return np.array((image_size[0], image_size[1], image_size[0]), np.float32)
