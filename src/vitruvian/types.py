"""The data that flows between the stages, and the result: frozen, made of arrays, self-checking.

N is the number of people. Coordinates are normalized: x and z are fractions of the image's width, y
of its height, from the top left corner. They lie outside of [0, 1] for points beside the image.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from vitruvian.errors import FrameError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Image: TypeAlias = NDArray[np.uint8]
Float32: TypeAlias = NDArray[np.float32]
Float64: TypeAlias = NDArray[np.float64]

MAX_SIDE_PX = 32766  # OpenCV keeps whole pixel positions as 16-bit numbers

# Half a region, and on each side more than the pixel of its crop through which a mask fades out.
_REACH = 0.5 + 1 / 128

_Bundle = TypeVar("_Bundle", bound="_Arrays")


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


def as_rgb_image(image: object) -> Image:
    """Return the array, contiguous, if it is an RGB image.

    Raises:
        FrameError: it is not. Where MediaPipe has a message for that, it is MediaPipe's.
    """
    if not isinstance(image, np.ndarray):
        raise FrameError(f"The frame is a {type(image).__name__}: give a numpy array (H, W, 3).")
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


def _float32(*shape: int | str) -> dict[str, Any]:
    """Declare the shape of a field; a letter is a size that all fields share."""
    return {"shape": shape, "dtype": np.float32}


@dataclass(frozen=True, eq=False)
class _Arrays:
    def __post_init__(self) -> None:
        sizes: dict[str, int] = {}
        for name, declaration in self._declarations().items():
            array, shape, dtype = getattr(self, name), declaration["shape"], declaration["dtype"]
            if array is None:
                continue
            if array.dtype != dtype or array.ndim != len(shape):
                raise TypeError(
                    f"{name} is {array.dtype} {array.shape}, not {dtype.__name__} {shape}."
                )
            for size, declared in zip(array.shape, shape, strict=True):
                wanted = declared if isinstance(declared, int) else sizes.setdefault(declared, size)
                if size != wanted:
                    raise ValueError(f"{name} is {array.shape}, not {shape} with {sizes}.")

    @classmethod
    @cache
    def _declarations(cls) -> dict[str, Mapping[str, Any]]:
        return {item.name: item.metadata for item in fields(cls) if item.metadata}

    def __len__(self) -> int:
        """Return the number of people."""
        return len(getattr(self, next(iter(self._declarations()))))

    def __getitem__(self, people: slice | NDArray[Any]) -> Self:
        """Return some of the people, selected as in an array."""
        arrays = {name: getattr(self, name) for name in self._declarations()}
        chosen = {name: array[people] for name, array in arrays.items() if array is not None}
        return replace(self, **chosen)

    def __repr__(self) -> str:
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        shown = (f"{k}={v.shape if isinstance(v, np.ndarray) else v!r}" for k, v in values.items())
        return f"{type(self).__name__}({', '.join(shown)})"

    @classmethod
    def empty(cls, **others: Any) -> Self:
        """Return a bundle of no people. `others` are the fields without an axis of people."""
        arrays = {
            name: np.zeros([0, *(s for s in array["shape"] if isinstance(s, int))], array["dtype"])
            for name, array in cls._declarations().items()
            if name not in others
        }
        return cls(**arrays, **others)


def joined(parts: Sequence[_Bundle]) -> _Bundle:
    """Return the people of all parts; fields without an axis of people are those of the first."""
    first = parts[0]
    if len(parts) == 1:
        return first
    arrays = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in first._declarations()
        if getattr(first, name) is not None
    }
    return replace(first, **arrays)


@dataclass(frozen=True, eq=False, repr=False)
class Detections(_Arrays):
    """The people that the detector finds, the best score first.

    Coordinates are normalized by the region in which the detector searches.

    Attributes:
        boxes: (N, 4) x_min, y_min, x_max, y_max of the face.
        keypoints: (N, 4, 2) x, y of the hips' midpoint, a point on the circle around the whole
            body, the shoulders' midpoint, a point on the upper body's circle.
        scores: (N,) in [0, 1].
    """

    boxes: Float32 = field(metadata=_float32("N", 4))
    keypoints: Float32 = field(metadata=_float32("N", 4, 2))
    scores: Float32 = field(metadata=_float32("N"))


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

    def bounds(self, image_size: ImageSize) -> tuple[slice, slice]:
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
class Landmarks(_Arrays):
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

    landmarks: Float32 = field(metadata=_float32("N", 33, 3))
    auxiliary: Float32 = field(metadata=_float32("N", 2, 3))
    world_landmarks: Float32 = field(metadata=_float32("N", 33, 3))
    visibility: Float32 = field(metadata=_float32("N", 33))
    presence: Float32 = field(metadata=_float32("N", 33))
    scores: Float32 = field(metadata=_float32("N"))
    masks: Float32 | None = field(metadata=_float32("N", "H", "W"))

    def alignment_points_px(self, image_size: ImageSize) -> Float64:
        """Return x, y of the alignment points in pixels, (N, 2, 2)."""
        points_px: Float64 = self.auxiliary[..., :2] * np.array(image_size)
        return points_px


@dataclass(frozen=True, eq=False, repr=False)
class PoseResult(_Arrays):
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

    pose_landmarks: Float32 = field(metadata=_float32("N", 33, 3))
    pose_world_landmarks: Float32 = field(metadata=_float32("N", 33, 3))
    visibility: Float32 = field(metadata=_float32("N", 33))
    presence: Float32 = field(metadata=_float32("N", 33))
    scores: Float32 = field(metadata=_float32("N"))
    ids: NDArray[np.int64] = field(metadata={"shape": ("N",), "dtype": np.int64})
    segmentation_masks: Float32 | None = field(metadata=_float32("N", "H", "W"))
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
