"""One person being followed: where it will be looked for, and the filters of what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.stages.region import object_size_px, region_around
from vitruvian.stages.smoothing import PoseFilter, blend_into

if TYPE_CHECKING:
    from vitruvian.types import Float32, Landmarks, Region


class Person:
    """What is kept of a person from frame to frame.

    Args:
        smooth_landmarks: take the jitter away.
        smooth_segmentation: blend each mask with the one before.

    Attributes:
        region: where to look in the next frame; None if the person is lost.
    """

    def __init__(self, smooth_landmarks: bool, smooth_segmentation: bool) -> None:
        self.region: Region | None = None
        self._filters = PoseFilter(smooth_landmarks)
        self._smooth_segmentation = smooth_segmentation
        self._mask: Float32 | None = None

    def follow(
        self, found: Landmarks, region: Region, timestamp_s: float, image_size: tuple[int, int]
    ) -> Landmarks:
        """Smooth what was found of the person (N = 1) in a region, and see where it leads."""
        size_px = object_size_px(found.auxiliary[0], image_size)
        landmarks = self._filters(found, timestamp_s, image_size, size_px)
        self.region = region_around(landmarks.auxiliary[0], image_size)
        if landmarks.masks is not None and self._smooth_segmentation:
            (mask,) = landmarks.masks
            if self._mask is not None:
                where = region.bounds(image_size)  # elsewhere it is 0, of which it is sure
                blend_into(mask[where], self._mask[where])
            self._mask = mask
        return landmarks

    def lose(self) -> None:
        """Nobody was found. When somebody is, filters and mask take up as MediaPipe's do."""
        self.region = None
        self._filters.lose()
