"""Writes a graph as a .tflite file, with nothing in it that the graph does not have.

A file that somebody else wrote may contain more than the checks know of: lists that overlap, other
subgraphs, external data, metadata. What is written here is only what was read and checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

from vitruvian.weights.tflite_schema import CODES, DTYPES, FILE_IDENTIFIER, OPTIONS, VERSION

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.weights.graph import Graph, Operator, Tensor
    from vitruvian.weights.sparsity import Level, Sparsity

_ALIGNMENT_BYTES = 16  # of the values of constants (force_align in schema.fbs)

_TYPES = {dtype: code for code, dtype in DTYPES.items()}
_KINDS = {kind: position for position, kind in enumerate(CODES)}


def written(graph: Graph) -> bytes:
    """Return the content of a .tflite file."""
    constants = [tensor.data for tensor in graph.tensors if tensor.data is not None]
    model: Any = schema.ModelT(
        version=VERSION,
        operatorCodes=[
            schema.OperatorCodeT(deprecatedBuiltinCode=code, builtinCode=code, version=1)
            for code in CODES.values()
        ],
        buffers=[schema.BufferT(), *map(_AlignedBuffer, constants)],  # the first is empty
    )
    buffers = iter(range(1, len(model.buffers)))
    model.subgraphs = [
        schema.SubGraphT(
            tensors=[
                _tensor(tensor, 0 if tensor.data is None else next(buffers))
                for tensor in graph.tensors
            ],
            inputs=graph.inputs,
            outputs=graph.outputs,
            operators=[_operator(operator) for operator in graph.operators],
        )
    ]
    builder = flatbuffers.Builder(sum(data.nbytes for data in constants) + 2**20)
    builder.Finish(model.Pack(builder), FILE_IDENTIFIER)
    return bytes(builder.Output())


class _AlignedBuffer(schema.BufferT):  # type: ignore[misc]
    """A buffer whose values are aligned, which the generated code does not do."""

    def __init__(self, values: NDArray[Any]) -> None:
        super().__init__(data=np.ascontiguousarray(values).reshape(-1).view(np.uint8))

    def Pack(self, builder: Any) -> Any:  # noqa: N802 - the name in the generated code
        builder.Prep(_ALIGNMENT_BYTES, self.data.nbytes)
        return super().Pack(builder)


def _tensor(tensor: Tensor, buffer: int) -> Any:
    return schema.TensorT(
        shape=tensor.shape,
        type=_TYPES[tensor.dtype],
        buffer=buffer,
        sparsity=_sparsity(tensor.sparsity) if tensor.sparsity else None,
    )


def _sparsity(sparsity: Sparsity) -> Any:
    return schema.SparsityParametersT(
        traversalOrder=sparsity.order, dimMetadata=[_level(level) for level in sparsity.levels]
    )


def _level(level: Level) -> Any:
    if isinstance(level, int):
        return schema.DimensionMetadataT(format=schema.DimensionType.DENSE, denseSize=level)
    segments, indices = (
        schema.Int32VectorT(values=numbers.astype(np.int32))
        for numbers in (level.segments, level.indices)
    )
    kind = schema.SparseIndexVector.Int32Vector
    return schema.DimensionMetadataT(
        format=schema.DimensionType.SPARSE_CSR,
        arraySegmentsType=kind,
        arraySegments=segments,
        arrayIndicesType=kind,
        arrayIndices=indices,
    )


def _operator(operator: Operator) -> Any:
    table: Any = schema.OperatorT(
        opcodeIndex=_KINDS[operator.kind], inputs=operator.inputs, outputs=operator.outputs
    )
    name, fields = OPTIONS[operator.kind]
    if name is not None:
        # The generated code writes the first letter of a field in lower case.
        options = {field[0].lower() + field[1:]: operator.options[field] for field in fields}
        table.builtinOptions = getattr(schema, f"{name}T")(**options)
        table.builtinOptionsType = getattr(schema.BuiltinOptions, name)
    return table
