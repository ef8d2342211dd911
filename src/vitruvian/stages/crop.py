"""Cutting square crops out of an image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from vitruvian.errors import EngineError
from vitruvian.native import library

if TYPE_CHECKING:
    from ctypes import CDLL

    from numpy.typing import NDArray

    from vitruvian.types import Float32, Float64, Image

Border = Literal["zero", "replicate"]

# OpenCV interpolates at positions that are rounded to 1/32 px.
_SUBPIXEL_BITS = 5
_SUBPIXELS = 1 << _SUBPIXEL_BITS
# OpenCV computes the positions of a row in blocks of this length.
_BLOCK_PX = 64
# Positions are limited to this number of subpixels, so that they fit into 32 bits.
_LIMIT = 2.0**30


class PixelScale(NamedTuple):
    """How a network's input is computed from the bytes of an image: byte × factor + offset.

    Attributes:
        factor: float32.
        offset: float32.
        rounds_once: the product is not rounded to float32 before the sum.
    """

    factor: np.float32
    offset: np.float32
    rounds_once: bool

    def values(self) -> Float32:
        """Return the input for each value of a byte, (256,)."""
        products = np.arange(256) * np.float64(self.factor)  # exact
        if not self.rounds_once:
            products = products.astype(np.float32)
        return (products + self.offset).astype(np.float32)


# MediaPipe's networks take pixels in [0, 1] or [-1, 1].
TO_UNIT = PixelScale(np.float32(1 / 255), np.float32(0), rounds_once=True)


def cut(
    image: Image, image_from_crop: Float64, crop: Float32, *, border: Border, scale: PixelScale
) -> None:
    """Cut a square crop out of an image, and scale it for a network.

    Before they are scaled, the bytes are those of OpenCV 4's warpPerspective, which MediaPipe
    calls: positions are rounded to 1/32 px, and interpolation is linear with whole numbers.

    Args:
        image: (H, W, 3) uint8 RGB.
        image_from_crop: (3, 3), in pixels: a matrix of `geometry.image_from_crop`.
        crop: (S, S, 3) float32, receives the crop.
        border: what surrounds the image: zeros, or its outermost pixels.
        scale: from bytes to numbers of the crop.
    """
    if library.core is None:
        _cut_in_numpy(image, image_from_crop, crop, border, scale)
    else:
        _cut_in_c(library.core, image, image_from_crop, crop, border, scale)


def _cut_in_c(
    core: CDLL,
    image: Image,
    image_from_crop: Float64,
    crop: Float32,
    border: Border,
    scale: PixelScale,
) -> None:
    """Cut with native/crop.c."""
    side_px = len(crop)
    if (
        crop.shape != (side_px, side_px, 3)
        or crop.dtype != np.float32
        or not crop.flags.c_contiguous
    ):
        raise EngineError(f"A crop cannot be written to an array of {crop.dtype} {crop.shape}.")
    if image.strides[1:] != (3, 1):
        image = np.ascontiguousarray(image)
    matrix = np.ascontiguousarray(image_from_crop, np.float64)
    core.cut(
        image.ctypes.data, image.strides[0], *image.shape[:2], border == "replicate",
        matrix.ctypes.data, *scale, crop.ctypes.data, side_px,
    )  # fmt: skip


def _cut_in_numpy(
    image: Image, image_from_crop: Float64, crop: Float32, border: Border, scale: PixelScale
) -> None:
    """Cut with numpy, which specifies what is in C."""
    positions = _positions(image_from_crop, len(crop))
    column, row = positions >> _SUBPIXEL_BITS
    right, down = (positions & (_SUBPIXELS - 1))[..., np.newaxis]
    upper, lower = (
        _pixels(image, row + below, column, border) * (_SUBPIXELS - right)
        + _pixels(image, row + below, column + 1, border) * right
        for below in (0, 1)
    )
    total = upper * (_SUBPIXELS - down) + lower * down
    rounded = (total + _SUBPIXELS**2 // 2) >> (2 * _SUBPIXEL_BITS)
    np.take(scale.values(), rounded, out=crop)


def _positions(image_from_crop: Float64, size_px: int) -> NDArray[np.int32]:
    """Return the x and y in the image of each pixel of a crop, (2, S, S), in 1/32 px."""
    rows = np.arange(size_px, dtype=np.float64)[:, np.newaxis]
    steps = np.arange(size_px, dtype=np.float64) % _BLOCK_PX
    blocks = np.arange(size_px, dtype=np.float64) - steps
    with np.errstate(all="ignore"):  # some matrices give no positions, or very distant ones
        # In this order and in double precision.
        x, y, w = (
            (per_column * blocks + per_row * rows + offset) + per_column * steps
            for per_column, per_row, offset in image_from_crop
        )
        scale = np.where(w == 0, 0, _SUBPIXELS / w)
        xy = np.stack((x * scale, y * scale))
    positions: NDArray[np.int32] = np.rint(np.fmax(np.fmin(xy, _LIMIT), -_LIMIT)).astype(np.int32)
    return positions


def _pixels(
    image: Image, rows: NDArray[np.int32], columns: NDArray[np.int32], border: Border
) -> NDArray[np.int32]:
    """Return the pixels at rows and columns of any value, each (S, S), as (S, S, 3)."""
    height, width = image.shape[:2]
    inner_rows, inner_columns = rows.clip(0, height - 1), columns.clip(0, width - 1)
    # This is four times as fast as indexing with rows and columns.
    nearest = image.reshape(-1, 3).take(inner_rows * width + inner_columns, axis=0)
    pixels: NDArray[np.int32] = nearest.astype(np.int32)
    if border == "zero":
        pixels[(rows != inner_rows) | (columns != inner_columns)] = 0
    return pixels
