from __future__ import annotations

import numpy as np
import pytest

from vitruvian.evaluation.table import Column, Table


def test_a_table_is_aligned_markdown_with_the_best_numbers_in_bold() -> None:
    columns = [
        Column("mAP", [71.04, 9.5, np.nan]),
        Column("EPE, px", [3.0, 2.0, 2.01], higher_is_better=False),
        Column("people", [3, 2, 1], higher_is_better=None, decimals=0),
    ]
    assert list(Table(["A", "Long name", "C"], columns).lines()) == [
        "|           |      mAP | EPE, px | people |",
        "| --------- | -------: | ------: | -----: |",
        "| A         | **71.0** |     3.0 |      3 |",
        "| Long name |      9.5 | **2.0** |      2 |",
        "| C         |        – | **2.0** |      1 |",
    ]


def test_numbers_that_are_equal_as_printed_are_not_told_apart() -> None:
    assert Column("x", [1.01, 1.02]).cells() == ["1.0", "1.0"]
    assert Column("x", [1.01, 1.02, 0.5]).cells() == ["**1.0**", "**1.0**", "0.5"]
    assert Column("x", [99.96, 9.0]).cells() == ["**100.0**", "9.0"]


@pytest.mark.parametrize("values", [[], [5.0], [np.nan, np.nan], [5.0, np.nan]])
def test_without_two_numbers_none_is_the_best(values: list[float]) -> None:
    assert "*" not in "".join(Column("x", values).cells())


def test_a_style_is_applied_to_the_best_numbers_only() -> None:
    table = Table(["A", "**B**"], [Column("x", [1.0, 2.0])])
    *_, first, second = table.lines(lambda cell: cell.replace("*", "#"))
    assert first == "| A         |     1.0 |"
    assert second == "| \\*\\*B\\*\\* | ##2.0## |"


def test_names_cannot_end_a_cell_or_a_line() -> None:
    table = Table(["a|b\n<c> `d` [e](f) \x1b[31m"], [Column("x|y", [1.0])])
    header, _, row = table.lines()
    assert "x\\|y" in header
    assert row.startswith("| a\\|b\\\\n\\<c> \\`d\\` \\[e](f) \\\\x1b\\[31m")
