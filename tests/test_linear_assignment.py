from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from vitruvian.linear_assignment import assign

SHAPES = [(rows, columns) for rows in (0, 1, 2, 5, 9) for columns in (0, 1, 3, 5, 12)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("levels", [2, 5, 10**6])
def test_an_assignment_costs_no_more_than_that_of_scipy(
    shape: tuple[int, int], levels: int
) -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        costs = rng.integers(-levels, levels, shape) / levels
        columns = assign(costs)
        rows = np.flatnonzero(columns >= 0)
        assert len(rows) == len({*columns[rows].tolist()}) == min(shape)
        expected = costs[linear_sum_assignment(costs)].sum()
        assert costs[rows, columns[rows]].sum() == pytest.approx(expected, abs=1e-9)


def test_the_total_decides_and_not_the_cheapest_pair() -> None:
    costs = np.array([[0.0, 0.1], [0.2, 5.0]])
    assert assign(costs).tolist() == [1, 0]


def test_rows_without_a_column_are_marked() -> None:
    costs = np.array([[5.0], [1.0], [3.0]])
    assert assign(costs).tolist() == [-1, 0, -1]


@pytest.mark.parametrize("cost", [np.nan, np.inf, -np.inf])
def test_a_cost_that_is_not_finite_is_refused(cost: float) -> None:
    with pytest.raises(ValueError, match="give finite costs"):
        assign(np.array([[1.0, cost], [0.0, 2.0]]))
