"""Builds an ONNX model: inputs, outputs, constants and nodes by name.

Inputs and outputs are float32, and their first dimension is the batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.weights.onnx_schema import AttributeType, ModelProto

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_OPSET = 13  # has every operator in the form that is used here; runtimes read it since 2020
_IR_VERSION = 7  # the version of the format that belongs to this operator set
_FLOAT, _INT64 = 1, 7  # TensorProto.DataType


class OnnxBuilder:
    """A model that is being built.

    Args:
        batch_size: the number of images that the model takes at once; None for any number.
    """

    def __init__(self, batch_size: int | None) -> None:
        self._batch: dict[str, Any] = (
            {"dim_value": batch_size} if batch_size else {"dim_param": "batch"}
        )
        self._model = ModelProto(ir_version=_IR_VERSION, producer_name="vitruvian")
        self._model.opset_import.add(version=_OPSET)
        self._graph = self._model.graph
        self._graph.name = "network"
        self._constants: set[str] = set()

    def add_input(self, name: str, shape: Sequence[int]) -> str:
        """Add an input of the given shape without the batch, and return its name."""
        return self._declare(self._graph.input, name, shape)

    def add_output(self, name: str, shape: Sequence[int]) -> str:
        """Add an output of the given shape without the batch, and return its name."""
        return self._declare(self._graph.output, name, shape)

    def add_node(self, kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        """Add a node, and return the name of its output.

        Args:
            kind: the operator's name in ONNX.
            inputs: names of values; "" is an optional input that is not given.
            output: the name of the node's only output.
            attributes: strings, integers and sequences of integers.
        """
        node = self._graph.node.add(op_type=kind, input=inputs, output=[output])
        for name, value in attributes.items():
            if isinstance(value, str):
                node.attribute.add(name=name, type=AttributeType.STRING, s=value.encode())
            elif isinstance(value, int):
                node.attribute.add(name=name, type=AttributeType.INT, i=value)
            else:
                numbers = [int(number) for number in value]
                node.attribute.add(name=name, type=AttributeType.INTS, ints=numbers)
        return output

    def add_constant(self, name: str, values: NDArray[Any]) -> str:
        """Store float32 or int64 values, unless the name is known already, and return the name."""
        if name in self._constants:
            return name
        self._constants.add(name)
        data_type = _INT64 if values.dtype == np.int64 else _FLOAT
        self._graph.initializer.add(
            name=name, dims=values.shape, data_type=data_type, raw_data=values.tobytes()
        )
        return name

    def serialized(self) -> bytes:
        """Return the content of the .onnx file. The same model always gives the same bytes."""
        content: bytes = self._model.SerializeToString(deterministic=True)
        return content

    def _declare(self, values: Any, name: str, shape: Sequence[int]) -> str:
        kind = values.add(name=name).type.tensor_type
        kind.elem_type = _FLOAT
        kind.shape.dim.add(**self._batch)
        for size in shape:
            kind.shape.dim.add(dim_value=size)
        return name
