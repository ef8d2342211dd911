"""The annotated truth: images, and the people in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from vitruvian.types import Float64, ImageSize

# MMPose and CrowdPose take this fraction of the bounding box as the area of a person without one.
AREA_OF_BOX = 0.53


@dataclass(frozen=True, eq=False)
class TruePerson:
    """One annotated person. Points that are not labelled are NaN.

    Attributes:
        id: of the annotation.
        keypoints_px: (17, 2) float64 x, y of COCO's keypoints, in the order of `skeleton.COCO_17`.
        labelled: (17,) bool: the keypoint has a position, whether it is occluded or not.
        box_px: (4,) float64 x, y, width, height; around the labelled keypoints if the file has
            none.
        area_px2: of the person's outline, or `AREA_OF_BOX` of the box.
        is_crowd: whether this is a group of people who are not told apart.
        head_size_px: the size of the head, or None.
        landmarks_px: (33, 2) float64 x, y, or None.
        world_landmarks: (33, 3) float64 x, y, z in metres, or None.
        track_id: the identity of the person in a video, or None.
    """

    id: int | str
    keypoints_px: Float64
    labelled: NDArray[np.bool_]
    box_px: Float64
    area_px2: float
    is_crowd: bool = False
    head_size_px: float | None = None
    landmarks_px: Float64 | None = None
    world_landmarks: Float64 | None = None
    track_id: int | None = None

    @property
    def counts(self) -> bool:
        """Whether the person counts in metrics: COCO ignores crowds and people without labels."""
        return not self.is_crowd and bool(self.labelled.any())


@dataclass(frozen=True, eq=False)
class AnnotatedImage:
    """One annotated image.

    Attributes:
        id: of the image in the file.
        file_name: of the image, with `/` between folders.
        size: width and height in pixels.
        group: the group of images that it belongs to, such as an activity.
        people: those who are annotated.
        mask: the file of the mask of all people, or None.
        video: the video of which this is a frame, or None.
        frame: the number of the frame in its video, whose first one is 0, or None.
        timestamp_s: the time of the frame in its video, or None for a still image.
    """

    id: int | str
    file_name: str
    size: ImageSize
    group: str
    people: tuple[TruePerson, ...]
    mask: str | None = None
    video: str | None = None
    frame: int | None = None
    timestamp_s: float | None = None


@dataclass(frozen=True, eq=False)
class Annotations:
    """Annotated images, in the order of the file.

    Attributes:
        name: of the file, for messages.
        folder: in which the file lies.
        images: those annotated.
        groups: the names of their groups, in the order in which the file has them first.
        notes: sentences about what was left out or is unusual.
    """

    name: str
    folder: Path
    images: tuple[AnnotatedImage, ...]
    groups: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def in_group(self, group: str) -> NDArray[np.intp]:
        """Return the numbers of the images of a group, (N,)."""
        return np.array([i for i, image in enumerate(self.images) if image.group == group])
