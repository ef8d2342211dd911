"""The messages of the ONNX format that a network needs, built from a table of their fields.

The `onnx` package has the same messages, but also 30 MB of test data. The field numbers are those
of onnx.proto, version 3 of the intermediate representation.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_Field = descriptor_pb2.FieldDescriptorProto
_SCALARS = {
    "int64": _Field.TYPE_INT64,
    "int32": _Field.TYPE_INT32,
    "string": _Field.TYPE_STRING,
    "bytes": _Field.TYPE_BYTES,
}

# message: {field: (number, type, is repeated)}
_MESSAGES: dict[str, dict[str, tuple[int, str, bool]]] = {
    "AttributeProto": {
        "name": (1, "string", False),
        "i": (3, "int64", False),
        "s": (4, "bytes", False),
        "ints": (8, "int64", True),
        "type": (20, "int32", False),
    },
    "NodeProto": {
        "input": (1, "string", True),
        "output": (2, "string", True),
        "op_type": (4, "string", False),
        "attribute": (5, "AttributeProto", True),
    },
    "TensorProto": {
        "dims": (1, "int64", True),
        "data_type": (2, "int32", False),
        "name": (8, "string", False),
        "raw_data": (9, "bytes", False),
    },
    "DimensionProto": {"dim_value": (1, "int64", False), "dim_param": (2, "string", False)},
    "ShapeProto": {"dim": (1, "DimensionProto", True)},
    "TensorTypeProto": {"elem_type": (1, "int32", False), "shape": (2, "ShapeProto", False)},
    "TypeProto": {"tensor_type": (1, "TensorTypeProto", False)},
    "ValueInfoProto": {"name": (1, "string", False), "type": (2, "TypeProto", False)},
    "GraphProto": {
        "node": (1, "NodeProto", True),
        "name": (2, "string", False),
        "initializer": (5, "TensorProto", True),
        "input": (11, "ValueInfoProto", True),
        "output": (12, "ValueInfoProto", True),
    },
    "OperatorSetIdProto": {"domain": (1, "string", False), "version": (2, "int64", False)},
    "ModelProto": {
        "ir_version": (1, "int64", False),
        "producer_name": (2, "string", False),
        "graph": (7, "GraphProto", False),
        "opset_import": (8, "OperatorSetIdProto", True),
    },
}


def _build() -> dict[str, Any]:
    # ONNX is proto2, which writes a field that is set to zero: an attribute may be zero.
    file = descriptor_pb2.FileDescriptorProto(
        name="vitruvian/onnx.proto", package="onnx", syntax="proto2"
    )
    for message_name, fields in _MESSAGES.items():
        message = file.message_type.add(name=message_name)
        for name, (number, kind, repeated) in fields.items():
            message.field.add(
                name=name,
                number=number,
                type=_SCALARS.get(kind, _Field.TYPE_MESSAGE),
                type_name=None if kind in _SCALARS else f".onnx.{kind}",
                label=_Field.LABEL_REPEATED if repeated else _Field.LABEL_OPTIONAL,
            )
    pool = descriptor_pool.DescriptorPool()  # not the default pool, which the `onnx` package uses
    pool.Add(file)
    return {
        name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"onnx.{name}"))
        for name in _MESSAGES
    }


class AttributeType(IntEnum):
    """The type of an attribute's value (AttributeProto.AttributeType)."""

    INT = 2
    STRING = 3
    INTS = 7


ModelProto = _build()["ModelProto"]
