"""The loop for one person or several: what is computed when, and what the next frame is told.

The stages are put together as in mediapipe/tasks/cc/vision/pose_landmarker/{pose_landmarker,
pose_landmarks_detector}_graph.cc. The legacy solution's loop is another: here the next region
follows the auxiliary landmarks as they are, unsmoothed, and of several people nobody is smoothed.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.stages.region import region_around
from vitruvian.stages.reference import TASKS_1_2_2
from vitruvian.stages.smoothing import PoseFilter
from vitruvian.types import ImageSize, Landmarks, Region

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vitruvian.types import Detections, Float32, Image

_USUAL_INTERVAL_S = 1 / 30  # `frequency` in landmarks_smoothing_calculator.proto
_HALF = np.float32(0.5)


class People:
    """Finds people in pictures; in a video first where they were a frame ago.

    Args:
        detector: picture and regions → people in each.
        landmarker: picture and regions → landmarks.
        num_poses: how many people at most.
        min_presence: the score over which there is a person in a region.
        min_tracking_overlap: the intersection over union over which two regions are of one person.
        is_video: whoever is found is followed into the next frame.
    """

    def __init__(
        self,
        detector: Callable[[Image, Sequence[Region]], list[Detections]],
        landmarker: Callable[[Image, Sequence[Region]], Landmarks],
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
        self._followed: list[Region] = []
        self._smoother = _Smoother() if is_video and num_poses == 1 else None

    def __call__(self, image: Image, timestamp_ms: int, rotation_degrees: int) -> Landmarks:
        """The people in an RGB picture (H, W, 3).

        Args:
            image: the frame.
            timestamp_ms: greater than in the call before; of no use for pictures.
            rotation_degrees: how far the picture is turned to be searched, a multiple of 90.
        """
        image_size = ImageSize.of(image)

        # Where to look: where the last frame led, and if that is not enough where the detector
        # says. In a video, of regions that overlap only the last stays.
        regions = self._followed
        if len(regions) < self._num_poses:
            (seen,) = self._detector(image, [_turned(image_size, rotation_degrees)])
            regions = regions + _regions_around(seen.keypoints, image_size)
        if self._is_video:
            regions = _apart(regions, self._min_tracking_overlap)

        # What is there. Where no person is left, nobody is followed.
        landmarks = self._look(image, regions[: self._num_poses])
        if not self._is_video:
            return landmarks
        self._followed = _regions_around(landmarks.auxiliary, image_size)
        if self._smoother:
            landmarks = self._smoother(landmarks, self._followed, timestamp_ms, image_size)
        return landmarks

    def _look(self, image: Image, regions: Sequence[Region]) -> Landmarks:
        """The landmarks in those regions in which there is a person."""
        if not regions:
            return Landmarks.empty(masks=None)
        landmarks = self._landmarker(image, regions)
        return landmarks[landmarks.scores > self._min_presence]


def _turned(image_size: ImageSize, rotation_degrees: int) -> Region:
    """The whole picture, turned clockwise.

    As ConvertToNormalizedRect in mediapipe/tasks/cc/vision/core/base_vision_task_api.h. The
    reference then takes parts of the turned picture for parts of the picture, and so do we.
    """
    width, height = np.array(image_size, np.float32)
    is_across = rotation_degrees % 180 != 0
    return Region(
        center_x=_HALF,
        center_y=_HALF,
        width=height / width if is_across else np.float32(1),
        height=width / height if is_across else np.float32(1),
        angle_rad=np.float32(-math.radians(rotation_degrees)),
    )


def _regions_around(alignments: Float32, image_size: ImageSize) -> list[Region]:
    """Where bodies are whose alignment points, (N, 2+, 2+), are given."""
    regions = [region_around(alignment[:2], image_size, TASKS_1_2_2) for alignment in alignments]
    return [region for region in regions if region is not None]


def _apart(regions: Iterable[Region], min_overlap: float) -> list[Region]:
    """The regions without those that a later one overlaps.

    As in mediapipe/calculators/util/association_calculator.h.
    """
    kept: list[Region] = []
    for region in regions:
        kept = [other for other in kept if _overlap(region, other) <= min_overlap]
        kept.append(region)
    return kept


def _overlap(region: Region, other: Region) -> float:
    """Intersection over union, as if neither were turned."""
    width = _shared(region.center_x, region.width, other.center_x, other.width)
    height = _shared(region.center_y, region.height, other.center_y, other.height)
    shared = width * height
    return float(shared / (region.width * region.height + other.width * other.height - shared))


def _shared(
    center: np.float32, size: np.float32, other_center: np.float32, other_size: np.float32
) -> np.float32:
    """The length that two intervals have in common."""
    start = max(center - size * _HALF, other_center - other_size * _HALF)
    end = min(center + size * _HALF, other_center + other_size * _HALF)
    return max(end - start, np.float32(0))


class _Smoother:
    """The filters of a single person, and their clock."""

    def __init__(self) -> None:
        self._filters = PoseFilter(smooth_landmarks=True)
        self._time_s = 0.0
        self._last_ms = 0
        self._image_size: ImageSize | None = None

    def __call__(
        self,
        person: Landmarks,
        followed: Sequence[Region],
        timestamp_ms: int,
        image_size: ImageSize,
    ) -> Landmarks:
        """Smooth the landmarks of a person, if there is one, who will be in a region followed."""
        # The reference takes a frame at zero for one without a time (one_euro_filter.cc).
        is_timed = self._last_ms and timestamp_ms
        self._time_s += (timestamp_ms - self._last_ms) / 1000 if is_timed else _USUAL_INTERVAL_S
        self._last_ms = timestamp_ms
        # Measured of version 1.2.2: landmarks also start anew where the picture's size changes.
        if not followed or image_size != self._image_size:
            self._filters.lose_person()
        self._image_size = image_size
        if not followed:
            return person
        # Speed is measured by the size of the next region, as its sides are equal in pixels.
        size_px = followed[0].width * np.float32(image_size[0])
        return self._filters(person, self._time_s, image_size, size_px)
