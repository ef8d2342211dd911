"""The mask of a crop → the mask of the image."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.native import library
from vitruvian.stages import geometry
from vitruvian.stages.rounding import correct_exp

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.stages.rounding import Exponential
    from vitruvian.types import Bounds, Float32, Float64, ImageSize, Region

# OpenCV 4 computes positions in whole 1/1024 px, and interpolates at whole 1/32 px.
_POSITIONS, _SUBPIXELS = 1024, 32
_ROUNDING = _POSITIONS // _SUBPIXELS // 2
_POSITION_LIMIT = 2.0**40  # keeps positions in whole numbers of 64 bits, and far outside of a crop


def activated(logits: Float32, exponential: Exponential) -> Float32:
    """Return 1 / (1 + exp(-x)): exp in float32, the rest in float64.

    As in mediapipe/calculators/tensor/tensors_to_segmentation_calculator.cc.

    Args:
        logits: contiguous float32, of any shape.
        exponential: as in `Reference`.
    """
    if library.core is None:
        return (1 / (exponential(-logits).astype(np.float64) + 1)).astype(np.float32)
    mask = np.empty_like(logits)
    rounds_correctly = exponential is correct_exp
    library.core.activate(logits.ctypes.data, logits.size, rounds_correctly, library.address(mask))
    return mask


def crop_from_image(
    region: Region, image_size: ImageSize, side_px: int, reference: Reference
) -> Float32:
    """Return the (2, 3) matrix that maps pixels of the image to pixels of a region's square crop.

    It is found as MediaPipe finds it, in float32: image_from_crop, as in
    mediapipe/calculators/tensor/image_to_tensor_utils.cc, in normalized coordinates; its inverse as
    Eigen computes it (Eigen/src/LU/arch/InverseSize4.h); and pixels as in
    mediapipe/calculators/image/affine_transformation_runner_opencv.cc.

    Args:
        region: the region of the crop.
        image_size: size of the image in pixels.
        side_px: side of the crop.
        reference: the version of MediaPipe whose numbers are reproduced.
    """
    one, half, side = np.float32(1), np.float32(0.5), np.float32(side_px)
    image_width, image_height = np.float32(image_size[0]), np.float32(image_size[1])
    pixel_width, pixel_height = one / image_width, one / image_height
    x, y = region.center_x * image_width, region.center_y * image_height
    width, height = geometry.extent_px(region, image_size, pads=reference.pads_regions)
    angle = float(region.angle_rad)
    cosine, sine = np.float32(reference.cosine(angle)), np.float32(reference.sine(angle))
    with np.errstate(all="ignore"):  # a region without an area has no inverse, and no mask
        # image_from_crop in normalized coordinates: x = a * x + b * y + c, y = d * x + e * y + f
        a, b = width * cosine * pixel_width, -height * sine * pixel_width
        c = (-half * width * cosine + half * height * sine + x) * pixel_width
        d, e = width * sine * pixel_height, height * cosine * pixel_height
        f = (-half * height * cosine - half * width * sine + y) * pixel_height
        z = width * pixel_width  # of the third axis, which scales as x does
        inverse = one / ((e * a - b * d) * z)
        return np.array(
            (
                (
                    side * (e * z * inverse) * pixel_width,
                    side * (-(b * z) * inverse) * pixel_height,
                    side * (-(z * (e * c - b * f)) * inverse),
                ),
                (
                    side * (-(d * z) * inverse) * pixel_width,
                    side * (a * z * inverse) * pixel_height,
                    side * (-(z * (a * f - d * c)) * inverse),
                ),
            ),
            np.float32,
        )


def paste(
    mask_in_crop: Float32,
    crop_from_image: Float32,
    bounds: Bounds,
    mask_in_image: Float32,
) -> None:
    """Resample the mask of a crop, (S, S), into the mask of the image, (H, W), in place.

    The numbers are those of OpenCV 4's warpAffine, which MediaPipe calls.

    Args:
        mask_in_crop: in [0, 1], surrounded by zeros.
        crop_from_image: the matrix of `crop_from_image`.
        bounds: the rows and columns of the image that contain the region.
        mask_in_image: receives the mask in these bounds.
    """
    if library.core is None:
        _paste_in_numpy(mask_in_crop, crop_from_image, bounds, mask_in_image)
        return
    rows, columns = bounds
    library.core.paste(
        library.address(mask_in_crop), len(mask_in_crop), library.address(crop_from_image),
        library.address(mask_in_image), mask_in_image.shape[1],
        rows.start, rows.stop, columns.start, columns.stop,
    )  # fmt: skip


def _paste_in_numpy(
    mask_in_crop: Float32,
    crop_from_image: Float32,
    bounds: Bounds,
    mask_in_image: Float32,
) -> None:
    (x, right), (y, down) = (
        _positions(coefficients, *bounds) for coefficients in crop_from_image.astype(np.float64)
    )
    left, up = 1 - right, 1 - down
    surrounded = np.pad(mask_in_crop, 1)
    columns, rows = (  # of the pixels before and after each position
        [(before + offset).clip(0, len(surrounded) - 1) for offset in (1, 2)] for before in (x, y)
    )
    mask_in_image[bounds] = (
        surrounded[rows[0], columns[0]] * (up * left)
        + surrounded[rows[0], columns[1]] * (up * right)
        + surrounded[rows[1], columns[0]] * (down * left)
        + surrounded[rows[1], columns[1]] * (down * right)
    )


def _positions(
    coefficients: Float64, rows: slice, columns: slice
) -> tuple[NDArray[np.int64], Float32]:
    """Return x or y in the crop of each pixel of the image: whole pixels, and the fraction."""
    per_column, per_row, offset = coefficients
    row, column = (np.arange(pixels.start, pixels.stop) for pixels in (rows, columns))
    starts = _whole((per_row * row + offset) * _POSITIONS)[:, np.newaxis] + _ROUNDING
    subpixels = (starts + _whole(per_column * column * _POSITIONS)) // (_POSITIONS // _SUBPIXELS)
    fractions = (subpixels % _SUBPIXELS).astype(np.float32) / np.float32(_SUBPIXELS)
    return subpixels // _SUBPIXELS, fractions


def _whole(values: Float64) -> NDArray[np.int64]:
    """Round to whole numbers, within limits; NaN becomes the upper limit."""
    limited = np.fmax(np.fmin(values, _POSITION_LIMIT), -_POSITION_LIMIT)
    whole: NDArray[np.int64] = np.rint(limited).astype(np.int64)
    return whole
