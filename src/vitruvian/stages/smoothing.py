"""Removes jitter with MediaPipe's filters and constants. Callers pass the timestamps.

The constants are those of mediapipe/modules/pose_landmark/pose_landmark_filtering.pbtxt, whose
comments describe older values.
"""

from __future__ import annotations

import ctypes
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from vitruvian.native import library
from vitruvian.stages.filters import LowPassFilter, OneEuroFilter

if TYPE_CHECKING:
    from vitruvian.types import Float32, ImageSize, Landmarks

_VISIBILITY_ALPHA = 0.1
# min_allowed_object_scale of landmarks_smoothing_calculator.proto
_MIN_DIAMETER_PX = np.float32(1e-6)


class PoseFilter:
    """The filters of one person in a video.

    Args:
        smooth_landmarks: if false, only the auxiliary landmarks are smoothed.
        strength: the cutoff frequencies of landmarks and world landmarks are divided by it; those
            of the auxiliary landmarks, which give the next region, never are.
    """

    def __init__(self, smooth_landmarks: bool, strength: float = 1.0) -> None:
        self._filters: _Filters = (
            _FiltersInNumpy(smooth_landmarks, strength)
            if library.core is None
            else _FiltersInC(library.core, smooth_landmarks, strength)
        )

    def lose_person(self) -> None:
        """Restart the filters of landmarks, because the person is lost.

        As in MediaPipe, the filters of visibility and world landmarks continue with the next
        person.
        """
        self._filters.lose_person()

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
        scale_per_px = float(np.float32(1) / max(body_diameter_px, _MIN_DIAMETER_PX))
        return self._filters.smooth(person, timestamp_s, image_size, scale_per_px)


def rounded_in_pixels(landmarks: Float32, image_size: ImageSize) -> Float32:
    """Return normalized landmarks, (..., 3), after a conversion to pixels and back.

    The reference converts them for its filters, also where it then filters nothing, and the last
    digit of one in ten changes.
    """
    size_px = _size_px(image_size)
    return landmarks * size_px / size_px


class _Filters(Protocol):
    """The filters of one person, and what they keep."""

    def smooth(
        self, person: Landmarks, timestamp_s: float, image_size: ImageSize, scale_per_px: float
    ) -> Landmarks: ...

    def lose_person(self) -> None: ...


class _FiltersInNumpy:
    def __init__(self, smooth_landmarks: bool, strength: float) -> None:
        self._smooth_landmarks = smooth_landmarks
        self._visibility = LowPassFilter()
        self._landmarks = OneEuroFilter(min_cutoff_hz=0.05, beta=80.0, strength=strength)
        self._world_landmarks = OneEuroFilter(min_cutoff_hz=0.1, beta=40.0, strength=strength)
        # These are smoothed more strongly, so that the region does not move while the body rests.
        self._auxiliary = OneEuroFilter(min_cutoff_hz=0.01, beta=10.0)

    def lose_person(self) -> None:
        self._landmarks.reset()
        self._auxiliary.reset()

    def smooth(
        self, person: Landmarks, timestamp_s: float, image_size: ImageSize, scale_per_px: float
    ) -> Landmarks:
        size_px = _size_px(image_size)

        def smoothed(one_euro: OneEuroFilter, landmarks: Float32) -> Float32:
            smoothed_px = one_euro(landmarks * size_px, timestamp_s, scale_per_px)
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


class _FiltersInC:
    def __init__(self, core: ctypes.CDLL, smooth_landmarks: bool, strength: float) -> None:
        self._core = core
        self._smooth_landmarks = smooth_landmarks
        self._strength = strength
        self._state = ctypes.create_string_buffer(core.filters_size())

    def lose_person(self) -> None:
        self._core.lose_person(self._state)

    def smooth(
        self, person: Landmarks, timestamp_s: float, image_size: ImageSize, scale_per_px: float
    ) -> Landmarks:
        found = (person.landmarks, person.auxiliary, person.world_landmarks, person.visibility)
        smoothed = [np.empty_like(array) for array in found]
        self._core.smooth_person(
            self._state, *map(library.address, found), timestamp_s, *image_size,
            scale_per_px, self._strength, self._smooth_landmarks, *map(library.address, smoothed),
        )  # fmt: skip
        landmarks, auxiliary, world_landmarks, visibility = smoothed
        return replace(
            person,
            landmarks=landmarks,
            auxiliary=auxiliary,
            world_landmarks=world_landmarks,
            visibility=visibility,
        )


def _size_px(image_size: ImageSize) -> Float32:
    """Return the sizes by which x, y and z are normalized."""
    return np.array((image_size[0], image_size[1], image_size[0]), np.float32)
