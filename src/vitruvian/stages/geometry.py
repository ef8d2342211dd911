"""Coordinate spaces: from a crop to its region to the image. A matrix `b_from_a` maps a to b.

Points in regions and in the image are normalized: fractions of the width and height. Matrices work
in pixels. A pixel's position is its whole number, not its centre half a pixel further, as in
MediaPipe.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vitruvian.native import library
from vitruvian.stages import transforms
from vitruvian.types import Region

if TYPE_CHECKING:
    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.types import Float32, Float64, ImageSize

WHOLE_IMAGE = Region(*map(np.float32, (0.5, 0.5, 1, 1, 0)))

_ZERO, _HALF, _ONE, _TWO = map(np.float32, (0, 0.5, 1, 2))


class _Square(NamedTuple):
    """The smallest square around a region, and the fractions of it that lie left and above."""

    side_px: np.float32
    left: np.float32
    above: np.float32


def _square_around(region: Region, image_size: ImageSize) -> _Square:
    """Return the smallest square around a region.

    It is computed as in mediapipe/calculators/tensor/image_to_tensor_utils.cc, GetRoi and PadRoi.
    """
    width_px, height_px = extent_px(region, image_size, pads=False)
    aspect = height_px / width_px
    if aspect < 1:
        return _Square(width_px, _ZERO, (_ONE - aspect) / _TWO)
    return _Square(height_px, (_ONE - _ONE / aspect) / _TWO, _ZERO)


def extent_px(
    region: Region, image_size: ImageSize, *, pads: bool
) -> tuple[np.float32, np.float32]:
    """Return the width and height in pixels of the image of what a region's crop contains.

    Args:
        region: the region that is cut out.
        image_size: size of the image in pixels.
        pads: as in `image_from_crop`.
    """
    if pads:
        side_px = _square_around(region, image_size).side_px
        return side_px, side_px
    return region.width * np.float32(image_size[0]), region.height * np.float32(image_size[1])


def padding(region: Region, image_size: ImageSize, *, pads: bool) -> tuple[np.float32, np.float32]:
    """Return the fractions of a region's crop that lie to the left of the region and above it.

    The arguments are those of `extent_px`.
    """
    if not pads:
        return _ZERO, _ZERO
    _, left, above = _square_around(region, image_size)
    return left, above


def image_from_crop(
    region: Region,
    image_size: ImageSize,
    crop_size_px: int,
    reference: Reference,
    *,
    pads: bool = True,
) -> Float64:
    """Return the (3, 3) matrix that maps pixels of a region's square crop to pixels of the image.

    It is found as in mediapipe/calculators/tensor/image_to_tensor_converter_opencv.cc: from four
    float32 corners, as two functions of OpenCV compute it.

    Args:
        region: the region that is cut out.
        image_size: size of the image in pixels.
        crop_size_px: side of the crop.
        reference: the version of MediaPipe whose rounding is reproduced.
        pads: if true, the crop contains the smallest square around the region; otherwise the region
            is stretched to the crop.
    """
    x_px = region.center_x * np.float32(image_size[0])
    y_px = region.center_y * np.float32(image_size[1])
    width_px, height_px = extent_px(region, image_size, pads=pads)
    angle_deg = np.float32(float(region.angle_rad * np.float32(180)) / math.pi)
    angle_rad = float(angle_deg) * math.pi / 180
    cosine, sine = np.float32(math.cos(angle_rad)), np.float32(math.sin(angle_rad))
    shape = (x_px, y_px, width_px, height_px, cosine, sine)
    if library.core is None:
        return _matrix(*shape, reference.mirrors_corners, crop_size_px)
    matrix = np.empty((3, 3))
    library.core.image_from_crop(
        *shape, reference.mirrors_corners, crop_size_px, matrix.ctypes.data
    )
    return matrix


def _matrix(
    x_px: np.float32,
    y_px: np.float32,
    width_px: np.float32,
    height_px: np.float32,
    cosine: np.float32,
    sine: np.float32,
    mirrors: bool,
    crop_size_px: int,
) -> Float64:
    """Return the matrix of a crop around x, y, of a width, a height and an angle in the image."""
    cosine, sine = cosine * _HALF, sine * _HALF
    # From the centre to the middle of the right side and of the lower side.
    right_x_px, right_y_px = cosine * width_px, sine * width_px
    down_x_px, down_y_px = -sine * height_px, cosine * height_px
    bottom_left = (x_px + down_x_px - right_x_px, y_px + down_y_px - right_y_px)
    top_left = (x_px - down_x_px - right_x_px, y_px - down_y_px - right_y_px)
    top_right = (x_px - down_x_px + right_x_px, y_px - down_y_px + right_y_px)
    bottom_right = (x_px + down_x_px + right_x_px, y_px + down_y_px + right_y_px)
    if mirrors:
        top_right = (_TWO * x_px - bottom_left[0], _TWO * y_px - bottom_left[1])
        bottom_right = (_TWO * x_px - top_left[0], _TWO * y_px - top_left[1])
    corners_in_image = np.array((bottom_left, top_left, top_right, bottom_right), np.float32)
    corners_in_crop = np.array(((0, 1), (0, 0), (1, 0), (1, 1)), np.float32)
    return transforms.inverse(
        transforms.perspective(corners_in_image, corners_in_crop * np.float32(crop_size_px))
    )


def region_from_square(points_in_square: Float32, region: Region, image_size: ImageSize) -> Float32:
    """Map points, (..., 2 or 3), from the square around a region to the region.

    Both are normalized: by the square's side, and by the region's width and height.
    """
    corner = np.array(padding(region, image_size, pads=True))
    scale = _ONE - (corner + corner)
    points_in_region = points_in_square.copy()
    points_in_region[..., :2] = (points_in_square[..., :2] - corner) / scale
    points_in_region[..., 2:] = points_in_square[..., 2:] / scale[0]
    return points_in_region


def image_from_region(points_in_region: Float32, region: Region, reference: Reference) -> Float32:
    """Map normalized points, (..., 3), from a region to the image.

    The formula is that of mediapipe/calculators/util/landmark_projection_calculator.cc: z scales as
    x does.
    """
    size = np.array((region.width, region.height, region.width))
    middle = np.array((0.5, 0.5, 0), np.float32)
    center = np.array((region.center_x, region.center_y, 0), np.float32)
    return rotate(points_in_region - middle, region.angle_rad, reference) * size + center


def image_from_tile(points_in_tile: Float32, tile: Region) -> Float32:
    """Map normalized points, (..., 2), from a tile, which is not rotated, to the image."""
    tile_size = np.array((tile.width, tile.height))
    corner = np.array((tile.center_x, tile.center_y)) - tile_size / 2
    points_in_image: Float32 = corner + points_in_tile * tile_size
    return points_in_image


def rotate(points: Float32, angle_rad: np.float32, reference: Reference) -> Float32:
    """Rotate points, (..., 3), about the z axis, from x towards y."""
    angle = float(angle_rad)
    cosine, sine = np.float32(reference.cosine(angle)), np.float32(reference.sine(angle))
    rotated = points.copy()
    rotated[..., 0] = cosine * points[..., 0] - sine * points[..., 1]
    rotated[..., 1] = sine * points[..., 0] + cosine * points[..., 1]
    return rotated
