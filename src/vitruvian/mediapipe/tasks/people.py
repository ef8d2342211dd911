"""The loop of the Tasks API: the order of the stages, and the regions passed to the next frame.

The stages are connected as in mediapipe/tasks/cc/vision/pose_landmarker/{pose_landmarker,
pose_landmarks_detector}_graph.cc. The loop differs from the legacy solution's: the next region is
computed from unsmoothed auxiliary landmarks, and landmarks are smoothed only if `num_poses` is 1.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.arrays import joined
from vitruvian.stages.mediapipe_versions import TASKS_1_2_2
from vitruvian.stages.region import region_around
from vitruvian.stages.smoothing import PoseFilter
from vitruvian.types import ImageSize, Landmarks, Region

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vitruvian.types import Detections, Float32, Image

_DEFAULT_INTERVAL_S = 1 / 30  # `frequency` in landmarks_smoothing_calculator.proto
_HALF = np.float32(0.5)


class People:
    """Finds people in images, and tracks them in a video.

    Args:
        detector: takes an image and regions, and returns the people in each region.
        landmarker: takes an image and regions, and returns the landmarks in each region.
        num_poses: the maximum number of people.
        min_presence: the score above which there is a person in a region.
        min_tracking_overlap: the intersection over union above which two regions belong to the same
            person.
        is_video: whether the people of a frame are tracked into the next one.
    """

    def __init__(
        self,
        detector: Callable[[Image, Sequence[Region]], list[Detections]],
        landmarker: Callable[[Image, Sequence[Region]], list[Landmarks]],
        *,
        num_poses: int,
        min_presence: float,
        min_tracking_overlap: float,
        is_video: bool,
    ) -> None:
        self._detector = detector
        self._landmarker = landmarker
        self._num_poses = num_poses
        self._min_presence = min_presence
        self._min_tracking_overlap = min_tracking_overlap
        self._is_video = is_video
        self._tracked: list[Region] = []
        self._smoother = _Smoother() if is_video and num_poses == 1 else None

    def __call__(self, image: Image, timestamp_ms: int, rotation_degrees: int) -> Landmarks:
        """Return the landmarks of the people in a frame.

        Args:
            image: (H, W, 3) uint8 RGB.
            timestamp_ms: greater than in the previous call; ignored if `is_video` is false.
            rotation_degrees: how far the image is rotated clockwise before detection.
        """
        image_size = ImageSize.of(image)

        # The regions come from the previous frame and, if those are too few, from the detector.
        # In a video, only the last one of several overlapping regions is kept.
        regions = self._tracked
        if len(regions) < self._num_poses:
            (detections,) = self._detector(image, [_rotated_image(image_size, rotation_degrees)])
            regions = regions + _regions_around(detections.keypoints, image_size)
        if self._is_video:
            regions = _without_overlaps(regions, self._min_tracking_overlap)

        # Compute the landmarks. A region without a person is no longer tracked.
        landmarks = self._look(image, regions[: self._num_poses])
        if not self._is_video:
            return landmarks
        self._tracked = _regions_around(landmarks.auxiliary, image_size)
        if self._smoother:
            landmarks = self._smoother(landmarks, self._tracked, timestamp_ms, image_size)
        return landmarks

    def _look(self, image: Image, regions: Sequence[Region]) -> Landmarks:
        """Return the landmarks in those regions that contain a person."""
        if not regions:
            return Landmarks.empty(masks=None)
        landmarks = joined(self._landmarker(image, regions))
        return landmarks[landmarks.scores > self._min_presence]


def _rotated_image(image_size: ImageSize, rotation_degrees: int) -> Region:
    """Return the region of the whole image, rotated clockwise.

    As ConvertToNormalizedRect in mediapipe/tasks/cc/vision/core/base_vision_task_api.h. MediaPipe
    then uses normalized coordinates of the rotated image as normalized coordinates of the image,
    and so does this package.
    """
    width, height = np.array(image_size, np.float32)
    swaps_sides = rotation_degrees % 180 != 0
    return Region(
        center_x=_HALF,
        center_y=_HALF,
        width=height / width if swaps_sides else np.float32(1),
        height=width / height if swaps_sides else np.float32(1),
        angle_rad=np.float32(-math.radians(rotation_degrees)),
    )


def _regions_around(alignments: Float32, image_size: ImageSize) -> list[Region]:
    """Return the regions around the bodies with these alignment points, (N, 2+, 2+)."""
    regions = [region_around(alignment[:2], image_size, TASKS_1_2_2) for alignment in alignments]
    return [region for region in regions if region is not None]


def _without_overlaps(regions: Iterable[Region], min_overlap: float) -> list[Region]:
    """Drop each region that a later one overlaps by more than `min_overlap`.

    As in mediapipe/calculators/util/association_calculator.h.
    """
    kept: list[Region] = []
    for region in regions:
        kept = [other for other in kept if _intersection_over_union(region, other) <= min_overlap]
        kept.append(region)
    return kept


def _intersection_over_union(region: Region, other: Region) -> float:
    """Return the intersection over union, ignoring the rotation of the regions."""
    width = _overlap_length(region.center_x, region.width, other.center_x, other.width)
    height = _overlap_length(region.center_y, region.height, other.center_y, other.height)
    intersection = width * height
    union = region.width * region.height + other.width * other.height - intersection
    return float(intersection / union)


def _overlap_length(
    center: np.float32, size: np.float32, other_center: np.float32, other_size: np.float32
) -> np.float32:
    """Return the length of the intersection of two intervals."""
    start = max(center - size * _HALF, other_center - other_size * _HALF)
    end = min(center + size * _HALF, other_center + other_size * _HALF)
    return max(end - start, np.float32(0))


class _Smoother:
    """The smoothing filters of a single person, and their clock."""

    def __init__(self) -> None:
        self._filters = PoseFilter(smooth_landmarks=True)
        self._time_s = 0.0
        self._last_ms = 0
        self._image_size: ImageSize | None = None

    def __call__(
        self,
        person: Landmarks,
        tracked: Sequence[Region],
        timestamp_ms: int,
        image_size: ImageSize,
    ) -> Landmarks:
        """Smooth the landmarks of a frame's person.

        Args:
            person: the landmarks of one person, or of none.
            tracked: the person's region in the next frame; empty if there is none.
            timestamp_ms: the frame's timestamp.
            image_size: width and height in pixels.
        """
        # MediaPipe treats timestamp zero as a missing timestamp (one_euro_filter.cc).
        is_timed = self._last_ms and timestamp_ms
        self._time_s += (timestamp_ms - self._last_ms) / 1000 if is_timed else _DEFAULT_INTERVAL_S
        self._last_ms = timestamp_ms
        # Measured on version 1.2.2: smoothing also restarts when the size of the image changes.
        if not tracked or image_size != self._image_size:
            self._filters.lose_person()
        self._image_size = image_size
        if not tracked:
            return person
        # Speeds are relative to the size of the next region, whose sides are equal in pixels.
        size_px = tracked[0].width * np.float32(image_size[0])
        return self._filters(person, self._time_s, image_size, size_px)
