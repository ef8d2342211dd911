"""Both ways of computing: in numpy, which is the specification, and in C."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pytest

from vitruvian.native import library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

CORE = library.core
needs_core = pytest.mark.skipif(CORE is None, reason="the library in C is not used")


def in_numpy(compute: Callable[[], T]) -> T:
    """Return what is computed without the library; numbers may overflow silently, as in C."""
    with pytest.MonkeyPatch.context() as patch, np.errstate(all="ignore"):
        patch.setattr(library, "core", None)
        return compute()


@contextmanager
def vectors(allowed: bool) -> Iterator[None]:
    """Allow the library to use vector instructions, or not."""
    assert CORE is not None
    CORE.allow_vectors(allowed)
    try:
        yield
    finally:
        CORE.allow_vectors(True)


def same_bits(one: np.ndarray, other: np.ndarray) -> bool:
    """Return whether two arrays are equal to the last bit, but for the kind of NaN."""
    both = np.stack((one, other))
    both[np.isnan(both)] = np.nan
    first, second = both.view(np.int32)
    return bool((first == second).all())
