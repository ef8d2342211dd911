"""Reads a .tflite file into a graph of float32 tensors.

The file stores the weights as float16, and some of them as sparse. The graph has them as dense
float32, and so contains neither DEQUANTIZE nor DENSIFY.
"""

from __future__ import annotations

import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from vitruvian.errors import WeightsError
from vitruvian.weights.graph import Graph, Operator, Tensor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

_DTYPES = {
    schema.TensorType.FLOAT32: np.dtype("<f4"),
    schema.TensorType.FLOAT16: np.dtype("<f2"),
    schema.TensorType.INT32: np.dtype("<i4"),
}

_KINDS = {code: kind for kind, code in vars(schema.BuiltinOperator).items() if kind.isupper()}

_SLIDING = ("FusedActivationFunction", "Padding", "StrideH", "StrideW")

# The options of each kind of operator: the schema's table, and the fields that are used here.
_OPTIONS: dict[str, tuple[type[Any] | None, tuple[str, ...]]] = {
    "ADD": (schema.AddOptions, ("FusedActivationFunction",)),
    "CONCATENATION": (schema.ConcatenationOptions, ("Axis", "FusedActivationFunction")),
    "CONV_2D": (
        schema.Conv2DOptions,
        (*_SLIDING, "DilationHFactor", "DilationWFactor"),
    ),
    "DENSIFY": (None, ()),
    "DEPTHWISE_CONV_2D": (
        schema.DepthwiseConv2DOptions,
        (*_SLIDING, "DilationHFactor", "DilationWFactor"),
    ),
    "DEPTH_TO_SPACE": (schema.DepthToSpaceOptions, ("BlockSize",)),
    "DEQUANTIZE": (None, ()),
    "LOGISTIC": (None, ()),
    "MAX_POOL_2D": (
        schema.Pool2DOptions,
        (*_SLIDING, "FilterHeight", "FilterWidth"),
    ),
    "PAD": (None, ()),
    "RESHAPE": (None, ()),
    "RESIZE_BILINEAR": (schema.ResizeBilinearOptions, ("AlignCorners", "HalfPixelCenters")),
}


def read(path: Path) -> Graph:
    """Read the first subgraph of the file at `path`.

    Raises:
        WeightsError: the file is not a .tflite file, is broken, or has an operator that is not
            supported here.
    """
    with opened(path) as model:
        return _fold_weights(_read_graph(model))


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Yield the root table, a `schema.Model`, of a copy of the file in memory.

    Raises:
        WeightsError: the file is not a .tflite file, or what is done with the table raises an error
            that only a broken or unknown file can cause.
    """
    content = bytearray(path.read_bytes())
    if not schema.Model.ModelBufferHasIdentifier(content, 0):
        raise WeightsError(f"{path} is not a .tflite file: fetch it again.")
    try:
        yield schema.Model.GetRootAs(content, 0)
    except (struct.error, IndexError, KeyError, MemoryError, TypeError, ValueError) as error:
        raise WeightsError(
            f"{path} is broken or uses features that are not supported here: {error!r}; fetch it "
            "again."
        ) from error


def read_operators(model: Any) -> tuple[Operator, ...]:
    """Read the operators of the first subgraph as they are stored, DENSIFY and DEQUANTIZE included.

    Args:
        model: what `opened` yields, within whose context this must be called.
    """
    graph = model.Subgraphs(0)
    return tuple(
        _read_operator(model, graph.Operators(index)) for index in range(graph.OperatorsLength())
    )


def _read_graph(model: Any) -> Graph:
    graph = model.Subgraphs(0)
    return Graph(
        tensors=tuple(
            _read_tensor(model, graph.Tensors(index)) for index in range(graph.TensorsLength())
        ),
        operators=read_operators(model),
        inputs=tuple(map(int, graph.InputsAsNumpy())),
        outputs=tuple(map(int, graph.OutputsAsNumpy())),
    )


def _read_tensor(model: Any, tensor: Any) -> Tensor:
    shape = tuple(map(int, tensor.ShapeAsNumpy())) if tensor.ShapeLength() else ()
    buffer = model.Buffers(tensor.Buffer())
    if not buffer.DataLength():
        return Tensor(shape, None)
    values = buffer.DataAsNumpy().view(_DTYPES[tensor.Type()])
    sparsity = tensor.Sparsity()
    return Tensor(shape, _densify(values, shape, sparsity) if sparsity else values.reshape(shape))


def _densify(values: NDArray[Any], shape: tuple[int, ...], sparsity: Any) -> NDArray[Any]:
    """Return an array of zeros with the stored `values` at their positions.

    The format is TACO's: each dimension is either dense, or a list of the positions that are not
    zero (tensorflow/lite/schema/schema.fbs, SparsityParameters).
    """
    if sparsity.BlockMapLength():
        raise ValueError("sparse weights in blocks are not supported")
    positions = np.zeros((1, 0), np.int64)
    for level in range(sparsity.DimMetadataLength()):
        dimension = sparsity.DimMetadata(level)
        if dimension.Format() == schema.DimensionType.DENSE:
            counts: NDArray[np.int64] = np.full(len(positions), dimension.DenseSize())
            column = np.tile(np.arange(dimension.DenseSize()), len(positions))
        else:
            segments = _index_vector(dimension.ArraySegmentsType(), dimension.ArraySegments())
            counts = np.diff(segments)
            column = _index_vector(dimension.ArrayIndicesType(), dimension.ArrayIndices())
        positions = np.column_stack((np.repeat(positions, counts, axis=0), column))
    dense = np.zeros(shape, values.dtype)
    order = np.argsort(sparsity.TraversalOrderAsNumpy())
    # The file pads the stored values to a round number of bytes.
    dense[tuple(positions[:, order].T)] = values[: len(positions)]
    return dense


def _index_vector(kind: int, table: Any) -> NDArray[np.int64]:
    names = {
        schema.SparseIndexVector.Int32Vector: schema.Int32Vector,
        schema.SparseIndexVector.Uint16Vector: schema.Uint16Vector,
        schema.SparseIndexVector.Uint8Vector: schema.Uint8Vector,
    }
    vector = names[kind]()
    vector.Init(table.Bytes, table.Pos)
    values: NDArray[np.int64] = vector.ValuesAsNumpy().astype(np.int64)
    return values


def _read_operator(model: Any, operator: Any) -> Operator:
    code = model.OperatorCodes(operator.OpcodeIndex())
    kind = _KINDS[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
    table, fields = _OPTIONS[kind]
    options: dict[str, Any] = {}
    if table is not None:
        reader, stored = table(), operator.BuiltinOptions()
        reader.Init(stored.Bytes, stored.Pos)
        options = {field: getattr(reader, field)() for field in fields}
    return Operator(
        kind,
        tuple(map(int, operator.InputsAsNumpy())),
        tuple(map(int, operator.OutputsAsNumpy())),
        options,
    )


def _fold_weights(graph: Graph) -> Graph:
    """Replace DENSIFY and DEQUANTIZE, which only convert constants, by their results."""
    tensors, operators = list(graph.tensors), []
    for operator in graph.operators:
        if operator.kind in {"DENSIFY", "DEQUANTIZE"}:
            data = tensors[operator.inputs[0]].data
            if data is None:
                raise ValueError(f"{operator.kind} of a tensor that is not constant")
            shape = tensors[operator.outputs[0]].shape
            tensors[operator.outputs[0]] = Tensor(shape, data.reshape(shape).astype(np.float32))
        else:
            operators.append(operator)
    return Graph(tuple(tensors), tuple(operators), graph.inputs, graph.outputs)
