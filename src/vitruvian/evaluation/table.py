"""A table of numbers as Markdown, which also reads well on a terminal."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# Names come from outside; these characters would end a cell, or mean something in it.
_MARKDOWN = re.compile(r"[\\|*`<\[]")
_NOTHING = "–"  # in place of a number that there is not


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        title: above the numbers.
        values: one for each row; NaN where there is nothing to measure.
        higher_is_better: whether the greatest value is the best, or the least; None if the rows
            cannot be compared.
        decimals: how many are printed.
    """

    title: str
    values: Sequence[float]
    higher_is_better: bool | None = True
    decimals: int = 1

    def cells(self) -> list[str]:
        """Return the numbers as they are printed, the best of different ones in bold."""
        printed = [
            _NOTHING if math.isnan(value) else f"{value:.{self.decimals}f}" for value in self.values
        ]
        known = {text: float(text) for text in printed if text != _NOTHING}
        if len(known) < 2 or self.higher_is_better is None:
            return printed
        best = (max if self.higher_is_better else min)(known, key=known.__getitem__)
        return [f"**{text}**" if text == best else text for text in printed]


@dataclass(frozen=True)
class Table:
    """Rows with a name, and columns of numbers.

    Attributes:
        names: of the rows.
        columns: the numbers.
    """

    names: Sequence[str]
    columns: Sequence[Column]

    def lines(self, styled: Callable[[str], str] = str) -> Iterator[str]:
        """Yield the lines of the table in Markdown, with aligned columns.

        Args:
            styled: applied to each cell with a best number, whose width it must not change.
        """
        columns = [["", *map(escaped, self.names)]]
        columns += [[escaped(column.title), *column.cells()] for column in self.columns]
        widths = [max(map(len, cells)) for cells in columns]
        rows = [
            [
                _aligned(cell, width, is_name=not number)
                for number, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            for row in zip(*columns, strict=True)
        ]
        yield f"| {' | '.join(rows[0])} |"
        rules = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
        yield f"| {' | '.join(rules)} |"
        for row in rows[1:]:
            cells = (styled(cell) if "**" in cell else cell for cell in row)
            yield f"| {' | '.join(cells)} |"


def escaped(name: str) -> str:
    """Return a name from outside as Markdown that shows it, without control characters."""
    return _MARKDOWN.sub(r"\\\g<0>", printable(name))


def _aligned(cell: str, width: int, *, is_name: bool) -> str:
    return cell.ljust(width) if is_name else cell.rjust(width)
