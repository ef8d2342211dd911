from __future__ import annotations

import numpy as np
import pytest

from vitruvian.weights.sparsity import Level, Listed, Sparsity

VALUES = np.array([5, 7, 9], np.float16)
ROWS = Listed(np.array([0, 2, 3], np.uint8), np.array([0, 2, 1], np.uint8))


def test_values_are_put_at_their_positions() -> None:
    dense = Sparsity((0, 1), (2, ROWS)).dense(VALUES, (2, 3))
    assert dense.tolist() == [[5, 0, 7], [0, 9, 0]]
    assert dense.dtype == np.float16


def test_the_outermost_level_may_be_another_dimension() -> None:
    dense = Sparsity((1, 0), (2, ROWS)).dense(VALUES, (3, 2))
    assert dense.tolist() == [[5, 0], [0, 9], [7, 0]]


def test_levels_may_all_be_dense_or_all_be_lists() -> None:
    dense = Sparsity((0, 1), (1, 3)).dense(VALUES, (1, 3))
    assert dense.tolist() == [[5, 7, 9]]
    rows = Listed(np.array([0, 1]), np.array([1]))
    columns = Listed(np.array([0, 2]), np.array([0, 2]))
    listed = Sparsity((0, 1), (rows, columns)).dense(VALUES, (2, 3))
    assert listed.tolist() == [[0, 0, 0], [5, 0, 7]]


def test_values_behind_the_last_position_are_not_used() -> None:
    padded = np.append(VALUES, np.float16(1))
    assert Sparsity((0, 1), (2, ROWS)).dense(padded, (2, 3)).sum() == 21


def listed(segments: list[int], indices: list[int]) -> Listed:
    return Listed(np.array(segments, np.int32), np.array(indices, np.int32))


@pytest.mark.parametrize(
    ("order", "levels", "words"),
    [
        ((0, 0), (2, ROWS), "order"),
        ((0, 2), (2, ROWS), "order"),
        ((0, -1), (2, ROWS), "order"),
        ((0,), (2, ROWS), "order"),
        ((0, 1), (2,), "levels"),
        ((0, 1), (2, ROWS, 1), "levels"),
        ((0, 1), (3, ROWS), "dense level of 3"),
        ((0, 1), (-2, ROWS), "dense level of -2"),
        ((0, 1), (2, listed([0, 2], [0, 2])), "positions"),
        ((0, 1), (2, listed([0, 2, 1], [0, 2, 1])), "positions"),
        ((0, 1), (2, listed([0, 4, 3], [0, 2, 1])), "positions"),
        ((0, 1), (2, listed([1, 2, 3], [0, 2, 1])), "positions"),
        ((0, 1), (2, listed([0, 2, 3], [0, 3, 1])), "positions"),
        ((0, 1), (2, listed([0, 2, 3], [0, -1, 1])), "positions"),
        ((0, 1), (2, listed([0, 2, 4], [0, 2, 1, 2])), "3 values"),
        ((0, 1), (2, listed([], [])), "positions"),
    ],
)
def test_levels_that_do_not_fit_the_tensor_are_refused(
    order: tuple[int, ...], levels: tuple[Level, ...], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        Sparsity(order, levels).dense(VALUES, (2, 3))


def test_dense_levels_of_a_huge_tensor_take_no_memory() -> None:
    with pytest.raises(ValueError, match="dense level"):
        Sparsity((0, 1), (2**20, 2**20)).offsets((2**20, 2**20))
