"""Segmentation masks, as a tint of the image."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import PIL.Image

from vitruvian.native import library

if TYPE_CHECKING:
    from vitruvian.colors import Rgb
    from vitruvian.types import Float32, Image

_OPACITY = np.float32(0.45)
_BAND_HEIGHT = 64  # so many rows are tinted at a time, because their opacities take much memory


def tint(canvas: Image, mask: Float32, color: Rgb) -> None:
    """Tint the part of an image that a mask covers.

    Args:
        canvas: (H, W, 3) RGB, contiguous, drawn on.
        mask: (h, w) the part of each pixel that the person covers, of any size; it is scaled to
            that of the image. Less than 0 is 0, and more than 1 is 1.
        color: The colour of the tint.
    """
    height, width = canvas.shape[:2]
    if mask.shape != (height, width):
        scaled = PIL.Image.fromarray(mask).resize((width, height), PIL.Image.Resampling.BILINEAR)
        mask = np.asarray(scaled)
    if library.core is None:
        _tint_in_numpy(canvas, mask, color)
    else:
        mask = np.ascontiguousarray(mask, np.float32)
        library.core.tint(canvas.ctypes.data, mask.ctypes.data, mask.size, _OPACITY, *color)


def _tint_in_numpy(canvas: Image, mask: Float32, color: Rgb) -> None:
    for top in range(0, len(canvas), _BAND_HEIGHT):
        band, covered = canvas[top : top + _BAND_HEIGHT], mask[top : top + _BAND_HEIGHT]
        opacity = np.nan_to_num((covered * _OPACITY).clip(0, 1))[..., np.newaxis]
        band[:] = band * (1 - opacity) + np.array(color, np.float32) * opacity + np.float32(0.5)
