"""A network as a plain graph, with the operators and the image layout of TensorFlow Lite."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from vitruvian.weights.sparsity import Sparsity


@dataclass(frozen=True, eq=False)
class Tensor:
    """A value of the graph.

    Attributes:
        shape: (1, H, W, C) for an image.
        dtype: the type of its elements.
        data: the values, of that shape, if they are constant; None if they are computed.
        sparsity: where the values belong if `data` has only those that are not zero, in one
            dimension; None otherwise.
    """

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    data: NDArray[Any] | None = None
    sparsity: Sparsity | None = None


@dataclass(frozen=True)
class Operator:
    """One operation of the graph.

    Attributes:
        kind: the name in TensorFlow Lite's schema (BuiltinOperator), such as CONV_2D.
        inputs: positions in `Graph.tensors`.
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

    def unpacked(self) -> Graph:
        """Return the graph with dense float32 weights, without DENSIFY and DEQUANTIZE.

        These two operators only convert constants, so that their results are constants, too.
        """
        tensors, operators = list(self.tensors), []
        for operator in self.operators:
            if operator.kind not in {"DENSIFY", "DEQUANTIZE"}:
                operators.append(operator)
                continue
            packed = tensors[operator.inputs[0]]
            data = packed.data
            if data is None:
                raise ValueError(f"{operator.kind} of a tensor that is not constant")
            if packed.sparsity:
                data = packed.sparsity.dense(data, packed.shape)
            output = tensors[operator.outputs[0]]
            tensors[operator.outputs[0]] = replace(output, data=data.astype(output.dtype))
        return Graph(tuple(tensors), tuple(operators), self.inputs, self.outputs)


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
