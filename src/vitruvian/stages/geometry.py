"""Pictures → crops, and back. A matrix `b_from_a` takes points of space a to space b.

Regions, and the points in them, are parts of a picture or of a crop; only matrices and pictures
have pixels. A pixel lies at its whole numbers, not half a pixel further, as in MediaPipe.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import cv2
import numpy as np

from vitruvian.stages.rounding import SOLUTIONS_0_10_21
from vitruvian.types import Region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.stages.rounding import Build
    from vitruvian.types import Float32, Float64, Image

Border: TypeAlias = Literal["zero", "replicate"]
Size: TypeAlias = tuple[int, int]  # width and height in pixels

WHOLE_IMAGE = Region(*map(np.float32, (0.5, 0.5, 1, 1, 0)))

_BORDERS = {"zero": cv2.BORDER_CONSTANT, "replicate": cv2.BORDER_REPLICATE}
_SUBPIXELS = 32  # OpenCV interpolates at positions rounded to 1/32 pixel
_SUBPIXEL = np.float32(1 / _SUBPIXELS)
_BLOCK_PX = 64  # and adds up those of a row in blocks
_STRIPS = 4  # each so small that intermediate results stay in the processor's cache
_HALF, _ONE, _TWO = np.float32(0.5), np.float32(1), np.float32(2)


class _Square(NamedTuple):
    """The smallest upright square around a region, and which parts of it lie left and above it."""

    center_x_px: np.float32
    center_y_px: np.float32
    side_px: np.float32
    padding: Float32


def _square(region: Region, image_size: Size) -> _Square:
    """As mediapipe/calculators/tensor/image_to_tensor_utils.cc, GetRoi and PadRoi."""
    picture_width, picture_height = np.array(image_size, np.float32)
    width_px, height_px = region.width * picture_width, region.height * picture_height
    aspect = height_px / width_px
    if aspect < 1:
        side_px, padding = width_px, (0, (_ONE - aspect) / _TWO)
    else:
        side_px, padding = height_px, ((_ONE - _ONE / aspect) / _TWO, 0)
    return _Square(
        region.center_x * picture_width,
        region.center_y * picture_height,
        side_px,
        np.array(padding, np.float32),
    )


def image_from_crop(
    region: Region,
    image_size: Size,
    crop_size_px: int,
    build: Build = SOLUTIONS_0_10_21,
    *,
    pads: bool = True,
) -> Float64:
    """The (3, 3) matrix that takes a pixel of the region's square crop to the picture.

    It is found as in mediapipe/calculators/tensor/image_to_tensor_converter_opencv.cc: from four
    float32 corners, by the same two functions of OpenCV.

    Args:
        region: where to look.
        image_size: of the picture.
        crop_size_px: side of the crop.
        build: how corners are rounded.
        pads: if false, the region is stretched to the crop.
    """
    x, y, side, _ = _square(region, image_size)
    width, height = side, side
    if not pads:
        width, height = np.array((region.width, region.height)) * np.array(image_size, np.float32)
    angle_deg = np.float32(float(region.angle_rad * np.float32(180)) / math.pi)
    angle_rad = float(angle_deg) * math.pi / 180
    cosine, sine = np.float32(math.cos(angle_rad)) * _HALF, np.float32(math.sin(angle_rad)) * _HALF
    bottom_left = (x - sine * height - cosine * width, y + cosine * height - sine * width)
    top_left = (x + sine * height - cosine * width, y - cosine * height - sine * width)
    top_right = (x + sine * height + cosine * width, y - cosine * height + sine * width)
    bottom_right = (x - sine * height + cosine * width, y + cosine * height + sine * width)
    if build.mirrors_corners:
        top_right = (_TWO * x - bottom_left[0], _TWO * y - bottom_left[1])
        bottom_right = (_TWO * x - top_left[0], _TWO * y - top_left[1])
    in_image = np.array((bottom_left, top_left, top_right, bottom_right), np.float32)
    in_crop = np.array(((0, 1), (0, 0), (1, 0), (1, 1)), np.float32) * np.float32(crop_size_px)
    crop_from_image = cv2.getPerspectiveTransform(in_image, in_crop)
    return cv2.invert(crop_from_image)[1]  # type: ignore[return-value]


class Cropper:
    """Cuts squares out of pictures.

    It works in memory of its own, as asking for memory takes longer than computing: what it gives
    is overwritten by the next call.

    Args:
        size_px: side of the squares, a multiple of 4.
        border: what lies around a picture: zeros, or its outermost pixels.
    """

    def __init__(self, size_px: int, border: Border) -> None:
        self._size_px = size_px
        self._border = _BORDERS[border]
        rows = size_px // _STRIPS
        self._rows = np.arange(size_px, dtype=np.float64).reshape(_STRIPS, rows, 1)
        self._blocks = np.arange(0, size_px, _BLOCK_PX, dtype=np.float64)
        self._steps = np.arange(_BLOCK_PX, dtype=np.float64)
        # x, y and w. Of each, a sum of what a row and a block start with and what a step adds. A
        # product with ones is the fastest way to add them, and rounds no more than a sum.
        starts = rows * len(self._blocks)
        self._starts, self._added = np.ones((3, _STRIPS, starts, 2)), np.ones((3, 2, _BLOCK_PX))
        self._sums = np.empty((3, starts, _BLOCK_PX))
        self._positions = np.empty((2, rows, size_px), np.float32)
        self._make_room(1)

    def __call__(self, image: Image, images_from_crops: Sequence[Float64]) -> Image:
        """Cut squares, (N, size_px, size_px, 3), out of a picture (H, W, 3).

        The bytes are those of OpenCV 4's warpPerspective, which MediaPipe calls. Later versions of
        that function round otherwise; `remap` with fixed-point positions has stayed the same. All
        are cut by one call, one below the other, as it shares only large ones among the cores:
        there must be one or more, and no more rows in all than `types.MAX_SIDE_PX`.
        """
        count = len(images_from_crops)
        if len(self._crops) < count:
            self._make_room(count)
        for index, image_from_crop in enumerate(images_from_crops):
            self._place(image_from_crop, self._whole[index], self._parts[index])
        crops = self._crops[:count]
        cv2.remap(
            image,
            self._whole[:count].reshape(-1, self._size_px, 2),
            self._parts[:count].reshape(-1, self._size_px),
            cv2.INTER_LINEAR,
            crops.reshape(-1, self._size_px, 3),
            borderMode=self._border,
            borderValue=0,
        )
        return crops

    def _make_room(self, count: int) -> None:
        """For as many crops, and where their pixels come from."""
        self._crops = np.empty((count, self._size_px, self._size_px, 3), np.uint8)
        in_strips = (count, _STRIPS, self._size_px // _STRIPS, self._size_px)
        self._whole = np.empty((*in_strips, 2), np.int16)
        self._parts = np.empty(in_strips, np.uint16)

    def _place(
        self, image_from_crop: Float64, whole: NDArray[np.int16], parts: NDArray[np.uint16]
    ) -> None:
        """Find where in the picture each pixel comes from: whole pixels and parts, in strips."""
        per_column, per_row, offset = image_from_crop.T[..., np.newaxis, np.newaxis, np.newaxis]
        starts = per_column * self._blocks + per_row * self._rows + offset
        self._starts[..., 0] = starts.reshape(self._starts.shape[:3])
        np.multiply(per_column[:, 0, 0], self._steps, out=self._added[:, 1])
        xy, w = np.split(self._sums, (2,))
        in_rows = xy.reshape(2, len(self._rows[0]), -1)[..., : self._size_px]
        x, y = self._positions
        for strip in range(_STRIPS):
            np.matmul(self._starts[:, strip], self._added, out=self._sums)
            np.divide(_SUBPIXELS, w, out=w)
            np.rint(np.multiply(xy, w, out=xy), out=xy)
            np.copyto(self._positions, in_rows, casting="same_kind")
            np.multiply(self._positions, _SUBPIXEL, out=self._positions)
            cv2.convertMaps(x, y, cv2.CV_16SC2, whole[strip], parts[strip])


def without_padding(points: Float32, region: Region, image_size: Size) -> Float32:
    """From parts of the region's square, (..., 2+), to parts of the region."""
    padding = _square(region, image_size).padding
    scale = _ONE - (padding + padding)
    result = points.copy()
    result[..., :2] = (points[..., :2] - padding) / scale
    result[..., 2:] = points[..., 2:] / scale[0]
    return result


def image_from_region(points: Float32, region: Region, build: Build = SOLUTIONS_0_10_21) -> Float32:
    """From parts of the region, (..., 3), to parts of the picture.

    As mediapipe/calculators/util/landmark_projection_calculator.cc: z scales as x.
    """
    size = np.array((region.width, region.height, region.width))
    middle = np.array((0.5, 0.5, 0), np.float32)
    center = np.array((region.center_x, region.center_y, 0), np.float32)
    return rotate(points - middle, region.angle_rad, build) * size + center


def rotate(points: Float32, angle_rad: np.float32, build: Build = SOLUTIONS_0_10_21) -> Float32:
    """Turn points (..., 3) about the z axis, from x to y."""
    angle = float(angle_rad)
    cosine, sine = np.float32(build.cosine(angle)), np.float32(build.sine(angle))
    turned = points.copy()
    turned[..., 0] = cosine * points[..., 0] - sine * points[..., 1]
    turned[..., 1] = sine * points[..., 0] + cosine * points[..., 1]
    return turned


def paste(mask: Float32, region: Region, image_from_crop: Float64, picture: Float32) -> None:
    """Lay the mask (S, S) of a region's crop into a picture (H, W) of zeros."""
    rows, columns = region.bounds((picture.shape[1], picture.shape[0]))
    part = picture[rows, columns]
    if part.size:
        crop_from_image = cv2.invertAffineTransform(image_from_crop[:2])
        crop_from_image[:, 2] += crop_from_image[:, :2] @ (columns.start, rows.start)
        cv2.warpAffine(
            mask,
            crop_from_image,
            part.shape[::-1],
            part,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=0,
        )
