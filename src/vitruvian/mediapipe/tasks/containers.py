"""What results are made of: the reference's small classes, all plain data."""

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
    """A landmark in space.

    Attributes:
        x: metres to the right in the picture, from the hips' midpoint.
        y: metres down.
        z: metres away from the camera.
        visibility: in [0, 1]: it is in the picture and not hidden.
        presence: in [0, 1]: it is in the picture.
        name: None.
    """


@dataclass
class NormalizedLandmark(_Point):
    """A landmark in the picture.

    Attributes:
        x: from the left edge, as part of the picture's width; outside of [0, 1] beside the picture.
        y: from the top edge, as part of its height.
        z: away from the camera, as part of its width; 0 at the hips' midpoint.
        visibility: in [0, 1]: it is in the picture and not hidden.
        presence: in [0, 1]: it is in the picture.
        name: None.
    """


@dataclass
class Category:
    """What something is, and how certainly."""

    index: int | None = None
    score: float | None = None
    display_name: str | None = None
    category_name: str | None = None


@dataclass
class Rect:
    """An upright rectangle in pixels."""

    left: int
    top: int
    bottom: int
    right: int


@dataclass
class RectF:
    """An upright rectangle in parts of the picture's width and height."""

    left: float
    top: float
    bottom: float
    right: float


@dataclass
class NormalizedRect:
    """A rectangle in parts of the picture's width and height, turned clockwise in radians."""

    x_center: float
    y_center: float
    width: float
    height: float
    rotation: float | None = 0.0
    rect_id: int | None = None


@dataclass
class BoundingBox:
    """An upright rectangle in pixels, from its top left corner."""

    origin_x: int
    origin_y: int
    width: int
    height: int


@dataclass
class NormalizedKeypoint:
    """A point in parts of the picture's width and height."""

    x: float | None = None
    y: float | None = None
    label: str | None = None
    score: float | None = None


@dataclass
class Detection:
    """Something seen: where, what, and its points."""

    bounding_box: BoundingBox
    categories: list[Category]
    keypoints: list[NormalizedKeypoint] | None = None


@dataclass
class LandmarksDetectionResult:
    """The landmarks of one body, and where they were looked for."""

    landmarks: list[NormalizedLandmark] | None
    categories: list[Category] | None
    world_landmarks: list[Landmark] | None
    rect: NormalizedRect
