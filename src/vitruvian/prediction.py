"""One person that a system found in one image, whatever the system is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class VideoFrame(NamedTuple):
    """A frame of a video.

    Attributes:
        video: the name of the video's file, with or without its suffix.
        number: of the frame; the first one is 0.
    """

    video: str
    number: int

    def __str__(self) -> str:
        """Return the frame as a message names it."""
        return f"frame {self.number} of {self.video}"


@dataclass(frozen=True, eq=False)
class PredictedPerson:
    """One person in one image. Points that the system does not give, or did not find, are NaN.

    Attributes:
        image: the image's id in the annotations, the name of its file, or a frame of a video.
        keypoints: (17, 2) float64 x, y of COCO's keypoints, in the order of `skeleton.COCO_17`.
        confidences: (17,) float64 of the keypoints; NaN where there is none.
        score: of the person; systems differ in its range, so it only ranks people of one system.
        is_normalized: whether `keypoints`, `landmarks` and `box` are fractions of the image's width
            and height, and not pixels. Both count from the top left corner.
        box: (4,) float64 x, y, width, height, or None.
        landmarks: (33, 2) float64 x, y, or None.
        world_landmarks: (33, 3) float64 x, y, z in metres, or None.
        track_id: the identity of the person in a video, or None.
    """

    image: int | str | VideoFrame
    keypoints: NDArray[np.float64]
    confidences: NDArray[np.float64]
    score: float
    is_normalized: bool = False
    box: NDArray[np.float64] | None = None
    landmarks: NDArray[np.float64] | None = None
    world_landmarks: NDArray[np.float64] | None = None
    track_id: int | None = None
