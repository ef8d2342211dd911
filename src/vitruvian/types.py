"""The data that flows between the stages: images, detections, regions and landmarks.

N is the number of people. Coordinates are normalized: x and z are fractions of the image's width, y
of its height, from the top left corner. They lie outside of [0, 1] for points beside the image.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import Decimal
from numbers import Real
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vitruvian.arrays import Arrays, float32
from vitruvian.errors import FrameError, TimestampError
from vitruvian.printable import shown

Image: TypeAlias = NDArray[np.uint8]
Float32: TypeAlias = NDArray[np.float32]
Float64: TypeAlias = NDArray[np.float64]
Bounds: TypeAlias = tuple[slice, slice]  # rows and columns of an image

MAX_SIDE_PX = 32766  # OpenCV keeps whole pixel positions as 16-bit numbers

# A region reaches half its side from its centre. 1/128 more, 2 px of the 256 px crop, covers the
# edge at which the mask fades to 0.
_REACH = 0.5 + 1 / 128


class ImageSize(NamedTuple):
    """Width and height of an image in pixels."""

    width: int
    height: int

    @classmethod
    def of(cls, image: NDArray[Any]) -> ImageSize:
        """Return the size of an image (H, W, ...)."""
        return cls(image.shape[1], image.shape[0])

    def __repr__(self) -> str:
        return f"({self.width}, {self.height})"


def as_rgb_image(given: object) -> Image:
    """Return an RGB image as a contiguous array.

    Args:
        given: (H, W, 3) uint8, as an array or as anything that `numpy.asarray` makes one of, such
            as an image of Pillow or a list.

    Raises:
        FrameError: it is no RGB image. Where MediaPipe has a message for that, it is MediaPipe's.
    """
    image = given if isinstance(given, np.ndarray) else as_array(given)
    if image.ndim != 3 or image.shape[2] != 3:
        raise FrameError(
            f"Input image must contain three channel rgb data. Its shape is {image.shape}."
        )
    if image.dtype != np.uint8:
        raise FrameError(f"The frame is {image.dtype}: convert it to uint8, from 0 to 255.")
    if not 0 < min(image.shape[:2]) <= max(image.shape[:2]) <= MAX_SIDE_PX:
        raise FrameError(
            f"The frame is {image.shape[1]}x{image.shape[0]} pixels: give one with sides from 1 "
            f"to {MAX_SIDE_PX}."
        )
    return np.ascontiguousarray(image)


def as_timestamp_s(given: object) -> float:
    """Return a timestamp in seconds as a float.

    Args:
        given: a finite real number of Python or numpy, also as an array of one number.

    Raises:
        TimestampError: it is none, or too large for a float.
    """
    number: Any = given.item() if isinstance(given, np.ndarray) and given.ndim == 0 else given
    try:
        is_number = isinstance(number, (Real, Decimal)) and not isinstance(number, (bool, np.bool_))
        if is_number and math.isfinite(timestamp_s := float(number)):
            return timestamp_s
    except (OverflowError, ValueError):
        pass  # an integer that no float can hold, or a signaling NaN
    raise TimestampError(f"The timestamp is {shown(given)}: give a finite number of seconds.")


def as_array(given: object) -> NDArray[Any]:
    """Return anything that `numpy.asarray` makes an array of numbers.

    Raises:
        FrameError: it makes none.
    """
    try:
        array = np.asarray(given)
    except Exception as error:  # it runs the object's own code
        raise FrameError(
            f"The frame is a {type(given).__name__} that numpy cannot read ({error}): give an "
            "array (H, W, 3)."
        ) from error
    if array.dtype.kind not in "buif":
        raise FrameError(f"The frame is a {type(given).__name__}: give an array (H, W, 3).")
    return array


@dataclass(frozen=True, eq=False, repr=False)
class Detections(Arrays):
    """The people that the detector finds, the best score first.

    Coordinates are normalized by the region in which the detector searches.

    Attributes:
        boxes: (N, 4) x_min, y_min, x_max, y_max of the face.
        keypoints: (N, 4, 2) x, y of the hips' midpoint, a point on the circle around the whole
            body, the shoulders' midpoint, a point on the upper body's circle.
        scores: (N,) in [0, 1].
    """

    boxes: Float32 = field(metadata=float32("N", 4))
    keypoints: Float32 = field(metadata=float32("N", 4, 2))
    scores: Float32 = field(metadata=float32("N"))


@dataclass(frozen=True)
class Region:
    """A rectangle of the image in which a body, rotated by -`angle_rad`, stands upright.

    Attributes:
        center_x: as a fraction of the image's width. Like the others, it is float32, because the
            last digit decides bytes of the crop.
        center_y: as a fraction of the image's height.
        width: as a fraction of the image's width.
        height: as a fraction of the image's height.
        angle_rad: clockwise, since y points down.
    """

    center_x: np.float32
    center_y: np.float32
    width: np.float32
    height: np.float32
    angle_rad: np.float32

    def bounds(self, image_size: ImageSize) -> Bounds:
        """Return the rows and columns of the image that contain the region and a small margin."""
        cosine, sine = abs(math.cos(self.angle_rad)), abs(math.sin(self.angle_rad))
        width_px, height_px = (
            float(self.width) * image_size.width,
            float(self.height) * image_size.height,
        )
        reach_x_px = (width_px * cosine + height_px * sine) * _REACH
        reach_y_px = (width_px * sine + height_px * cosine) * _REACH

        def along(center: np.float32, size_px: int, reach_px: float) -> slice:
            limits_px = (float(center) * size_px + side * (reach_px + 1) for side in (-1, 1))
            return slice(*(min(max(round(limit_px), 0), size_px) for limit_px in limits_px))

        return (
            along(self.center_y, image_size.height, reach_y_px),
            along(self.center_x, image_size.width, reach_x_px),
        )


@dataclass(frozen=True, eq=False, repr=False)
class Landmarks(Arrays):
    """The output of the landmark model for the people in N regions, in normalized coordinates.

    Attributes:
        landmarks: (N, 33, 3) x, y, z; z is 0 at the hips' midpoint and grows away from the camera.
        auxiliary: (N, 2, 3) x, y, z of the two alignment points: the hips' midpoint and a point on
            the circle around the body.
        world_landmarks: (N, 33, 3) x, y, z in metres from the hips' midpoint, along the image axes.
        visibility: (N, 33) in [0, 1]: the landmark is in the image and not occluded.
        presence: (N, 33) in [0, 1]: the landmark is in the image.
        scores: (N,) in [0, 1]: the region contains a person.
        masks: (N, H, W) in [0, 1]: the pixel belongs to the person; None without segmentation.
    """

    landmarks: Float32 = field(metadata=float32("N", 33, 3))
    auxiliary: Float32 = field(metadata=float32("N", 2, 3))
    world_landmarks: Float32 = field(metadata=float32("N", 33, 3))
    visibility: Float32 = field(metadata=float32("N", 33))
    presence: Float32 = field(metadata=float32("N", 33))
    scores: Float32 = field(metadata=float32("N"))
    masks: Float32 | None = field(metadata=float32("N", "H", "W"))

    def alignment_points_px(self, image_size: ImageSize) -> Float64:
        """Return x, y of the alignment points in pixels, (N, 2, 2)."""
        points_px: Float64 = self.auxiliary[..., :2] * np.array(image_size)
        return points_px
