"""One stream of frames: clock → tracker → result. The clock and the tracker hold all its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.result import PoseResult
from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from collections.abc import Callable

    from vitruvian.tracking.clock import FrameClock
    from vitruvian.tracking.protocol import Tracker
    from vitruvian.types import Float32, Image


class Stream:
    """Finds the people in one frame after the other.

    Args:
        tracker: finds the people in a frame.
        clock: numbers the frames.
        with_masks: results have segmentation masks, also when there are no people.
        calibrate: visibility (N, 33) of the landmark model → visibility (N, 33) of results; None
            changes nothing.
    """

    def __init__(
        self,
        tracker: Tracker,
        clock: FrameClock,
        *,
        with_masks: bool,
        calibrate: Callable[[Float32], Float32] | None = None,
    ) -> None:
        self._tracker = tracker
        self._clock = clock
        self._with_masks = with_masks
        self._calibrate = calibrate

    def __call__(self, image: Image, timestamp_s: float | None = None) -> PoseResult:
        """Return the people in the next frame.

        Args:
            image: (H, W, 3) uint8 RGB.
            timestamp_s: in seconds; None is one frame after the previous one.

        Raises:
            TimestampError: the frame of a video is not later than the previous one.
        """
        timestamp_s = self._clock.advance(timestamp_s)
        people, ids = self._tracker(image, timestamp_s)
        masks = people.masks
        if masks is None and self._with_masks:
            masks = np.zeros((0, *image.shape[:2]), np.float32)
        visibility = people.visibility
        if self._calibrate is not None:
            visibility = self._calibrate(visibility)
        return PoseResult(
            pose_landmarks=people.landmarks,
            pose_world_landmarks=people.world_landmarks,
            visibility=visibility,
            presence=people.presence,
            scores=people.scores,
            ids=ids,
            segmentation_masks=masks,
            image_size=ImageSize.of(image),
            index=self._clock.index,
            timestamp_s=timestamp_s,
        )

    def reset(self) -> None:
        """Forget all people and the time: the next frame is the first of another video."""
        self._clock.reset()
        self._tracker.reset()
