"""`mp.solutions.drawing_utils`: draw landmarks and detections exactly as MediaPipe draws them.

The functions accept the messages of this package and those of the real one: any object with the
same fields works. All colors are BGR. The module re-exports the colors, `DrawingSpec` and
`plot_landmarks`, because programs import them from here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.errors import OptionError
from vitruvian.mediapipe.errors import BadImageError
from vitruvian.mediapipe.extra import opencv
from vitruvian.mediapipe.framework.formats import location_data_pb2
from vitruvian.mediapipe.solutions.drawing_spec import (
    BLACK_COLOR,
    BLUE_COLOR,
    GREEN_COLOR,
    RED_COLOR,
    WHITE_COLOR,
    Color,
    DrawingSpec,
)
from vitruvian.mediapipe.solutions.landmark_plot import plot_landmarks
from vitruvian.mediapipe.solutions.landmark_selection import (
    Connection,
    drawable_connections,
    visible_landmarks,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from vitruvian.types import Image

__all__ = [
    "BLACK_COLOR",
    "BLUE_COLOR",
    "GREEN_COLOR",
    "RED_COLOR",
    "WHITE_COLOR",
    "Color",
    "Connection",
    "DrawingSpec",
    "draw_axis",
    "draw_detection",
    "draw_landmarks",
    "plot_landmarks",
]

_CORNER = (0, 0)  # where MediaPipe draws the points of a detection that lie outside the image

_WHITE, _RED = DrawingSpec(), DrawingSpec(color=RED_COLOR)


def draw_landmarks(
    image: Image,
    landmark_list: Any,
    connections: Collection[Connection] | None = None,
    landmark_drawing_spec: DrawingSpec | Mapping[int, DrawingSpec] | None = _RED,
    connection_drawing_spec: DrawingSpec | Mapping[Connection, DrawingSpec] = _WHITE,
    is_drawing_landmarks: bool = True,
) -> None:
    """Draw connections, and landmarks on top of them, into the image.

    Args:
        image: (H, W, 3) BGR, modified in place.
        landmark_list: a NormalizedLandmarkList; if it is None, nothing is drawn.
        connections: pairs of landmark indices to connect with a line.
        landmark_drawing_spec: the style of all landmarks, or a style for each index; None draws no
            landmarks.
        connection_drawing_spec: the style of all lines, or a style for each connection.
        is_drawing_landmarks: if false, only the connections are drawn.

    Raises:
        BadImageError: `image` is not a BGR image, or OpenCV cannot draw into it.
        MissingLibraryError: OpenCV is not installed.
        OptionError: a connection contains the index of a landmark that is not in the list.
    """
    if not landmark_list:
        return
    cv2 = opencv()
    width, height = _size(image)
    points = {}
    for index, landmark in visible_landmarks(landmark_list):
        point = _normalized_to_pixel_coordinates(landmark.x, landmark.y, width, height)
        if point is not None:
            points[index] = point
    with _drawing(cv2):
        for connection in drawable_connections(points, connections, landmark_list):
            start, end = connection
            spec = _spec_of(connection, connection_drawing_spec)
            cv2.line(image, points[start], points[end], spec.color, spec.thickness)
        if not is_drawing_landmarks or not landmark_drawing_spec:
            return
        for index, point in points.items():
            spec = _spec_of(index, landmark_drawing_spec)
            border_radius = max(spec.circle_radius + 1, int(spec.circle_radius * 1.2))
            cv2.circle(image, point, border_radius, WHITE_COLOR, spec.thickness)
            cv2.circle(image, point, spec.circle_radius, spec.color, spec.thickness)


def draw_detection(
    image: Image,
    detection: Any,
    keypoint_drawing_spec: DrawingSpec = _RED,
    bbox_drawing_spec: DrawingSpec = _WHITE,
) -> None:
    """Draw a detection's keypoints, and its bounding box if it has one, into the image.

    Args:
        image: (H, W, 3) BGR, modified in place.
        detection: a Detection message.
        keypoint_drawing_spec: the style of the keypoints.
        bbox_drawing_spec: the style of the bounding box.

    Raises:
        BadImageError: `image` is not a BGR image, or OpenCV cannot draw into it.
        MissingLibraryError: OpenCV is not installed.
        OptionError: the detection's location is not a relative bounding box.
    """
    cv2 = opencv()
    location = detection.location_data
    width, height = _size(image)
    if location.format != location_data_pb2.LocationData.RELATIVE_BOUNDING_BOX:
        raise OptionError(
            f"LocationData must be relative, but its format is {location.format}: give one of "
            "RELATIVE_BOUNDING_BOX."
        )

    def point_px(x: float, y: float) -> tuple[int, int]:
        return _normalized_to_pixel_coordinates(x, y, width, height) or _CORNER

    with _drawing(cv2):
        spec = keypoint_drawing_spec
        for keypoint in location.relative_keypoints:
            center = point_px(keypoint.x, keypoint.y)
            cv2.circle(image, center, spec.circle_radius, spec.color, spec.thickness)
        if location.HasField("relative_bounding_box"):
            box, spec = location.relative_bounding_box, bbox_drawing_spec
            start = point_px(box.xmin, box.ymin)
            end = point_px(box.xmin + box.width, box.ymin + box.height)
            cv2.rectangle(image, start, end, spec.color, spec.thickness)


def draw_axis(
    image: Image,
    rotation: NDArray[Any],
    translation: NDArray[Any],
    focal_length: tuple[float, float] = (1.0, 1.0),
    principal_point: tuple[float, float] = (0.0, 0.0),
    axis_length: float = 0.1,
    axis_drawing_spec: DrawingSpec = _WHITE,
) -> None:
    """Draw an object's coordinate axes into the image: x in red, y in green, z in blue.

    Args:
        image: (H, W, 3) BGR, modified in place.
        rotation: (3, 3) from object to camera coordinates; the camera looks along -z.
        translation: (3,) from object to camera coordinates.
        focal_length: in x and y, in units of half the image's width and height.
        principal_point: x and y in [-1, 1]; the center of the image is (0, 0).
        axis_length: the length of each axis, in the unit of `translation`.
        axis_drawing_spec: its thickness is used, its color is not.

    Raises:
        BadImageError: `image` is not a BGR image, or OpenCV cannot draw into it.
        MissingLibraryError: OpenCV is not installed.
    """
    cv2 = opencv()
    width, height = _size(image)
    axes = axis_length * np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)
    x, y, z = (np.matmul(rotation, axes.T).T + translation).T
    depth = z + 1e-5  # avoids a division by zero at the camera's own position
    right = np.clip(-focal_length[0] * x / depth + principal_point[0], -1, 1)
    up = np.clip(-focal_length[1] * y / depth + principal_point[1], -1, 1)
    columns = ((1 + right) * 0.5 * width).astype(np.int32).tolist()
    rows = ((1 - up) * 0.5 * height).astype(np.int32).tolist()
    origin, *tips = zip(columns, rows, strict=True)
    with _drawing(cv2):
        for tip, color in zip(tips, (RED_COLOR, GREEN_COLOR, BLUE_COLOR), strict=True):
            cv2.arrowedLine(image, origin, tip, color, axis_drawing_spec.thickness)


@contextmanager
def _drawing(cv2: Any) -> Iterator[None]:
    """Raise a BadImageError for what OpenCV raises, such as for an array that is not contiguous."""
    try:
        yield
    except cv2.error as error:
        raise BadImageError(
            "OpenCV cannot draw this: give a contiguous BGR image (H, W, 3) of uint8, and colors "
            "and sizes that OpenCV accepts."
        ) from error


def _normalized_to_pixel_coordinates(
    normalized_x: float, normalized_y: float, image_width: int, image_height: int
) -> tuple[int, int] | None:
    """Convert normalized to pixel coordinates; return None if the point is outside the image."""
    for value in (normalized_x, normalized_y):
        if not (0 <= value < 1 or math.isclose(value, 1)):
            return None
    column = min(math.floor(normalized_x * image_width), image_width - 1)
    row = min(math.floor(normalized_y * image_height), image_height - 1)
    return column, row


def _size(image: Image) -> tuple[int, int]:
    """Return width and height in pixels, after a check that the array is a BGR image."""
    if not isinstance(image, np.ndarray) or image.ndim != 3 or image.shape[2] != 3:
        raise BadImageError("Input image must contain three channel bgr data.")
    return image.shape[1], image.shape[0]


def _spec_of(key: Any, spec: DrawingSpec | Mapping[Any, DrawingSpec]) -> DrawingSpec:
    """Return the style for one landmark or connection."""
    return spec[key] if isinstance(spec, Mapping) else spec
