"""Tests of `solutions.drawing_utils`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pytest

import vitruvian
from vitruvian.mediapipe.errors import BadImageError
from vitruvian.mediapipe.framework.formats import detection_pb2, landmark_pb2, location_data_pb2
from vitruvian.mediapipe.solutions import drawing_utils
from vitruvian.mediapipe.solutions.drawing_utils import DrawingSpec

LOCATION = location_data_pb2.LocationData


def landmarks(*points: tuple[float, float], **fields: float) -> Any:
    marks = [{"x": x, "y": y, **fields} for x, y in points]
    return landmark_pb2.NormalizedLandmarkList(landmark=marks)


def black(width: int = 100, height: int = 80) -> np.ndarray:
    return np.zeros((height, width, 3), np.uint8)


def with_dots(canvas: np.ndarray, *centers: tuple[int, int]) -> np.ndarray:
    """Draw landmarks in the default style: a red ring of radius 2 on a white one of radius 3."""
    for center in centers:
        cv2.circle(canvas, center, 3, (224, 224, 224), 2)
        cv2.circle(canvas, center, 2, (0, 0, 255), 2)
    return canvas


# Landmarks


def test_connections_are_drawn_under_landmarks() -> None:
    canvas, expected = black(), black()
    drawing_utils.draw_landmarks(canvas, landmarks((0.2, 0.5), (0.75, 0.25)), [(0, 1)])
    cv2.line(expected, (20, 40), (75, 20), (224, 224, 224), 2)
    assert np.array_equal(canvas, with_dots(expected, (20, 40), (75, 20)))


@pytest.mark.parametrize(
    "canvas",
    [np.zeros((80, 100, 3), object), np.zeros((0, 4, 3), np.uint8), black()[::-1, :, ::-1]],
    ids=["of objects", "without pixels", "not contiguous"],
)
def test_an_image_that_opencv_cannot_draw_into_is_refused(canvas: np.ndarray) -> None:
    with pytest.raises(BadImageError, match="OpenCV cannot draw this: give a contiguous BGR image"):
        drawing_utils.draw_landmarks(canvas, landmarks((0.2, 0.5), (0.75, 0.25)), [(0, 1)])


def test_landmarks_on_the_edge_are_drawn_and_those_outside_the_image_are_not() -> None:
    canvas = black()
    marks = landmarks((0, 1), (1, 0), (1.01, 0.5), (0.5, -0.01), (float("nan"), 0.5))
    drawing_utils.draw_landmarks(canvas, marks, [(0, 2), (2, 3), (3, 4)])
    assert np.array_equal(canvas, with_dots(black(), (0, 79), (99, 0)))


@pytest.mark.parametrize("field", ["visibility", "presence"])
def test_landmarks_with_low_visibility_or_presence_are_not_drawn(field: str) -> None:
    canvas = black()
    drawing_utils.draw_landmarks(canvas, landmarks((0.5, 0.5), **{field: 0.49}))
    assert not canvas.any()
    drawing_utils.draw_landmarks(canvas, landmarks((0.5, 0.5), **{field: 0.5}))
    assert np.array_equal(canvas, with_dots(black(), (50, 40)))


def test_every_landmark_and_connection_can_have_its_own_style() -> None:
    canvas, expected = black(), black()
    drawing_utils.draw_landmarks(
        canvas,
        landmarks((0.2, 0.5), (0.75, 0.25)),
        frozenset([(0, 1)]),
        {0: DrawingSpec((1, 2, 3), -1, 20), 1: DrawingSpec((4, 5, 6), 1, 1)},
        {(0, 1): DrawingSpec((7, 8, 9), 5)},
    )
    cv2.line(expected, (20, 40), (75, 20), (7, 8, 9), 5)
    cv2.circle(expected, (20, 40), 24, (224, 224, 224), -1)  # 1.2 times the radius
    cv2.circle(expected, (20, 40), 20, (1, 2, 3), -1)
    cv2.circle(expected, (75, 20), 2, (224, 224, 224), 1)
    cv2.circle(expected, (75, 20), 1, (4, 5, 6), 1)
    assert np.array_equal(canvas, expected)


def test_connections_can_be_drawn_without_landmarks() -> None:
    expected = black()
    cv2.line(expected, (20, 40), (75, 20), (224, 224, 224), 2)
    marks = landmarks((0.2, 0.5), (0.75, 0.25))
    for options in ({"landmark_drawing_spec": None}, {"is_drawing_landmarks": False}):
        canvas = black()
        drawing_utils.draw_landmarks(canvas, marks, [(0, 1)], **options)
        assert np.array_equal(canvas, expected)


def test_nothing_is_drawn_without_a_person() -> None:
    canvas = black()
    drawing_utils.draw_landmarks(canvas, None, [(0, 1)])
    drawing_utils.plot_landmarks(None)
    assert not canvas.any()


def test_messages_of_other_packages_are_accepted() -> None:
    @dataclass
    class Mark:
        x: float
        y: float
        visibility: float

        def HasField(self, name: str) -> bool:  # noqa: N802 - protobuf's name
            return name == "visibility"

    @dataclass
    class Marks:
        landmark: list[Mark]

    canvas = black()
    drawing_utils.draw_landmarks(canvas, Marks([Mark(0.5, 0.5, 1), Mark(0.2, 0.2, 0)]))
    assert np.array_equal(canvas, with_dots(black(), (50, 40)))


@pytest.mark.parametrize("connection", [(0, 2), (-1, 0)])
def test_a_connection_to_a_missing_landmark_raises_an_error(connection: tuple[int, int]) -> None:
    with pytest.raises(
        vitruvian.OptionError, match=r"^Landmark index is out of range\. "
    ) as raised:
        drawing_utils.draw_landmarks(black(), landmarks((0, 0), (1, 1)), [connection])
    assert f"from landmark #{connection[0]} to landmark #{connection[1]}." in str(raised.value)


@pytest.mark.parametrize("connections", [1.0, "nose", [5], [(0, 1, 1)], np.zeros((2, 2, 2))])
def test_what_is_no_pair_of_landmarks_is_refused(connections: Any) -> None:
    with pytest.raises(vitruvian.OptionError, match=r"give pairs of landmark indices, or None\.$"):
        drawing_utils.draw_landmarks(black(), landmarks((0, 0), (1, 1)), connections)


@pytest.mark.parametrize(
    ("image", "builtin_type"),
    [
        (None, AttributeError),
        (np.zeros((9, 9), np.uint8), IndexError),
        (np.zeros((9, 9, 4), np.uint8), ValueError),
        (np.zeros((9, 9, 3, 3), np.uint8), ValueError),
    ],
)
def test_an_invalid_image_raises_an_error(image: Any, builtin_type: type[Exception]) -> None:
    for draw in (
        lambda: drawing_utils.draw_landmarks(image, landmarks((0, 0))),
        lambda: drawing_utils.draw_detection(image, detection_pb2.Detection()),
        lambda: drawing_utils.draw_axis(image, np.eye(3), np.ones(3)),
    ):
        with pytest.raises(
            vitruvian.FrameError, match=r"^Input image must contain three channel bgr data\.$"
        ) as raised:
            draw()
        assert isinstance(raised.value, builtin_type)


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (0, 0, (0, 0)),
        (1, 1, (99, 79)),
        (0.5, 0.999, (50, 79)),
        (1 + 1e-10, 0.5, (99, 40)),
        (1 + 1e-8, 0.5, None),
        (-1e-10, 0.5, None),
        (0.5, float("nan"), None),
    ],
)
def test_normalized_coordinates_are_converted_to_pixel_coordinates(
    x: float, y: float, expected: tuple[int, int] | None
) -> None:
    assert drawing_utils._normalized_to_pixel_coordinates(x, y, 100, 80) == expected


# Detections


def test_a_detection_is_drawn_as_keypoints_and_a_bounding_box() -> None:
    box = LOCATION.RelativeBoundingBox(xmin=0.25, ymin=0.25, width=0.5, height=0.5)
    keypoints = [LOCATION.RelativeKeypoint(x=0.5, y=0.5)]
    location = LOCATION(
        format="RELATIVE_BOUNDING_BOX", relative_bounding_box=box, relative_keypoints=keypoints
    )
    canvas, expected = black(), black()
    drawing_utils.draw_detection(canvas, detection_pb2.Detection(location_data=location))
    cv2.circle(expected, (50, 40), 2, (0, 0, 255), 2)
    cv2.rectangle(expected, (25, 20), (75, 60), (224, 224, 224), 2)
    assert np.array_equal(canvas, expected)


def test_keypoints_of_a_detection_outside_the_image_are_drawn_in_its_corner() -> None:
    location = LOCATION(format=2, relative_keypoints=[LOCATION.RelativeKeypoint(x=1.5, y=0.5)])
    canvas, expected = black(), black()
    drawing_utils.draw_detection(canvas, detection_pb2.Detection(location_data=location))
    cv2.circle(expected, (0, 0), 2, (0, 0, 255), 2)
    assert np.array_equal(canvas, expected)


def test_a_detection_in_pixel_coordinates_raises_an_error() -> None:
    detection = detection_pb2.Detection(location_data=LOCATION(format=LOCATION.BOUNDING_BOX))
    with pytest.raises(vitruvian.OptionError, match=r"^LocationData must be relative"):
        drawing_utils.draw_detection(black(), detection)


# Axes


def test_axes_are_red_green_and_blue() -> None:
    canvas, expected = black(100, 100), black(100, 100)
    half = np.sqrt(0.5)
    leaning = np.array([[1, 0, 0], [0, half, -half], [0, half, half]])
    drawing_utils.draw_axis(canvas, leaning, np.array([0, 0, -0.2]))
    for tip, color in (((75, 50), (0, 0, 255)), ((50, 22), (0, 128, 0)), ((50, 77), (255, 0, 0))):
        cv2.arrowedLine(expected, (50, 50), tip, color, 2)
    assert np.array_equal(canvas, expected)


def test_axes_are_projected_by_the_camera() -> None:
    canvas, expected = black(200, 100), black(200, 100)
    drawing_utils.draw_axis(
        canvas,
        np.eye(3),
        np.array([0, 0, -1.0]),
        (2, 1),
        (0.25, -0.5),
        0.25,
        DrawingSpec(thickness=1),
    )
    for tip, color in (
        ((175, 75), (0, 0, 255)),
        ((125, 62), (0, 128, 0)),
        ((125, 75), (255, 0, 0)),
    ):
        cv2.arrowedLine(expected, (125, 75), tip, color, 1)
    assert np.array_equal(canvas, expected)
