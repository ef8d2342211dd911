"""The shortest decimals of float32, as text formats write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_DIGITS = 9  # that float32 needs
_FEW = 100  # numbers, which take less time one by one
# Between these, the powers of ten below are exact, so that only the product with them is rounded.
_LEAST, _GREATEST = 1e-4, 1e6


def shortest(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return for each float32 the float64 of its shortest decimals: 0.1 for float32(0.1).

    The decimals are the fewest that read back as the same float32, and of these the nearest ones.
    Python writes them as the text of the float64, and so does JSON.
    """
    if values.size < _FEW:
        return values.astype(str).astype(np.float64)
    exact = values.astype(np.float64)
    sizes = np.abs(exact)
    is_common = (sizes >= _LEAST) & (sizes < _GREATEST)
    found = exact.copy()
    found[~is_common] = values[~is_common].astype(str).astype(np.float64)
    common, expected = exact[is_common], values[is_common]
    # How many decimals a number has with one significant digit: 2 for 0.034.
    decimals = -np.floor(np.log10(np.abs(common))).astype(np.int64)
    best = common
    for digits in range(_MOST_DIGITS, 0, -1):
        scales = 10.0 ** np.maximum(decimals + digits - 1, 0)
        rounded = np.rint(common * scales) / scales
        is_same = rounded.astype(np.float32) == expected
        if not is_same.any():
            break
        best = np.where(is_same, rounded, best)
    found[is_common] = best
    return found
