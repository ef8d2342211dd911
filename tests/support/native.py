"""Ways to compute what is in C and in numpy, which must give the same bits."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest

from vitruvian.native import library

if TYPE_CHECKING:
    from collections.abc import Iterator

needs_library = pytest.mark.skipif(
    library.core is None, reason="the library was not built, or VITRUVIAN_NATIVE is 0"
)


@contextmanager
def in_numpy() -> Iterator[None]:
    """Let everything in the block be computed in numpy."""
    core, library.core = library.core, None
    try:
        yield
    finally:
        library.core = core


@contextmanager
def in_c(*, vectors: bool) -> Iterator[None]:
    """Let everything in the block be computed in C, with the processor's vectors or without."""
    assert library.core is not None
    library.core.allow_vectors(vectors)
    try:
        yield
    finally:
        library.core.allow_vectors(True)


def same_bits(one: np.ndarray, other: np.ndarray) -> bool:
    """Return whether two float32 arrays have the same bits; all NaN are the same."""
    is_nan = np.isnan(one)
    return np.array_equal(is_nan, np.isnan(other)) and bool(
        (is_nan | (one.view(np.int32) == other.view(np.int32))).all()
    )
