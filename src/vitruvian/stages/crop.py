"""Cutting square crops out of an image, and pasting a mask of a crop back into the image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from vitruvian.types import ImageSize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.types import Float32, Float64, Image, Region

Border = Literal["zero", "replicate"]

_BORDERS = {"zero": cv2.BORDER_CONSTANT, "replicate": cv2.BORDER_REPLICATE}
# OpenCV interpolates at positions that are rounded to 1/32 px.
_SUBPIXELS = 32
_SUBPIXEL = np.float32(1 / _SUBPIXELS)
# OpenCV computes the positions of a row in blocks of this length.
_BLOCK_PX = 64
# A quarter of a crop is small enough that intermediate results stay in the processor's cache.
_STRIPS = 4


class Cropper:
    """Cuts square crops out of images.

    A `Cropper` works in its own memory, because allocating it takes longer than computing. Each
    call overwrites the result of the previous one.

    Args:
        size_px: side of the crops, a multiple of 4.
        border: what surrounds an image: zeros, or its outermost pixels.
    """

    def __init__(self, size_px: int, border: Border) -> None:
        self._size_px = size_px
        self._border = _BORDERS[border]
        rows = size_px // _STRIPS
        self._rows = np.arange(size_px, dtype=np.float64).reshape(_STRIPS, rows, 1)
        self._blocks = np.arange(0, size_px, _BLOCK_PX, dtype=np.float64)
        self._steps = np.arange(_BLOCK_PX, dtype=np.float64)
        # For each of x, y and w, a position is the sum of what its row and block start with and
        # what its step adds. A matrix product with ones is the fastest way to add the two, and it
        # rounds no more than a sum.
        starts = rows * len(self._blocks)
        self._starts, self._added = np.ones((3, _STRIPS, starts, 2)), np.ones((3, 2, _BLOCK_PX))
        self._sums = np.empty((3, starts, _BLOCK_PX))
        self._positions = np.empty((2, rows, size_px), np.float32)
        self._allocate(1)

    def __call__(self, image: Image, images_from_crops: Sequence[Float64]) -> Image:
        """Cut crops, (N, size_px, size_px, 3), out of an RGB image (H, W, 3).

        The bytes are those of OpenCV 4's warpPerspective, which MediaPipe calls. Later versions of
        that function round differently, but `remap` with fixed-point positions has not changed. All
        crops are cut by one call, stacked vertically, because OpenCV shares only large ones among
        the cores.

        Args:
            image: uint8.
            images_from_crops: one or more matrices of `geometry.image_from_crop`. Their crops have
                no more than `types.MAX_SIDE_PX` rows in all.
        """
        count = len(images_from_crops)
        if len(self._crops) < count:
            self._allocate(count)
        for index, image_from_crop in enumerate(images_from_crops):
            self._locate(image_from_crop, self._whole[index], self._fractions[index])
        crops = self._crops[:count]
        cv2.remap(
            image,
            self._whole[:count].reshape(-1, self._size_px, 2),
            self._fractions[:count].reshape(-1, self._size_px),
            cv2.INTER_LINEAR,
            crops.reshape(-1, self._size_px, 3),
            borderMode=self._border,
            borderValue=0,
        )
        return crops

    def _allocate(self, count: int) -> None:
        """Allocate that many crops, and the positions of their pixels in the image."""
        self._crops = np.empty((count, self._size_px, self._size_px, 3), np.uint8)
        in_strips = (count, _STRIPS, self._size_px // _STRIPS, self._size_px)
        self._whole = np.empty((*in_strips, 2), np.int16)
        self._fractions = np.empty(in_strips, np.uint16)

    def _locate(
        self, image_from_crop: Float64, whole: NDArray[np.int16], fractions: NDArray[np.uint16]
    ) -> None:
        """Write the position in the image of each pixel of a crop, strip by strip.

        Args:
            image_from_crop: (3, 3), in pixels.
            whole: (strips, rows, size_px, 2) receives whole pixels.
            fractions: (strips, rows, size_px) receives OpenCV's code for the fractions of a pixel.
        """
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
            cv2.convertMaps(x, y, cv2.CV_16SC2, whole[strip], fractions[strip])


def paste(
    mask_in_crop: Float32, region: Region, image_from_crop: Float64, mask_in_image: Float32
) -> None:
    """Resample the mask (S, S) of a region's crop into a mask (H, W) of the image, in place.

    Args:
        mask_in_crop: in [0, 1].
        region: the region of the crop.
        image_from_crop: (3, 3), in pixels.
        mask_in_image: zeros, which remain outside of the region.
    """
    rows, columns = region.bounds(ImageSize.of(mask_in_image))
    part = mask_in_image[rows, columns]
    if part.size:
        crop_from_image = cv2.invertAffineTransform(image_from_crop[:2])
        crop_from_image[:, 2] += crop_from_image[:, :2] @ (columns.start, rows.start)
        cv2.warpAffine(
            mask_in_crop,
            crop_from_image,
            part.shape[::-1],
            part,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=0,
        )
