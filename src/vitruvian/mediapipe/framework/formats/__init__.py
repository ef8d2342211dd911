"""The protobuf messages that pose programs use: landmarks and detections.

They have the same names and fields as MediaPipe's messages, so that each package can read what the
other one serialized. They are registered in a descriptor pool of their own, so that both packages
can be imported in one process.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from typing import TYPE_CHECKING, Any

from google.protobuf import descriptor, descriptor_pb2, descriptor_pool, message_factory

if TYPE_CHECKING:
    from collections.abc import Iterator

# {module: {message: fields}}. In all of these messages, a field's number is its position, from 1.
_MODULES = {
    "landmark_pb2": {
        "Landmark": "float x, float y, float z, float visibility, float presence",
        "LandmarkList": "repeated Landmark landmark",
        "LandmarkListCollection": "repeated LandmarkList landmark_list",
        "NormalizedLandmark": "float x, float y, float z, float visibility, float presence",
        "NormalizedLandmarkList": "repeated NormalizedLandmark landmark",
        "NormalizedLandmarkListCollection": "repeated NormalizedLandmarkList landmark_list",
    },
    "location_data_pb2": {
        "Rasterization": "repeated Rasterization.Interval interval",
        "Rasterization.Interval": "required int32 y, required int32 left_x, required int32 right_x",
        "LocationData": "LocationData.Format format, LocationData.BoundingBox bounding_box, "
        "LocationData.RelativeBoundingBox relative_bounding_box, LocationData.BinaryMask mask, "
        "repeated LocationData.RelativeKeypoint relative_keypoints",
        "LocationData.BoundingBox": "int32 xmin, int32 ymin, int32 width, int32 height",
        "LocationData.RelativeBoundingBox": "float xmin, float ymin, float width, float height",
        "LocationData.BinaryMask": "int32 width, int32 height, Rasterization rasterization",
        "LocationData.RelativeKeypoint": "float x, float y, string keypoint_label, float score",
    },
    "detection_pb2": {
        "Detection": "repeated string label, packed int32 label_id, packed float score, "
        "LocationData location_data, string feature_tag, string track_id, int64 detection_id, "
        "repeated Detection.AssociatedDetection associated_detections, "
        "repeated string display_name, int64 timestamp_usec",
        "Detection.AssociatedDetection": "int32 id, float confidence",
        "DetectionList": "repeated Detection detection",
    },
}
# The values of LocationData.Format, numbered from 0.
_LOCATION_FORMATS = ("GLOBAL", "BOUNDING_BOX", "RELATIVE_BOUNDING_BOX", "MASK")

_Field = descriptor_pb2.FieldDescriptorProto
_SCALARS = {
    "float": _Field.TYPE_FLOAT,
    "int32": _Field.TYPE_INT32,
    "int64": _Field.TYPE_INT64,
    "string": _Field.TYPE_STRING,
}
_LABELS = {
    "optional": _Field.LABEL_OPTIONAL,
    "required": _Field.LABEL_REQUIRED,
    "repeated": _Field.LABEL_REPEATED,
    "packed": _Field.LABEL_REPEATED,
}


def _declare_messages() -> descriptor.FileDescriptor:
    """Declare the messages of the tables, in proto2, where a field knows whether it was set."""
    file = descriptor_pb2.FileDescriptorProto(
        name="vitruvian/mediapipe.proto", package="mediapipe", syntax="proto2"
    )
    declared: dict[str, Any] = {}
    for messages in _MODULES.values():
        for full_name, fields in messages.items():
            outer, _, name = full_name.rpartition(".")
            siblings = declared[outer].nested_type if outer else file.message_type
            declared[full_name] = siblings.add(name=name, field=_fields(fields))
    location_format = declared["LocationData"].enum_type.add(name="Format")
    for number, name in enumerate(_LOCATION_FORMATS):
        location_format.value.add(name=name, number=number)

    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return pool.FindFileByName(file.name)


def _fields(text: str) -> Iterator[descriptor_pb2.FieldDescriptorProto]:
    """Parse the fields of one message of the table."""
    for number, declaration in enumerate(text.split(", "), start=1):
        *label, kind, name = declaration.split()
        field = _Field(name=name, number=number, label=_LABELS[label[0] if label else "optional"])
        if kind in _SCALARS:
            field.type = _SCALARS[kind]
        else:
            field.type_name = f".mediapipe.{kind}"
        if "packed" in label:
            field.options.packed = True
        yield field


def _module(name: str, file: descriptor.FileDescriptor) -> Any:
    """Create a module that can be imported, with a class for each of its messages."""
    module: Any = module_from_spec(ModuleSpec(f"{__name__}.{name}", loader=None))
    module.DESCRIPTOR = file
    for message_name in _MODULES[name]:
        if "." not in message_name:  # nested messages are attributes of the outer ones
            message = message_factory.GetMessageClass(file.message_types_by_name[message_name])
            message.__module__ = module.__name__  # pickle imports the class from there
            setattr(module, message_name, message)
    sys.modules[module.__name__] = module
    return module


_FILE = _declare_messages()
landmark_pb2 = _module("landmark_pb2", _FILE)
location_data_pb2 = _module("location_data_pb2", _FILE)
detection_pb2 = _module("detection_pb2", _FILE)
