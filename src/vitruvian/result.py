"""The result of one frame: what users get."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.arrays import Arrays, float32
from vitruvian.types import Float32, ImageSize

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False, repr=False)
class PoseResult(Arrays):
    """The people in one frame. N is 0 if there are none. The arrays are read-only.

    Attributes:
        pose_landmarks: (N, 33, 3) x, y, z in normalized coordinates, in the order of
            `LANDMARK_NAMES`: x and z are fractions of the image's width, y of its height; z is 0 at
            the hips' midpoint and grows away from the camera. They may lie outside of [0, 1].
        pose_world_landmarks: (N, 33, 3) x, y, z in metres from the hips' midpoint, along the
            image axes.
        visibility: (N, 33) in [0, 1]: the landmark is in the image and not occluded.
        presence: (N, 33) in [0, 1]: the landmark is in the image.
        scores: (N,) in [0, 1]: the confidence of the landmark model that this is a person.
        ids: (N,) int64, from 1, ascending: the ids of the tracks. In a video an id stays with its
            person and is never given to another. After a scene cut or a flash all ids are new.
        segmentation_masks: (N, height, width) in [0, 1]: the pixel belongs to the person; None
            without segmentation.
        image_size: width and height of the frame in pixels.
        index: the frame's number, from 0.
        timestamp_s: the frame's time in seconds.
    """

    pose_landmarks: Float32 = field(metadata=float32("N", 33, 3))
    pose_world_landmarks: Float32 = field(metadata=float32("N", 33, 3))
    visibility: Float32 = field(metadata=float32("N", 33))
    presence: Float32 = field(metadata=float32("N", 33))
    scores: Float32 = field(metadata=float32("N"))
    ids: NDArray[np.int64] = field(metadata={"shape": ("N",), "dtype": np.int64})
    segmentation_masks: Float32 | None = field(metadata=float32("N", "H", "W"))
    image_size: ImageSize
    index: int
    timestamp_s: float

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "image_size", ImageSize(*self.image_size))
        for name in self._declarations():
            array = getattr(self, name)
            if array is not None:
                kept = array.view()
                kept.flags.writeable = False  # the next frame is smoothed with these values
                object.__setattr__(self, name, kept)

    @property
    def landmarks_px(self) -> Float32:
        """`pose_landmarks` in pixels of the frame, (N, 33, 3)."""
        width, height = self.image_size
        return self.pose_landmarks * np.array((width, height, width), np.float32)

    @property
    def boxes(self) -> Float32:
        """Bounding boxes of the landmarks: x_min, y_min, x_max, y_max, normalized, (N, 4)."""
        points = self.pose_landmarks[..., :2]
        return np.concatenate((points.min(axis=1), points.max(axis=1)), axis=1)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and unpickle through the constructor, which makes the arrays read-only."""
        return type(self), tuple(getattr(self, item.name) for item in fields(self))
