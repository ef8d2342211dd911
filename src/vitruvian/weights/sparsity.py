"""Where the stored values of a sparse tensor belong.

The format is TACO's: the dimensions are nested levels, and each level is either dense or a list of
the positions that are not zero (tensorflow/lite/schema/schema.fbs, SparsityParameters).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Positions take 8 bytes each while they are computed. The largest sparse tensor of the pinned
# networks has 221,184 elements.
_MAX_POSITIONS = 2**22


@dataclass(frozen=True, eq=False)
class Listed:
    """A level that stores only the positions that are not zero.

    Attributes:
        segments: `indices[segments[i]:segments[i + 1]]` are below position i of the level above.
        indices: the positions in the dimension.
    """

    segments: NDArray[Any]
    indices: NDArray[Any]


Level: TypeAlias = int | Listed  # an integer is the size of a dense level


@dataclass(frozen=True)
class Sparsity:
    """The positions of the stored values.

    Attributes:
        order: the tensor's dimensions, from the outermost to the innermost level.
        levels: one for each entry of `order`.
    """

    order: tuple[int, ...]
    levels: tuple[Level, ...]

    def offsets(self, shape: tuple[int, ...]) -> NDArray[np.int64]:
        """Return the position of each stored value in the flattened tensor of that shape.

        Raises:
            ValueError: the levels do not describe a tensor of that shape.
        """
        if sorted(self.order) != [*range(len(shape))] or len(self.levels) != len(shape):
            raise ValueError(
                f"{len(self.levels)} sparse levels in the order {self.order} do not describe a "
                f"tensor of shape {shape}"
            )
        offsets = np.zeros(1, np.int64)
        for dimension, level in zip(self.order, self.levels, strict=True):
            counts, indices = _expanded(level, shape[dimension], len(offsets))
            stride = math.prod(shape[dimension + 1 :])
            offsets = np.repeat(offsets, counts) + indices * stride
        return offsets

    def dense(self, values: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
        """Return an array of zeros with the values at their positions.

        Args:
            values: the stored values; the file pads them to a round number of bytes.
            shape: the tensor's shape.

        Raises:
            ValueError: as in `offsets`, or there are too few values.
        """
        offsets = self.offsets(shape)
        if len(values) < len(offsets):
            raise ValueError(f"{len(values)} values are stored for {len(offsets)} positions")
        dense = np.zeros(shape, values.dtype)
        dense.reshape(-1)[offsets] = values[: len(offsets)]
        return dense


def _expanded(
    level: Level, size: int, above: int
) -> tuple[int | NDArray[np.int64], NDArray[np.int64]]:
    """Return how many positions are below each position above, and all of their indices.

    Args:
        level: the level.
        size: the size of its dimension.
        above: the number of positions of the levels above.
    """
    if isinstance(level, int):
        if level != size or above * size > _MAX_POSITIONS:
            raise ValueError(f"a dense level of {level} does not fit a dimension of {size}")
        return size, np.tile(np.arange(size), above)
    segments, indices = level.segments.astype(np.int64), level.indices.astype(np.int64)
    counts = np.diff(segments)
    is_consistent = (
        len(segments) == above + 1
        and segments[0] == 0
        and segments[-1] == len(indices) <= _MAX_POSITIONS
        and not (counts < 0).any()
    )
    if not is_consistent or (indices < 0).any() or (indices >= size).any():
        raise ValueError(f"the positions of a sparse level do not fit a dimension of {size}")
    return counts, indices
