"""The data classes that results consist of, with the names and fields that MediaPipe has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class _Point:
    x: float | None = None
    y: float | None = None
    z: float | None = None
    visibility: float | None = None
    presence: float | None = None
    name: str | None = None


@dataclass
class Landmark(_Point):
    """A landmark in world coordinates: metres from the hips' midpoint.

    Attributes:
        x: to the right in the image.
        y: down in the image.
        z: away from the camera.
        visibility: in [0, 1], how likely the landmark is inside the image and not occluded.
        presence: in [0, 1], how likely the landmark is inside the image.
        name: always None in results.
    """


@dataclass
class NormalizedLandmark(_Point):
    """A landmark in normalized coordinates, which are outside [0, 1] if it is outside the image.

    Attributes:
        x: from the left edge, as a fraction of the image's width.
        y: from the top edge, as a fraction of the image's height.
        z: away from the camera, as a fraction of the image's width; 0 at the hips' midpoint.
        visibility: in [0, 1], how likely the landmark is inside the image and not occluded.
        presence: in [0, 1], how likely the landmark is inside the image.
        name: always None in results.
    """


@dataclass
class Category:
    """A class label and its score."""

    index: int | None = None
    score: float | None = None
    display_name: str | None = None
    category_name: str | None = None


@dataclass
class Rect:
    """An axis-aligned rectangle in pixel coordinates."""

    left: int
    top: int
    bottom: int
    right: int


@dataclass
class RectF:
    """An axis-aligned rectangle in normalized coordinates."""

    left: float
    top: float
    bottom: float
    right: float


@dataclass
class NormalizedRect:
    """A rectangle in normalized coordinates, rotated clockwise by `rotation` radians."""

    x_center: float
    y_center: float
    width: float
    height: float
    rotation: float | None = 0.0
    rect_id: int | None = None


@dataclass
class BoundingBox:
    """An axis-aligned rectangle in pixel coordinates, given by its top left corner and its size."""

    origin_x: int
    origin_y: int
    width: int
    height: int


@dataclass
class NormalizedKeypoint:
    """A keypoint in normalized coordinates."""

    x: float | None = None
    y: float | None = None
    label: str | None = None
    score: float | None = None


@dataclass
class Detection:
    """A detected object: its bounding box, its categories and its keypoints."""

    bounding_box: BoundingBox
    categories: list[Category]
    keypoints: list[NormalizedKeypoint] | None = None


@dataclass
class LandmarksDetectionResult:
    """The landmarks of one body, and the region in which they were found."""

    landmarks: list[NormalizedLandmark] | None
    categories: list[Category] | None
    world_landmarks: list[Landmark] | None
    rect: NormalizedRect
