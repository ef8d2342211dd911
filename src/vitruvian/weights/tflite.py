"""Reads a .tflite file into a plain graph of float32 tensors, or leaves out what is not needed.

The weights are stored as float16, some of them sparse. Both are undone in the graph, so that
whoever reads it sees neither DEQUANTIZE nor DENSIFY.
"""

from __future__ import annotations

import struct
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from vitruvian.errors import WeightsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

Options = dict[str, Any]

_DTYPES = {
    schema.TensorType.FLOAT32: np.dtype("<f4"),
    schema.TensorType.FLOAT16: np.dtype("<f2"),
    schema.TensorType.INT32: np.dtype("<i4"),
}

_KINDS = {code: kind for kind, code in vars(schema.BuiltinOperator).items() if kind.isupper()}

# Slots of SubGraph.outputs, SubGraph.operators and Model.signature_defs.
_OUTPUTS, _OPERATORS, _SIGNATURES = 8, 10, 18

_SLIDING = ("FusedActivationFunction", "Padding", "StrideH", "StrideW")

# What an operator is told beside its inputs: the schema's table, and the fields that are used.
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


@dataclass(frozen=True)
class Tensor:
    """A value of the graph; `data` is there if it is constant. Images are (1, H, W, C)."""

    shape: tuple[int, ...]
    data: NDArray[Any] | None


@dataclass(frozen=True)
class Operator:
    """One step; inputs and outputs are positions in `Graph.tensors`, -1 for an absent input."""

    kind: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: Options


@dataclass(frozen=True)
class Graph:
    """A network: operators in the order they run."""

    tensors: tuple[Tensor, ...]
    operators: tuple[Operator, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


def read(path: Path) -> Graph:
    """Read the first subgraph of the file at `path`.

    Raises:
        WeightsError: the file is no .tflite, is cut, or holds an operator that is not known here.
    """
    with _model(path) as model:
        return _fold_weights(_read_graph(model))


def pruned(path: Path, outputs: Sequence[int]) -> bytes:
    """The file at `path`, without the operators that its outputs at these positions do not need.

    Raises:
        WeightsError: as by `read`, or there is no such output.
    """
    with _model(path) as model:
        graph = model.Subgraphs(0)
        wanted = graph.OutputsAsNumpy()[list(outputs)].tolist()
        operators = _read_operators(model)
        kept = {operator.outputs for operator in needed(operators, wanted)}
        positions = [i for i, operator in enumerate(operators) if operator.outputs in kept]
        _shorten(graph, _OPERATORS, list(map(graph.Operators, positions)))
        _shorten(graph, _OUTPUTS, wanted)
        _shorten(model, _SIGNATURES, [])  # they would still name the outputs that are gone
        return bytes(model._tab.Bytes)


def needed(operators: Sequence[Operator], wanted: Sequence[int]) -> list[Operator]:
    """The operators that the wanted tensors depend on, in the order they run."""
    alive, kept = set(wanted), []
    for operator in reversed(operators):
        if alive.intersection(operator.outputs):
            alive.update(operator.inputs)
            kept.append(operator)
    return kept[::-1]


@contextmanager
def _model(path: Path) -> Iterator[Any]:
    """The root of the file, in memory of its own. What reading it raises is the file's fault."""
    content = bytearray(path.read_bytes())
    if not schema.Model.ModelBufferHasIdentifier(content, 0):
        raise WeightsError(f"{path} is not a .tflite file: fetch it again.")
    try:
        yield schema.Model.GetRootAs(content, 0)
    except (struct.error, IndexError, KeyError, MemoryError, TypeError, ValueError) as error:
        raise WeightsError(
            f"{path} is broken or uses what is not known here: {error!r}."
        ) from error


def _shorten(table: Any, slot: int, entries: Sequence[Any]) -> None:
    """Put shorter ones in the place of a table's list of numbers or tables."""
    offset = table._tab.Offset(slot)
    if not offset:  # as of a list that was always empty
        return
    start = table._tab.Vector(offset)
    # A table stands in a list by how far behind its entry it lies.
    numbers = [
        entry if isinstance(entry, int) else entry._tab.Pos - (start + 4 * index)
        for index, entry in enumerate(entries)
    ]
    struct.pack_into(f"<{1 + len(numbers)}I", table._tab.Bytes, start - 4, len(numbers), *numbers)


def _read_graph(model: Any) -> Graph:
    graph = model.Subgraphs(0)
    return Graph(
        tensors=tuple(
            _read_tensor(model, graph.Tensors(index)) for index in range(graph.TensorsLength())
        ),
        operators=_read_operators(model),
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
    """Spread the stored `values` over an array of zeros.

    The format is that of TACO: dimension after dimension is either dense or a list of the
    positions that are not zero (tensorflow/lite/schema/schema.fbs, SparsityParameters).
    """
    if sparsity.BlockMapLength():
        raise ValueError("sparse weights in blocks")
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
    # A file pads the stored values to a round number of bytes.
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


def _read_operators(model: Any) -> tuple[Operator, ...]:
    graph = model.Subgraphs(0)
    return tuple(
        _read_operator(model, graph.Operators(index)) for index in range(graph.OperatorsLength())
    )


def _read_operator(model: Any, operator: Any) -> Operator:
    code = model.OperatorCodes(operator.OpcodeIndex())
    kind = _KINDS[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
    table, fields = _OPTIONS[kind]
    options: Options = {}
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
    """Replace DENSIFY and DEQUANTIZE, which only ever unpack constants, by their results."""
    tensors, operators = list(graph.tensors), []
    for operator in graph.operators:
        if operator.kind in {"DENSIFY", "DEQUANTIZE"}:
            data = tensors[operator.inputs[0]].data
            if data is None:
                raise ValueError(f"{operator.kind} of a value that is not constant")
            shape = tensors[operator.outputs[0]].shape
            tensors[operator.outputs[0]] = Tensor(shape, data.reshape(shape).astype(np.float32))
        else:
            operators.append(operator)
    return Graph(tuple(tensors), tuple(operators), graph.inputs, graph.outputs)
