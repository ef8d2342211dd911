"""The only changes of coordinate space. A matrix `b_from_a` takes points of space a to space b.

Crop pixels count from the crop's top left corner, picture pixels from the picture's. A pixel lies
at its whole numbers, not half a pixel further, as in MediaPipe.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, TypeAlias

import cv2
import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float32, Float64, Image, Region

Border: TypeAlias = Literal["zero", "replicate"]

_BORDERS = {"zero": cv2.BORDER_CONSTANT, "replicate": cv2.BORDER_REPLICATE}

# OpenCV interpolates at positions rounded to 1/32 pixel, kept as 16-bit whole pixels and 32nds.
_SUBPIXELS = 32
MAX_SIDE_PX = 32766


def image_from_crop(region: Region, crop_size_px: int) -> Float64:
    """The (2, 3) matrix that takes a pixel of the region's crop to the picture."""
    scale = region.size_px / crop_size_px
    cosine, sine = scale * math.cos(region.angle_rad), scale * math.sin(region.angle_rad)
    half = crop_size_px / 2
    return np.array(
        (
            (cosine, -sine, region.center_x_px - half * (cosine - sine)),
            (sine, cosine, region.center_y_px - half * (sine + cosine)),
        )
    )


def crop(image: Image, image_from_crop: Float64, crop_size_px: int, border: Border) -> Image:
    """Cut a square of (crop_size_px, crop_size_px, 3) out of a picture.

    The bytes are those of OpenCV 4's warpPerspective, which MediaPipe calls; later versions of that
    function round otherwise, `remap` with fixed-point positions has stayed the same.
    """
    steps = np.arange(crop_size_px)
    positions = np.empty((crop_size_px, crop_size_px, 2), np.int32)
    for axis, (along_x, along_y, offset) in enumerate(_SUBPIXELS * image_from_crop):
        exact = along_x * steps + (along_y * steps + offset)[:, np.newaxis]
        positions[..., axis] = np.clip(np.rint(exact), -(2**20), 2**20 - 1)
    whole = (positions // _SUBPIXELS).astype(np.int16)
    part = positions % _SUBPIXELS
    subpixel = (part[..., 1] * _SUBPIXELS + part[..., 0]).astype(np.uint16)
    return cv2.remap(  # type: ignore[return-value]
        image, whole, subpixel, cv2.INTER_LINEAR, borderMode=_BORDERS[border], borderValue=0
    )


def project(points: Float32, matrix: Float64) -> Float32:
    """Take points (..., 2) to another space."""
    projected: Float32 = (points @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)
    return projected


def paste(mask: Float32, image_from_crop: Float64, image_size: tuple[int, int]) -> Float32:
    """Lay a crop's mask (S, S) into a picture of size (width, height), zero elsewhere."""
    return cv2.warpAffine(  # type: ignore[return-value]
        mask,
        cv2.invertAffineTransform(image_from_crop),
        image_size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=0,
    )


def rotate(points: Float32, angle_rad: float) -> Float32:
    """Turn points (..., 3) about the z axis, from x to y."""
    cosine, sine = math.cos(angle_rad), math.sin(angle_rad)
    matrix = np.array(((cosine, -sine, 0), (sine, cosine, 0), (0, 0, 1)), np.float32)
    return points @ matrix.T
