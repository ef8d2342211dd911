"""Draws the results of a `PoseLandmarker`, with the drawing functions of `mp.solutions`.

The module re-exports the colors, `DrawingSpec` and `draw_axis`, because programs import them from
here.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from vitruvian.mediapipe.extra import opencv
from vitruvian.mediapipe.solutions import drawing_utils as messages
from vitruvian.mediapipe.solutions.drawing_utils import (
    BLACK_COLOR,
    BLUE_COLOR,
    GREEN_COLOR,
    RED_COLOR,
    WHITE_COLOR,
    DrawingSpec,
    _normalized_to_pixel_coordinates,
    _size,
    draw_axis,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vitruvian.mediapipe.tasks.containers import Detection, Landmark, NormalizedLandmark
    from vitruvian.mediapipe.tasks.result import PoseLandmarksConnections
    from vitruvian.types import Image

__all__ = [
    "BLACK_COLOR",
    "BLUE_COLOR",
    "GREEN_COLOR",
    "RED_COLOR",
    "WHITE_COLOR",
    "DrawingSpec",
    "draw_axis",
    "draw_detection",
    "draw_landmarks",
    "plot_landmarks",
]

_WHITE, _RED = DrawingSpec(), DrawingSpec(RED_COLOR)
_THICK_RED, _THICK_BLACK = DrawingSpec(RED_COLOR, 5), DrawingSpec(BLACK_COLOR, 5)


def draw_landmarks(
    image: Image,
    landmark_list: Sequence[NormalizedLandmark],
    connections: Iterable[PoseLandmarksConnections.Connection] | None = None,
    landmark_drawing_spec: DrawingSpec | Mapping[int, DrawingSpec] | None = _RED,
    connection_drawing_spec: DrawingSpec | Mapping[tuple[int, int], DrawingSpec] = _WHITE,
    is_drawing_landmarks: bool = True,
) -> None:
    """Draw one person's connections, and the landmarks on top of them.

    Landmarks that are occluded or outside the image are not drawn.

    Args:
        image: (H, W, 3) BGR, modified in place.
        landmark_list: one element of a result's `pose_landmarks`.
        connections: for example `PoseLandmarksConnections.POSE_LANDMARKS`.
        landmark_drawing_spec: the style of all landmarks, or a style for each index; None draws no
            landmarks.
        connection_drawing_spec: the style of all lines, or a style for each pair of indices.
        is_drawing_landmarks: if false, only the connections are drawn.

    Raises:
        BadImageError: `image` is not a BGR image.
        MissingLibraryError: OpenCV is not installed.
        OptionError: a connection contains the index of a landmark that is not in the list.
    """
    messages.draw_landmarks(
        image,
        _message(landmark_list),
        _pairs(connections),
        landmark_drawing_spec,
        connection_drawing_spec,
        is_drawing_landmarks,
    )


def plot_landmarks(
    landmark_list: Sequence[NormalizedLandmark] | Sequence[Landmark],
    connections: Iterable[PoseLandmarksConnections.Connection] | None = None,
    landmark_drawing_spec: DrawingSpec = _THICK_RED,
    connection_drawing_spec: DrawingSpec = _THICK_BLACK,
    elevation: float = 10,
    azimuth: float = 10,
) -> None:
    """Show one person in 3D in a matplotlib window.

    Args:
        landmark_list: one element of a result's `pose_landmarks` or `pose_world_landmarks`.
        connections: as for `draw_landmarks`. Pairs of indices, the only form that MediaPipe
            accepts here, are accepted, too.
        landmark_drawing_spec: the style of all landmarks.
        connection_drawing_spec: the style of all lines.
        elevation: the camera's elevation angle in degrees.
        azimuth: the camera's azimuth angle in degrees.

    Raises:
        MissingLibraryError: matplotlib is not installed.
        OptionError: a connection contains the index of a landmark that is not in the list.
    """
    messages.plot_landmarks(
        _message(landmark_list),
        _pairs(connections),
        landmark_drawing_spec,
        connection_drawing_spec,
        elevation,
        azimuth,
    )


def draw_detection(
    image: Image,
    detection: Detection,
    keypoint_drawing_spec: DrawingSpec = _RED,
    bbox_drawing_spec: DrawingSpec = _WHITE,
) -> None:
    """Draw a detection's bounding box and those of its keypoints that are inside the image.

    Args:
        image: (H, W, 3) BGR, modified in place.
        detection: the detection.
        keypoint_drawing_spec: the style of the keypoints.
        bbox_drawing_spec: the style of the bounding box.

    Raises:
        BadImageError: `image` is not a BGR image.
        MissingLibraryError: OpenCV is not installed.
    """
    cv2 = opencv()
    width, height = _size(image)
    spec = keypoint_drawing_spec
    for keypoint in detection.keypoints or ():
        x, y = keypoint.x or 0.0, keypoint.y or 0.0
        pixel = _normalized_to_pixel_coordinates(x, y, width, height)
        if pixel:
            cv2.circle(image, pixel, spec.circle_radius, spec.color, spec.thickness)
    box, spec = detection.bounding_box, bbox_drawing_spec
    corner = (box.origin_x + box.width, box.origin_y + box.height)
    cv2.rectangle(image, (box.origin_x, box.origin_y), corner, spec.color, spec.thickness)


@dataclass
class _LandmarkMessage:
    """A landmark with the `HasField` method of a protobuf message."""

    landmark: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.landmark, name)

    def HasField(self, name: str) -> bool:  # noqa: N802 - protobuf's name
        return getattr(self.landmark, name) is not None


def _message(landmarks: Sequence[NormalizedLandmark] | Sequence[Landmark]) -> Any:
    """Return an object with the fields of a NormalizedLandmarkList, or None for an empty list."""
    return (
        SimpleNamespace(landmark=[_LandmarkMessage(item) for item in landmarks])
        if landmarks
        else None
    )


def _pairs(connections: Iterable[Any] | None) -> list[tuple[int, int]]:
    """Return the indices at the ends of each connection."""
    lines = connections or ()
    return [item if isinstance(item, tuple) else (item.start, item.end) for item in lines]
