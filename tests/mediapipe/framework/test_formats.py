"""Tests of the protobuf messages, which are compatible with MediaPipe's."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pytest
from google.protobuf import descriptor_pool, json_format, text_format

from vitruvian.mediapipe.framework.formats import detection_pb2, landmark_pb2, location_data_pb2

LIST = landmark_pb2.NormalizedLandmarkList
LOCATION = location_data_pb2.LocationData

# Serialized by the real package: a landmark with x, y, z and visibility, and a detection with two
# labels, which are packed.
LANDMARKS = bytes.fromhex("0a14 0d0000003f 150000803e 1d000080bf 250000403f")
LABELS = bytes.fromhex("1202 0102 1a08 0000003f 0000803e")


def test_fields_have_the_same_numbers_as_in_mediapipe() -> None:
    landmark = {"x": 0.5, "y": 0.25, "z": -1, "visibility": 0.75}
    assert LIST(landmark=[landmark]).SerializeToString() == LANDMARKS
    assert LIST.FromString(LANDMARKS).landmark[0].visibility == 0.75
    detection = detection_pb2.Detection(label_id=[1, 2], score=[0.5, 0.25])
    assert detection.SerializeToString() == LABELS


@pytest.mark.parametrize("name", ["Landmark", "NormalizedLandmark"])
def test_a_field_knows_whether_it_was_set(name: str) -> None:
    landmark = getattr(landmark_pb2, name)(x=0)
    assert [landmark.HasField(field) for field in ("x", "visibility", "presence")] == [
        True,
        False,
        False,
    ]
    landmark.visibility = 0
    assert landmark.HasField("visibility")
    landmark.ClearField("visibility")
    assert not landmark.HasField("visibility")


def messages() -> list[Any]:
    world = landmark_pb2.LandmarkList(landmark=[{"x": 1, "presence": 0.5}, {}])
    box = LOCATION.RelativeBoundingBox(xmin=0.1, ymin=0.2, width=0.3, height=0.4)
    location = LOCATION(
        format=LOCATION.RELATIVE_BOUNDING_BOX,
        relative_bounding_box=box,
        relative_keypoints=[LOCATION.RelativeKeypoint(x=0.5, y=0.5, keypoint_label="hip")],
    )
    mask = LOCATION(format="MASK", mask={"width": 3, "height": 2})
    mask.mask.rasterization.interval.add(y=1, left_x=0, right_x=2)
    detection = detection_pb2.Detection(label=["person"], score=[1], location_data=location)
    detection.associated_detections.add(id=3, confidence=0.5)
    return [
        LIST.FromString(LANDMARKS),
        world,
        landmark_pb2.LandmarkListCollection(landmark_list=[world, world]),
        landmark_pb2.NormalizedLandmarkListCollection(landmark_list=[LIST()]),
        mask,
        detection,
        detection_pb2.DetectionList(detection=[detection] * 2),
    ]


@pytest.mark.parametrize("message", messages(), ids=lambda message: type(message).__name__)
def test_messages_survive_all_kinds_of_serialization(message: Any) -> None:
    kind = type(message)
    assert message.DESCRIPTOR.full_name == f"mediapipe.{kind.__name__}"
    assert kind.FromString(message.SerializeToString()) == message
    assert text_format.Parse(text_format.MessageToString(message), kind()) == message
    assert json_format.Parse(json_format.MessageToJson(message), kind()) == message
    assert pickle.loads(pickle.dumps(message)) == message
    assert copy.deepcopy(message) == message


def test_the_text_format_is_mediapipes() -> None:
    text = "landmark { x: 0.1 y: 0.5 presence: 0.5 } landmark { x: 0.5 y: 0.1 visibility: 0 }"
    first, second = text_format.Parse(text, LIST()).landmark
    assert (first.x, first.presence) == pytest.approx((0.1, 0.5))
    assert second.HasField("visibility")
    assert json_format.MessageToDict(first)["presence"] == 0.5
    detection = text_format.Parse("location_data { format: GLOBAL }", detection_pb2.Detection())
    assert detection.location_data.format == LOCATION.GLOBAL == 0


def test_the_formats_of_a_location_are_mediapipes() -> None:
    expected = [("GLOBAL", 0), ("BOUNDING_BOX", 1), ("RELATIVE_BOUNDING_BOX", 2), ("MASK", 3)]
    assert LOCATION.Format.items() == expected


def test_messages_are_not_registered_in_the_default_pool() -> None:
    with pytest.raises(KeyError):
        descriptor_pool.Default().FindMessageTypeByName("mediapipe.NormalizedLandmarkList")


def test_messages_can_hold_any_float32_value() -> None:
    values = np.array([np.nan, np.inf, -0.0, 1e-45], np.float32)
    landmark = landmark_pb2.Landmark(**dict(zip("xyz", values, strict=False)))
    back = landmark_pb2.Landmark.FromString(landmark.SerializeToString())
    assert np.array_equal([back.x, back.y, back.z], values[:3], equal_nan=True)
