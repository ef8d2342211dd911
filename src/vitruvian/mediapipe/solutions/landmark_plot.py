"""A 3D plot of landmarks, shown in a matplotlib window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vitruvian.mediapipe.extra import pyplot
from vitruvian.mediapipe.solutions.drawing_spec import BLACK_COLOR, RED_COLOR, DrawingSpec
from vitruvian.mediapipe.solutions.landmark_selection import (
    drawable_connections,
    visible_landmarks,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from vitruvian.mediapipe.solutions.drawing_spec import Color
    from vitruvian.mediapipe.solutions.landmark_selection import Connection

_THICK_RED = DrawingSpec(RED_COLOR, 5)
_THICK_BLACK = DrawingSpec(BLACK_COLOR, 5)


def plot_landmarks(
    landmark_list: Any,
    connections: Collection[Connection] | None = None,
    landmark_drawing_spec: DrawingSpec = _THICK_RED,
    connection_drawing_spec: DrawingSpec = _THICK_BLACK,
    elevation: float = 10,
    azimuth: float = 10,
) -> None:
    """Show landmarks in 3D in a matplotlib window.

    Args:
        landmark_list: a LandmarkList or NormalizedLandmarkList; if it is None, no window opens.
        connections: pairs of landmark indices to connect with a line.
        landmark_drawing_spec: the style of all landmarks.
        connection_drawing_spec: the style of all lines.
        elevation: the camera's elevation angle in degrees.
        azimuth: the camera's azimuth angle in degrees.

    Raises:
        MissingLibraryError: matplotlib is not installed.
        OptionError: a connection contains the index of a landmark that is not in the list.
    """
    if not landmark_list:
        return
    plt = pyplot()
    plt.figure(figsize=(10, 10))
    axes = plt.axes(projection="3d")
    axes.view_init(elev=elevation, azim=azimuth)
    points = {
        index: (-landmark.z, landmark.x, -landmark.y)
        for index, landmark in visible_landmarks(landmark_list)
    }
    spec = landmark_drawing_spec
    for x, y, z in points.values():
        axes.scatter3D([x], [y], [z], color=_rgb(spec.color), linewidth=spec.thickness)
    spec = connection_drawing_spec
    for start, end in drawable_connections(points, connections, landmark_list):
        ends = zip(points[start], points[end], strict=True)
        axes.plot3D(*ends, color=_rgb(spec.color), linewidth=spec.thickness)
    plt.show()


def _rgb(color: Color) -> tuple[float, ...]:
    """Convert a BGR color from 0 to 255 to matplotlib's RGB in [0, 1]."""
    return tuple(value / 255 for value in reversed(color))
