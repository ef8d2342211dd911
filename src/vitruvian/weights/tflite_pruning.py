"""Removes from a .tflite file the operators that the wanted outputs do not need.

The file is edited in place rather than written again: the lists of operators and outputs become
shorter, and all other bytes, weights included, stay where they are.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from vitruvian.weights import tflite
from vitruvian.weights.graph import needed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Slots of SubGraph.outputs, SubGraph.operators and Model.signature_defs.
_OUTPUTS, _OPERATORS, _SIGNATURES = 8, 10, 18


def pruned(path: Path, outputs: Sequence[int]) -> bytes:
    """Return the content of a .tflite file without the operators that are not needed.

    Args:
        path: the file, which stays as it is.
        outputs: positions in the file's list of outputs. The result has only these outputs, in
            this order.

    Raises:
        WeightsError: `tflite.opened` cannot read the file, or it has no such output.
    """
    with tflite.opened(path) as model:
        graph = model.Subgraphs(0)
        wanted = graph.OutputsAsNumpy()[list(outputs)].tolist()
        operators = tflite.read_operators(model)
        kept = {operator.outputs for operator in needed(operators, wanted)}
        positions = [i for i, operator in enumerate(operators) if operator.outputs in kept]
        _shorten(graph, _OPERATORS, list(map(graph.Operators, positions)))
        _shorten(graph, _OUTPUTS, wanted)
        _shorten(model, _SIGNATURES, [])  # they would still name the outputs that are removed
        return bytes(model._tab.Bytes)


def _shorten(table: Any, slot: int, entries: Sequence[Any]) -> None:
    """Replace a table's list of numbers or tables, in place, by a list that is not longer."""
    offset = table._tab.Offset(slot)
    if not offset:  # a list that is empty need not be stored
        return
    start = table._tab.Vector(offset)
    # A list refers to a table by the distance in bytes from the entry to the table.
    numbers = [
        entry if isinstance(entry, int) else entry._tab.Pos - (start + 4 * index)
        for index, entry in enumerate(entries)
    ]
    struct.pack_into(f"<{1 + len(numbers)}I", table._tab.Bytes, start - 4, len(numbers), *numbers)
