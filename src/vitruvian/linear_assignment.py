"""The linear assignment problem: rows and columns in pairs, at the least total cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def assign(costs: NDArray[np.float64]) -> NDArray[np.intp]:
    """Assign each row to a column of its own, or each column to a row if there are fewer columns.

    This is the algorithm of Jonker and Volgenant without its initialization, for any rectangle, as
    in D. F. Crouse, "On implementing 2D rectangular assignment algorithms" (2016). It takes half a
    millisecond for ten rows and columns.

    Args:
        costs: (R, C) the cost of each pair, finite.

    Returns:
        (R,) the column of each row, or -1 for a row that has none.

    Raises:
        ValueError: A cost is infinite or not a number.
    """
    if not np.isfinite(costs).all():
        raise ValueError("A cost is infinite or not a number: give finite costs.")
    if len(costs) <= costs.shape[1]:
        return _columns_of_rows(costs)
    rows = _columns_of_rows(costs.T)
    columns = np.full(len(costs), -1)
    columns[rows] = np.arange(len(rows))
    return columns


def _columns_of_rows(costs: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the columns of all rows (R,); there are at least as many columns."""
    rows, columns = costs.shape
    row_prices, column_prices = np.zeros(rows), np.zeros(columns)
    column_of, row_of = np.full(rows, -1), np.full(columns, -1)
    for new_row in range(rows):
        # The shortest path (Dijkstra) from the new row to a free column. It leads from row to
        # column at the pair's cost without both prices, and from a column back to its row at none.
        lengths, previous_row = np.full(columns, np.inf), np.full(columns, -1)
        is_open = np.ones(columns, bool)
        row, length = new_row, 0.0
        while row >= 0:
            through_row = length + costs[row] - row_prices[row] - column_prices
            is_shorter = is_open & (through_row < lengths)
            lengths[is_shorter] = through_row[is_shorter]
            previous_row[is_shorter] = row
            column = int(np.where(is_open, lengths, np.inf).argmin())
            length = lengths[column]
            is_open[column] = False
            row = row_of[column]

        # The prices keep all pairs at a cost of 0, and no path at less.
        savings = np.where(is_open, 0, length - lengths)
        column_prices -= savings
        is_passed = ~is_open & (row_of >= 0)
        row_prices[row_of[is_passed]] += savings[is_passed]
        row_prices[new_row] += length

        # The rows on the path change their columns, from its end to the new row.
        while column >= 0:
            row = previous_row[column]
            row_of[column] = row
            column_of[row], column = column, column_of[row]
    return column_of
