"""One person from frame to frame: the region of the next frame, and the filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.stages.mask_smoothing import MaskFilter
from vitruvian.stages.region import body_diameter_px, region_around
from vitruvian.stages.smoothing import PoseFilter

if TYPE_CHECKING:
    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.types import ImageSize, Landmarks, Region


class Follower:
    """Smooths the landmarks and masks of one person, and computes the region of the next frame.

    Args:
        smooth_landmarks: remove the jitter of landmarks.
        smoothing_strength: as in `PoseFilter`.
        smooth_segmentation: blend each mask with the previous one.
        reference: the version of MediaPipe whose numbers are reproduced.

    Attributes:
        region: the region of the next frame; None if the person is lost.
    """

    def __init__(
        self,
        *,
        smooth_landmarks: bool,
        smooth_segmentation: bool,
        reference: Reference,
        smoothing_strength: float = 1.0,
    ) -> None:
        self.region: Region | None = None
        self._filters = PoseFilter(smooth_landmarks, smoothing_strength)
        self._mask_filter = MaskFilter() if smooth_segmentation else None
        self._reference = reference

    def follow(
        self, found: Landmarks, region: Region, timestamp_s: float, image_size: ImageSize
    ) -> Landmarks:
        """Return the smoothed landmarks, and update `region`.

        Args:
            found: the landmarks of the person (N = 1).
            region: where they were found.
            timestamp_s: greater than in the previous call.
            image_size: size of the image in pixels, the same in every call.
        """
        diameter_px = body_diameter_px(found.auxiliary[0], image_size)
        landmarks = self._filters(found, timestamp_s, image_size, diameter_px)
        self.region = region_around(landmarks.auxiliary[0], image_size, self._reference)
        if landmarks.masks is not None and self._mask_filter is not None:
            self._mask_filter(landmarks.masks[0], region.bounds(image_size))
        return landmarks

    def lose_person(self) -> None:
        """Mark the person as lost, so that `region` is None until the next call of `follow`.

        As in MediaPipe, the filters of landmarks restart then, and the mask and the other filters
        continue.
        """
        self.region = None
        self._filters.lose_person()
