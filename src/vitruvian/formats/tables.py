"""Tables that are computed from recordings as CSV: angles, repetitions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

# By the end of a column's name, the decimals beyond which there is only noise.
_DECIMALS = {"_deg": 2, "_in_plane": 3, "_m": 4, "_s": 6}


def write(tables: Iterable[Mapping[str, NDArray[Any]]], path: Path) -> None:
    """Write the rows of several tables with the same columns as one CSV file.

    What is not known is `NaN`.

    Args:
        tables: at least one, also without rows: by the name of each column, its values.
        path: that of a new file.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        for number, table in enumerate(tables):
            if number == 0:
                file.write(",".join(table) + "\n")
            cells = [_cells(name, values) for name, values in table.items()]
            file.writelines(",".join(row) + "\n" for row in zip(*cells, strict=True))


def _cells(name: str, values: NDArray[Any]) -> Iterator[str]:
    if values.dtype == np.bool_:
        return map(("false", "true").__getitem__, values.tolist())
    if values.dtype.kind == "f":
        decimals = next(n for end, n in _DECIMALS.items() if name.endswith(end))
        rounded = values.astype(np.float64).round(decimals) + 0.0  # no -0.0
        return ("NaN" if math.isnan(value) else str(value) for value in rounded.tolist())
    return map(str, values.tolist())
