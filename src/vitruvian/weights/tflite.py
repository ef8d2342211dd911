"""Reads a .tflite file into a graph, or opens it for LiteRT.

No file is trusted that does not have pinned bytes. It is read with checks, and LiteRT gets a file
that this package has written from what was read.
"""

from __future__ import annotations

import hashlib
import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ai_edge_litert import schema_py_generated as schema

from vitruvian.errors import WeightsError
from vitruvian.weights import catalogue, tflite_writer
from vitruvian.weights.graph import Graph, Operator, Tensor
from vitruvian.weights.sparsity import Level, Listed, Sparsity
from vitruvian.weights.tflite_checks import check
from vitruvian.weights.tflite_schema import CODES, DTYPES, OPTIONS
from vitruvian.weights.tflite_shapes import require

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

# Lists may overlap, so that a short file can claim to be large. Heavy has 1098 tensors, whose
# shapes have 4 numbers.
_MAX_TABLES = 10_000
_MAX_NUMBERS = 64
_MAX_CONSTANT_BYTES = 2**28  # Heavy has 28 MB, or 55 MB in float32
_MAX_FILE_BYTES = 100_000_000

# What reading a broken file raises: flatbuffers raises TypeError for an offset out of its range.
_ERRORS = (struct.error, IndexError, KeyError, MemoryError, TypeError, ValueError)

_KINDS = {code: kind for kind, code in CODES.items()}


def read(path: Path) -> Graph:
    """Read a file as a graph whose weights are dense and float32.

    Raises:
        WeightsError: the file is not a .tflite file, is broken, or is not supported here.
    """
    with opened(path) as model:
        return read_stored(model).unpacked()


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Yield the root table, a `schema.Model`, of a file in memory that is safe to run.

    Raises:
        WeightsError: the file is not a .tflite file, is broken, or is not supported here.
    """
    try:
        require(path.stat().st_size <= _MAX_FILE_BYTES, "it is too long")
        content = path.read_bytes()
        if not schema.Model.ModelBufferHasIdentifier(content, 0):
            raise WeightsError(f"{path} is not a .tflite file: fetch it again.")
        if hashlib.sha256(content).hexdigest() not in _pinned_hashes():
            graph = read_stored(schema.Model.GetRootAs(content, 0))
            check(graph)
            content = tflite_writer.written(graph)
        yield schema.Model.GetRootAs(bytearray(content), 0)
    except (*_ERRORS, OSError) as error:
        raise WeightsError(
            f"{path} is broken or uses features that are not supported here: {error!r}; fetch it "
            "again."
        ) from error


def _pinned_hashes() -> set[str]:
    return {file.sha256 for file in catalogue.WEIGHTS.values()}


def read_operators(model: Any) -> tuple[Operator, ...]:
    """Read the operators as they are stored, DENSIFY and DEQUANTIZE included.

    Args:
        model: what `opened` yields, within whose context this must be called.
    """
    codes = [
        _KINDS[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
        for code in _tables(model, "OperatorCodes")
    ]
    return tuple(
        _read_operator(codes[operator.OpcodeIndex()], operator)
        for operator in _tables(model.Subgraphs(0), "Operators")
    )


def read_stored(model: Any) -> Graph:
    """Read the graph as it is stored, with weights that are float16 or sparse.

    Args:
        model: the root table, a `schema.Model`, which may be broken in any way.

    Raises:
        Exception: one of `_ERRORS`, if the table is broken or has a feature that is not supported.
    """
    [subgraph] = _tables(model, "Subgraphs")
    buffers = _tables(model, "Buffers")
    tensors = []
    constant_bytes = 0
    for table in _tables(subgraph, "Tensors"):
        tensors.append(_read_tensor(table, buffers[table.Buffer()]))
        constant_bytes += _stored_bytes(tensors[-1])
        require(constant_bytes <= _MAX_CONSTANT_BYTES, "its weights are too large")
    return Graph(
        tensors=tuple(tensors),
        operators=read_operators(model),
        inputs=_numbers(subgraph, "Inputs"),
        outputs=_numbers(subgraph, "Outputs"),
    )


def _read_tensor(table: Any, buffer: Any) -> Tensor:
    shape = _numbers(table, "Shape")
    dtype = DTYPES[table.Type()]
    require(not (table.IsVariable() or buffer.Offset() or buffer.Size()), "it has variables")
    if not buffer.DataLength():
        return Tensor(shape, dtype)
    values = buffer.DataAsNumpy().view(dtype)
    sparsity = table.Sparsity()
    if sparsity:
        return Tensor(shape, dtype, values, _read_sparsity(sparsity))
    return Tensor(shape, dtype, values.reshape(shape))


def _read_sparsity(table: Any) -> Sparsity:
    require(not table.BlockMapLength(), "it has sparse weights in blocks")
    levels = tuple(_read_level(level) for level in _tables(table, "DimMetadata", _MAX_NUMBERS))
    return Sparsity(_numbers(table, "TraversalOrder"), levels)


def _read_level(table: Any) -> Level:
    if table.Format() == schema.DimensionType.DENSE:
        return int(table.DenseSize())
    return Listed(
        _index_vector(table.ArraySegmentsType(), table.ArraySegments()),
        _index_vector(table.ArrayIndicesType(), table.ArrayIndices()),
    )


def _index_vector(kind: int, table: Any) -> NDArray[Any]:
    vectors = {
        schema.SparseIndexVector.Int32Vector: schema.Int32Vector,
        schema.SparseIndexVector.Uint16Vector: schema.Uint16Vector,
        schema.SparseIndexVector.Uint8Vector: schema.Uint8Vector,
    }
    vector = vectors[kind]()
    require(table is not None, "a list of sparse positions is missing")
    vector.Init(table.Bytes, table.Pos)
    values: NDArray[Any] = vector.ValuesAsNumpy()
    return values


def _stored_bytes(tensor: Tensor) -> int:
    stored = [] if tensor.data is None else [tensor.data]
    for level in tensor.sparsity.levels if tensor.sparsity else ():
        if isinstance(level, Listed):
            stored += (level.segments, level.indices)
    return sum(array.nbytes for array in stored)


def _read_operator(kind: str, operator: Any) -> Operator:
    name, fields = OPTIONS[kind]
    options: dict[str, Any] = {}
    if name is not None:
        stored = operator.BuiltinOptions()
        type_ = getattr(schema.BuiltinOptions, name)
        require(stored and operator.BuiltinOptionsType() == type_, f"{kind} has no {name}")
        table = getattr(schema, name)()
        table.Init(stored.Bytes, stored.Pos)
        options = {field: getattr(table, field)() for field in fields}
    return Operator(kind, _numbers(operator, "Inputs"), _numbers(operator, "Outputs"), options)


def _tables(table: Any, field: str, limit: int = _MAX_TABLES) -> list[Any]:
    """Return the tables of a list."""
    length = getattr(table, f"{field}Length")()
    require(length <= limit, f"it has {length} {field}")
    return list(map(getattr(table, field), range(length)))


def _numbers(table: Any, field: str) -> tuple[int, ...]:
    """Return the numbers of a short list."""
    length = getattr(table, f"{field}Length")()
    require(length <= _MAX_NUMBERS, f"{field} has {length} numbers")
    return tuple(getattr(table, f"{field}AsNumpy")().tolist()) if length else ()
