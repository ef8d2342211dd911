"""A network as a plain graph, with the operators and the image layout of TensorFlow Lite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Tensor:
    """A value of the graph.

    Attributes:
        shape: (1, H, W, C) for an image.
        data: the values, of that shape, if they are constant; None if they are computed.
    """

    shape: tuple[int, ...]
    data: NDArray[Any] | None


@dataclass(frozen=True)
class Operator:
    """One operation of the graph.

    Attributes:
        kind: the name in TensorFlow Lite's schema (BuiltinOperator), such as CONV_2D.
        inputs: positions in `Graph.tensors`; -1 is an optional input that is not given.
        outputs: positions in `Graph.tensors`.
        options: the fields of the schema's options for that kind, by name.
    """

    kind: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: dict[str, Any]


@dataclass(frozen=True)
class Graph:
    """A network.

    Attributes:
        tensors: all values.
        operators: the operators, in the order in which they run.
        inputs: positions in `tensors`.
        outputs: positions in `tensors`.
    """

    tensors: tuple[Tensor, ...]
    operators: tuple[Operator, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


def needed(operators: Sequence[Operator], wanted: Sequence[int]) -> list[Operator]:
    """Return the operators that the wanted tensors depend on, in the order in which they run.

    Args:
        operators: all operators, in the order in which they run.
        wanted: positions in `Graph.tensors`.
    """
    alive, kept = set(wanted), []
    for operator in reversed(operators):
        if alive.intersection(operator.outputs):
            alive.update(operator.inputs)
            kept.append(operator)
    return kept[::-1]
