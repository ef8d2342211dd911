"""The only changes of coordinate space. A matrix `b_from_a` takes points of space a to space b.

Regions, and the points in them, are parts of a picture or of a crop; only matrices and pictures
have pixels. A pixel lies at its whole numbers, not half a pixel further, as in MediaPipe.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import cv2
import numpy as np

from vitruvian.arithmetic import LEGACY
from vitruvian.types import Region

if TYPE_CHECKING:
    from vitruvian.arithmetic import Build
    from vitruvian.types import Float32, Float64, Image

Border: TypeAlias = Literal["zero", "replicate"]
Size: TypeAlias = tuple[int, int]  # width and height in pixels

WHOLE_PICTURE = Region(*map(np.float32, (0.5, 0.5, 1, 1, 0)))
MAX_SIDE_PX = 32766  # OpenCV keeps whole pixels as 16-bit numbers

_BORDERS = {"zero": cv2.BORDER_CONSTANT, "replicate": cv2.BORDER_REPLICATE}
_SUBPIXEL_BITS = 5  # OpenCV interpolates at positions rounded to 1/32 pixel
_SUBPIXELS = 2**_SUBPIXEL_BITS
_MAX_SUBPIXEL = _SUBPIXELS * 2**15  # where a 16-bit number of whole pixels ends
_BLOCK_PX = 64  # and adds up those of a row in blocks
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
    build: Build = LEGACY,
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


def crop(image: Image, image_from_crop: Float64, crop_size_px: int, border: Border) -> Image:
    """Cut a square of (crop_size_px, crop_size_px, 3) out of a picture.

    The bytes are those of OpenCV 4's warpPerspective, which MediaPipe calls. Later versions of that
    function round otherwise; `remap` with fixed-point positions has stayed the same.
    """
    steps = np.arange(crop_size_px, dtype=np.float64)
    row, block, step = steps[:, np.newaxis], steps[::_BLOCK_PX], np.arange(_BLOCK_PX)

    def along_axis(weights: Float64) -> Float64:
        """An axis of the picture, for each row, block and step of the crop, times w."""
        per_column, per_row, offset = weights
        start = (per_column * block + per_row * row + offset)[..., np.newaxis]
        positions: Float64 = start + per_column * step
        return positions

    x, y, w = map(along_axis, image_from_crop)
    scale = _SUBPIXELS / w
    whole, parts = [], []
    for axis in (x, y):
        limited = np.rint(axis * scale).clip(-_MAX_SUBPIXEL, _MAX_SUBPIXEL - 1)
        subpixels = limited.astype(np.int32).reshape(crop_size_px, -1)[:, :crop_size_px]
        whole.append((subpixels >> _SUBPIXEL_BITS).astype(np.int16))
        parts.append(subpixels & (_SUBPIXELS - 1))
    return cv2.remap(  # type: ignore[return-value]
        image,
        cv2.merge(whole),
        (parts[1] * _SUBPIXELS + parts[0]).astype(np.uint16),
        cv2.INTER_LINEAR,
        borderMode=_BORDERS[border],
        borderValue=0,
    )


def without_padding(points: Float32, region: Region, image_size: Size) -> Float32:
    """From parts of the region's square, (..., 2+), to parts of the region."""
    padding = _square(region, image_size).padding
    scale = _ONE - (padding + padding)
    result = points.copy()
    result[..., :2] = (points[..., :2] - padding) / scale
    result[..., 2:] = points[..., 2:] / scale[0]
    return result


def image_from_region(points: Float32, region: Region, build: Build = LEGACY) -> Float32:
    """From parts of the region, (..., 3), to parts of the picture.

    As mediapipe/calculators/util/landmark_projection_calculator.cc: z scales as x.
    """
    right, down = points[..., 0] - _HALF, points[..., 1] - _HALF
    turned = rotate(np.stack((right, down, down), axis=-1), region.angle_rad, build)
    x, y, _ = np.moveaxis(turned, -1, 0)
    return np.stack(
        (
            x * region.width + region.center_x,
            y * region.height + region.center_y,
            points[..., 2] * region.width,
        ),
        axis=-1,
    )


def rotate(points: Float32, angle_rad: np.float32, build: Build = LEGACY) -> Float32:
    """Turn points (..., 3) about the z axis, from x to y."""
    angle = float(angle_rad)
    cosine, sine = np.float32(build.cosine(angle)), np.float32(build.sine(angle))
    x, y, z = np.moveaxis(points, -1, 0)
    return np.stack((cosine * x - sine * y, sine * x + cosine * y, z), axis=-1)


def paste(mask: Float32, image_from_crop: Float64, image_size: Size) -> Float32:
    """Lay a crop's mask (S, S) into a picture of `image_size`, zero elsewhere."""
    return cv2.warpAffine(  # type: ignore[return-value]
        mask,
        cv2.invertAffineTransform(image_from_crop[:2]),
        image_size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=0,
    )
