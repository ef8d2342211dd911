"""Values of more than 8 bits as 8 bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from vitruvian.types import Image

_WHITE = {"u": 65_535.0, "i": 65_535.0, "f": 1.0}  # by the kind of the dtype
# Values of 12 bits in a file of 16 use a sixteenth of its range, and would be nearly black.
_LEAST_PART_OF_WHITE = 1 / 4


def to_8_bit_function(strips: Iterable[NDArray[Any]]) -> Callable[[NDArray[Any]], Image]:
    """Return the function that turns the values of an image into 8 bits.

    The range from 0 to white, which is 65535 or, for floats, 1, becomes 0 to 255 if the greatest
    value is between a quarter of white and white, and none is negative. Otherwise the range from
    the least to the greatest value does. NaN becomes 0.

    Args:
        strips: All values of the image in several arrays of one dtype: uint16, int32 or float32.
    """
    low, high, white = np.inf, -np.inf, 0.0
    for values in strips:
        white = _WHITE[values.dtype.kind]
        finite = values[np.isfinite(values)] if values.dtype.kind == "f" else values
        if finite.size:
            low, high = min(low, float(finite.min())), max(high, float(finite.max()))
    if low >= 0 and white * _LEAST_PART_OF_WHITE <= high <= white:
        low, high = 0.0, white
    scale = 255 / (high - low) if high > low else 0.0  # 0 for an image of one tone, which is black

    def to_8_bit(values: NDArray[Any]) -> Image:
        if values.dtype == np.uint16 and values.size > _TABLE.size:
            return np.asarray(to_8_bit(_TABLE)[values], np.uint8)
        with np.errstate(invalid="ignore", over="ignore"):
            scaled = np.rint((values - low) * scale)
        return np.asarray(np.clip(np.nan_to_num(scaled), 0, 255), np.uint8)

    return to_8_bit


_TABLE = np.arange(65_536, dtype=np.uint16)
