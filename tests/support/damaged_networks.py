"""Damaged .tflite files, made from a whole one: the same seed always makes the same file.

Half of them are damaged as bytes, and half of these in their tables. The others are valid
FlatBuffers whose fields contradict each other, which gets much deeper into a reader.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

# Numbers at which types and limits end, and some that are far too large for a size.
_NUMBERS = (
    *(-(2**31), -256, -2, -1, 0, 1, 2, 3, 4, 5, 7, 8, 64, 65, 127, 128, 255, 256, 1023, 4096),
    *(32_767, 32_768, 65_535, 65_536, 1_000_000, 2**24, 2**30, 2**31 - 1, 2**31, 2**32 - 1),
)
_OPTION_TABLES = 127  # codes of BuiltinOptions


def damaged(content: bytes, rng: Random) -> tuple[str, bytes]:
    """Return what was done to a .tflite file, and the damaged file."""
    if rng.random() < 0.5:
        return _with_wrong_fields(content, rng)
    if rng.random() < 0.5:
        return "damaged tables", bytes(_damage_tables(bytearray(content), rng))
    name, damage = rng.choice([*_DAMAGES.items()])
    return name, bytes(damage(bytearray(content), rng))


def _with_wrong_fields(content: bytes, rng: Random) -> tuple[str, bytes]:
    """Change fields of the model, and write it again."""
    model = _unpacked(content)
    undo: list[Callable[[], None]] = []
    names: list[str] = []
    try:
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            names += [_change_field(*_random_field(model, rng), rng, undo)]
        builder = flatbuffers.Builder(len(content) + 2**20)
        builder.Finish(model.Pack(builder), b"TFL3")
        return ", ".join(names), bytes(builder.Output())
    except (TypeError, AttributeError, ValueError, struct.error, OverflowError) as error:
        return f"{', '.join(names)}: cannot be packed ({error!r})", content[: len(content) // 2]
    finally:
        for restore in reversed(undo):
            restore()


@lru_cache(maxsize=4)
def _unpacked(content: bytes) -> Any:
    return schema.ModelT.InitFromObj(schema.Model.GetRootAs(bytearray(content), 0))


def _random_field(model: Any, rng: Random) -> tuple[Any, str]:
    """Walk from the model into one of its tables, and return it and the name of a field."""
    table = model
    if rng.random() < 0.95:  # the model itself has few fields
        graph = rng.choice(model.subgraphs)
        table = rng.choice((graph, *(rng.choice(group) for group in _groups(model, graph))))
    sparse = [tensor for tensor in model.subgraphs[0].tensors if tensor.sparsity]
    if sparse and rng.random() < 0.3:
        table = rng.choice(sparse)
        table = rng.choice((table, table.sparsity, rng.choice(table.sparsity.dimMetadata)))
    options = getattr(table, "builtinOptions", None)
    if options is not None and vars(options) and rng.random() < 0.6:
        table = options
    return table, rng.choice([*vars(table)])


def _groups(model: Any, graph: Any) -> Iterator[list[Any]]:
    yield from (model.operatorCodes, model.buffers)
    yield from (graph.tensors, graph.tensors, graph.operators, graph.operators)
    small = [
        buffer for buffer in model.buffers if buffer.data is not None and len(buffer.data) < 64
    ]
    yield small or model.buffers


def _change_field(table: Any, field: str, rng: Random, undo: list[Callable[[], None]]) -> str:
    before = getattr(table, field)
    undo.append(lambda: setattr(table, field, before))
    after = _changed(before, rng)
    setattr(table, field, after)
    shown = "a list" if isinstance(after, (list, np.ndarray)) and len(after) > 8 else repr(after)
    return f"{type(table).__name__}.{field} = {shown[:60]}"


def _changed(value: Any, rng: Random) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return rng.choice((*_NUMBERS, value + 1, value - 1, value * 2))
    if isinstance(value, (list, np.ndarray)) and len(value):
        return _changed_list(value, rng)
    if value is None or isinstance(value, list):
        return rng.choice((None, np.array([rng.choice(_NUMBERS[:-2])], np.int32)))
    return None


def _changed_list(values: Any, rng: Random) -> Any:
    numbers = isinstance(values, np.ndarray) or isinstance(values[0], int)
    changed = values.copy() if isinstance(values, np.ndarray) else [*values]
    first, second = rng.randrange(len(changed)), rng.randrange(len(changed))
    way = rng.randrange(6)
    if way == 0 and numbers:
        limits = np.iinfo(changed.dtype) if isinstance(changed, np.ndarray) else None
        number = rng.choice((*_NUMBERS[:-2], int(values[first]) + rng.choice((-1, 1))))
        changed[first] = number if limits is None else min(max(number, limits.min), limits.max)
    elif way == 1:
        changed[first], changed[second] = changed[second], changed[first]
    elif way == 2:
        changed[first] = changed[second]
    elif way == 3:
        return changed[: rng.randrange(len(changed))]
    elif way == 4:
        return changed[::-1]
    elif isinstance(changed, np.ndarray):
        return np.concatenate((changed, changed[: rng.choice((1, 2, len(changed)))]))
    else:
        return changed + changed[: rng.choice((1, 2, len(changed)))]
    return changed


def _truncate(content: bytearray, rng: Random) -> bytearray:
    return content[: rng.randrange(len(content))]


def _flip_bits(content: bytearray, rng: Random) -> bytearray:
    for _ in range(rng.choice((1, 4, 64, 1024))):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    return content


def _overwrite(content: bytearray, rng: Random) -> bytearray:
    """Overwrite a part, mostly weights, with one float16: infinite, not a number, huge or zero."""
    length = rng.choice((2, 200, 20_000, 2_000_000))
    for _ in range(rng.choice((1, 5))):
        position = 2 * rng.randrange(len(content) // 2)
        size = min(length, (len(content) - position) // 2 * 2)
        number = rng.choice((np.inf, -np.inf, np.nan, 65504, -65504, 0))
        content[position : position + size] = np.full(size // 2, number, np.float16).tobytes()
    return content


def _extend(content: bytearray, rng: Random) -> bytearray:
    position = rng.randrange(len(content))
    return content[:position] + rng.randbytes(rng.choice((1, 2, 4, 16, 1000))) + content[position:]


def _cut_out(content: bytearray, rng: Random) -> bytearray:
    position = rng.randrange(len(content))
    del content[position : position + rng.choice((1, 2, 4, 16, 1000))]
    return content


def _damage_header(content: bytearray, rng: Random) -> bytearray:
    struct.pack_into("<i", content, 4 * rng.randrange(16), _int32(rng))
    return content


def _damage_tables(content: bytearray, rng: Random) -> bytearray:
    """Overwrite offsets, lengths and numbers of tables."""
    model = schema.Model.GetRootAs(content, 0)
    graph = model.Subgraphs(0)
    tables = [model, graph, model.OperatorCodes(rng.randrange(model.OperatorCodesLength()))]
    for _ in range(rng.choice((1, 1, 2, 8))):
        tables += [
            graph.Tensors(rng.randrange(graph.TensorsLength())),
            graph.Operators(rng.randrange(graph.OperatorsLength())),
            model.Buffers(rng.randrange(model.BuffersLength())),
        ]
    last = len(content) - 4
    for table in rng.sample(tables, rng.choice((1, 1, 2, 3))):
        start = table._tab.Pos
        if rng.random() < 0.2:  # the list of the table's fields
            start -= _read_int32(content, start)
        position = min(start + rng.choice((2, 4)) * rng.randrange(10), last)
        if rng.random() < 0.5:  # the start of a list or table to which the field points
            position = abs(position + _read_int32(content, position)) % last
        if rng.random() < 0.2:
            struct.pack_into("<b", content, position, rng.randrange(-128, 128))
        else:
            struct.pack_into("<i", content, position, _int32(rng))
    return content


def _read_int32(content: bytearray, position: int) -> int:
    number: int = struct.unpack_from("<i", content, position)[0]
    return number


def _int32(rng: Random) -> int:
    number = rng.choice((*_NUMBERS, rng.randrange(2**32))) % 2**32
    return number - 2**32 if number >= 2**31 else number


_DAMAGES: dict[str, Callable[[bytearray, Random], bytearray]] = {
    "truncated": _truncate,
    "flipped bits": _flip_bits,
    "overwritten": _overwrite,
    "extended": _extend,
    "cut out": _cut_out,
    "damaged header": _damage_header,
}
