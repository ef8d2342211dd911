"""`mp.solutions.drawing_utils`: landmarks and detections → pixels, the same as MediaPipe's.

Any messages will do that have the fields: ours, or those of the real package. Colors are BGR.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

import cv2
import numpy as np

from vitruvian.errors import OptionError
from vitruvian.mediapipe.errors import BadImageError, MissingLibraryError
from vitruvian.mediapipe.framework.formats import location_data_pb2

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from numpy.typing import NDArray

    from vitruvian.types import Image

Color: TypeAlias = tuple[int, int, int]
Connection: TypeAlias = tuple[int, int]

WHITE_COLOR = (224, 224, 224)
BLACK_COLOR = (0, 0, 0)
RED_COLOR = (0, 0, 255)
GREEN_COLOR = (0, 128, 0)
BLUE_COLOR = (255, 0, 0)

# A landmark that says it is less visible, or less present, than this is not drawn.
_VISIBILITY_THRESHOLD = 0.5
_PRESENCE_THRESHOLD = 0.5

_CORNER = (0, 0)  # where MediaPipe draws a detection's points that lie outside of the picture


@dataclass
class DrawingSpec:
    """How to draw.

    Attributes:
        color: BGR.
        thickness: of lines and circles, in pixels; -1 fills a circle.
        circle_radius: in pixels.
    """

    color: Color = WHITE_COLOR
    thickness: int = 2
    circle_radius: int = 2


_WHITE, _RED = DrawingSpec(), DrawingSpec(color=RED_COLOR)
_THICK_RED, _THICK_BLACK = DrawingSpec(RED_COLOR, 5), DrawingSpec(BLACK_COLOR, 5)


def draw_landmarks(
    image: Image,
    landmark_list: Any,
    connections: Collection[Connection] | None = None,
    landmark_drawing_spec: DrawingSpec | Mapping[int, DrawingSpec] | None = _RED,
    connection_drawing_spec: DrawingSpec | Mapping[Connection, DrawingSpec] = _WHITE,
    is_drawing_landmarks: bool = True,
) -> None:
    """Draw lines, then landmarks, into the picture.

    Args:
        image: (H, W, 3) BGR.
        landmark_list: a NormalizedLandmarkList; nothing is drawn if it is None.
        connections: pairs of landmarks that a line joins.
        landmark_drawing_spec: for all landmarks, or for each; None draws none.
        connection_drawing_spec: for all lines, or for each.
        is_drawing_landmarks: if false, only lines are drawn.

    Raises:
        BadImageError: the array is no BGR picture.
        OptionError: a connection names a landmark that is not in the list.
    """
    if not landmark_list:
        return
    width, height = _size(image)
    points = {}
    for index, landmark in _visible(landmark_list):
        point = _normalized_to_pixel_coordinates(landmark.x, landmark.y, width, height)
        if point is not None:
            points[index] = point
    for connection in _between(points, connections, landmark_list):
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
    """Draw a detection's keypoints and its box, if it has one, into the picture.

    Args:
        image: (H, W, 3) BGR.
        detection: a Detection.
        keypoint_drawing_spec: for the keypoints.
        bbox_drawing_spec: for the box.

    Raises:
        BadImageError: the array is no BGR picture.
        OptionError: the detection's location is not a relative bounding box.
    """
    location = detection.location_data
    width, height = _size(image)
    if location.format != location_data_pb2.LocationData.RELATIVE_BOUNDING_BOX:
        raise OptionError(
            f"LocationData must be relative, but its format is {location.format}: give one of "
            "RELATIVE_BOUNDING_BOX."
        )

    def point_px(x: float, y: float) -> tuple[int, int]:
        return _normalized_to_pixel_coordinates(x, y, width, height) or _CORNER

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
    """Draw an object's axes into the picture: x red, y green, z blue.

    Args:
        image: (H, W, 3) BGR.
        rotation: (3, 3) from the object to the camera, which looks along -z.
        translation: (3,) likewise.
        focal_length: in x and y, in halves of the picture's sides.
        principal_point: x and y, in [-1, 1] from the picture's middle.
        axis_length: in the unit of the translation.
        axis_drawing_spec: its thickness is used.

    Raises:
        BadImageError: the array is no BGR picture.
    """
    width, height = _size(image)
    axes = axis_length * np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)
    x, y, z = (np.matmul(rotation, axes.T).T + translation).T
    depth = z + 1e-5  # what is at the camera itself is not divided by zero
    right = np.clip(-focal_length[0] * x / depth + principal_point[0], -1, 1)
    up = np.clip(-focal_length[1] * y / depth + principal_point[1], -1, 1)
    columns = ((1 + right) * 0.5 * width).astype(np.int32).tolist()
    rows = ((1 - up) * 0.5 * height).astype(np.int32).tolist()
    origin, *tips = zip(columns, rows, strict=True)
    for tip, color in zip(tips, (RED_COLOR, GREEN_COLOR, BLUE_COLOR), strict=True):
        cv2.arrowedLine(image, origin, tip, color, axis_drawing_spec.thickness)


def plot_landmarks(
    landmark_list: Any,
    connections: Collection[Connection] | None = None,
    landmark_drawing_spec: DrawingSpec = _THICK_RED,
    connection_drawing_spec: DrawingSpec = _THICK_BLACK,
    elevation: float = 10,
    azimuth: float = 10,
) -> None:
    """Show landmarks in space, in a window of matplotlib.

    Args:
        landmark_list: a LandmarkList or NormalizedLandmarkList; nothing is shown if it is None.
        connections: pairs of landmarks that a line joins.
        landmark_drawing_spec: for the landmarks.
        connection_drawing_spec: for the lines.
        elevation: in degrees, from where to look.
        azimuth: likewise.

    Raises:
        MissingLibraryError: matplotlib is not installed.
        OptionError: a connection names a landmark that is not in the list.
    """
    if not landmark_list:
        return
    try:
        plt = import_module("matplotlib.pyplot")
    except ImportError as error:
        raise MissingLibraryError(
            f"plot_landmarks needs matplotlib ({error}): pip install matplotlib."
        ) from error
    plt.figure(figsize=(10, 10))
    axes = plt.axes(projection="3d")
    axes.view_init(elev=elevation, azim=azimuth)
    points = {index: (-mark.z, mark.x, -mark.y) for index, mark in _visible(landmark_list)}
    spec = landmark_drawing_spec
    for x, y, z in points.values():
        axes.scatter3D([x], [y], [z], color=_rgb(spec.color), linewidth=spec.thickness)
    spec = connection_drawing_spec
    for start, end in _between(points, connections, landmark_list):
        ends = zip(points[start], points[end], strict=True)
        axes.plot3D(*ends, color=_rgb(spec.color), linewidth=spec.thickness)
    plt.show()


def _normalized_to_pixel_coordinates(
    normalized_x: float, normalized_y: float, image_width: int, image_height: int
) -> tuple[int, int] | None:
    """The pixel at parts of the picture's sides; None if that is outside of the picture."""
    for part in (normalized_x, normalized_y):
        if not (0 <= part < 1 or math.isclose(part, 1)):
            return None
    column = min(math.floor(normalized_x * image_width), image_width - 1)
    row = min(math.floor(normalized_y * image_height), image_height - 1)
    return column, row


def _size(image: Image) -> tuple[int, int]:
    if not isinstance(image, np.ndarray) or image.ndim != 3 or image.shape[2] != 3:
        raise BadImageError("Input image must contain three channel bgr data.")
    return image.shape[1], image.shape[0]


def _visible(landmark_list: Any) -> Iterator[tuple[int, Any]]:
    """The landmarks that do not say they are hidden or away, with their indices."""
    for index, landmark in enumerate(landmark_list.landmark):
        hidden = landmark.HasField("visibility") and landmark.visibility < _VISIBILITY_THRESHOLD
        away = landmark.HasField("presence") and landmark.presence < _PRESENCE_THRESHOLD
        if not (hidden or away):
            yield index, landmark


def _between(
    points: Collection[int], connections: Iterable[Connection] | None, landmark_list: Any
) -> Iterator[Connection]:
    """The connections both of whose ends are among the points."""
    count = len(landmark_list.landmark)
    for connection in connections or ():
        start, end = connection
        if not (0 <= start < count and 0 <= end < count):
            raise OptionError(
                "Landmark index is out of range. Invalid connection from landmark "
                f"#{start} to landmark #{end}."
            )
        if start in points and end in points:
            yield connection


def _spec_of(key: Any, spec: DrawingSpec | Mapping[Any, DrawingSpec]) -> DrawingSpec:
    return spec[key] if isinstance(spec, Mapping) else spec


def _rgb(color: Color) -> tuple[float, ...]:
    """From BGR bytes to matplotlib's RGB, in [0, 1]."""
    return tuple(value / 255 for value in reversed(color))
