"""Blends the masks of a person in a video with the previous ones."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.native import library

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vitruvian.types import Bounds, Float32

_MASK_RATIO = np.float32(0.7)  # pose_segmentation_filtering.pbtxt, combine_with_previous_ratio
_CERTAINTY = np.array((-624.717, 291.309, -57.8051, -0.748699, 5.68842), np.float32)
# Where the new mask is certainly 0, a previous 1 remains as 0.00003. In the next frame that is
# multiplied by 0.00003 again, and after ten frames it is below the smallest float32.
_VISIBLE_FRAMES = 10
_STRIP_ROWS = 32  # intermediate results of a strip stay in the processor's cache


class MaskFilter:
    """The mask of the previous frame, and where it and those before are not 0."""

    def __init__(self) -> None:
        self._previous: Float32 | None = None
        self._bounds: deque[Bounds] = deque(maxlen=_VISIBLE_FRAMES)

    def __call__(self, mask: Float32, bounds: Bounds) -> None:
        """Blend the previous mask into a new one, in place, where the new one is uncertain.

        Args:
            mask: (H, W) contiguous float32 in [0, 1], of the same size in every call.
            bounds: the rows and columns outside of which it is 0.
        """
        self._bounds.append(bounds)
        if self._previous is not None:
            blend(mask, self._previous, _union(self._bounds))
        self._previous = mask


def blend(mask: Float32, previous: Float32, bounds: Bounds) -> None:
    """Blend the previous mask into a new one, in place, within bounds.

    The polynomial is that of mediapipe/calculators/image/segmentation_smoothing_calculator.cc. It
    approximates the squared entropy, in bits, of a pixel of the new mask.

    Args:
        mask: (H, W) contiguous float32 in [0, 1].
        previous: (H, W) contiguous float32 in [0, 1].
        bounds: the rows and columns that are blended.

    Raises:
        ValueError: the masks have different sizes.
    """
    if mask.shape != previous.shape:
        raise ValueError(f"A mask {mask.shape} cannot be blended with one {previous.shape}.")
    if library.core is None:
        _blend_in_numpy(mask[bounds], previous[bounds])
        return
    rows, columns = bounds
    first = (rows.start * mask.shape[1] + columns.start) * mask.itemsize
    library.core.blend(
        library.address(mask) + first, library.address(previous) + first, mask.shape[1],
        rows.stop - rows.start, columns.stop - columns.start,
    )  # fmt: skip


def _blend_in_numpy(mask: Float32, previous: Float32) -> None:
    for first in range(0, len(mask), _STRIP_ROWS):
        strip = slice(first, first + _STRIP_ROWS)
        new = mask[strip]
        x = new - np.float32(0.5)
        x *= x
        certainty = x * _CERTAINTY[0]
        for coefficient in _CERTAINTY[1:]:
            certainty += coefficient
            certainty *= x
        weight = np.minimum(certainty, np.float32(1), out=certainty)
        np.subtract(np.float32(1), weight, out=weight)
        weight *= _MASK_RATIO
        weight *= np.subtract(previous[strip], new, out=x)
        new += weight


def _union(parts: Iterable[Bounds]) -> Bounds:
    """Return the smallest bounds that contain one or more others."""
    rows, columns = zip(*parts, strict=True)
    return _around(rows), _around(columns)


def _around(parts: Iterable[slice]) -> slice:
    starts, stops = zip(*((part.start, part.stop) for part in parts), strict=True)
    return slice(min(starts), max(stops))
