"""Tests of `solutions.pose`: results, and errors for wrong input."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import vitruvian
from tests.mediapipe.solutions.fakes import IMAGE
from vitruvian.mediapipe.solutions import pose as pose_module

if TYPE_CHECKING:
    from tests.mediapipe.solutions.fakes import FakePose


# Results


@pytest.mark.usefixtures("native")
def test_messages_hold_the_numbers_of_the_native_pose() -> None:
    result = pose_module.Pose().process(IMAGE)
    numbers = np.arange(99, dtype=np.float32).reshape(33, 3)
    for message, name, expected in (
        (result.pose_landmarks, "NormalizedLandmarkList", numbers / 100),
        (result.pose_world_landmarks, "LandmarkList", -numbers),
    ):
        assert message.DESCRIPTOR.full_name == f"mediapipe.{name}"
        found = [(mark.x, mark.y, mark.z) for mark in message.landmark]
        assert np.array_equal(np.array(found, np.float32), expected)
        visibility = np.array([mark.visibility for mark in message.landmark], np.float32)
        assert np.array_equal(visibility, np.linspace(0, 1, 33, dtype=np.float32))
        assert all(mark.HasField("visibility") for mark in message.landmark)
        assert not any(mark.HasField("presence") for mark in message.landmark)


@pytest.mark.usefixtures("native")
def test_a_result_is_a_named_tuple() -> None:
    result = pose_module.Pose().process(IMAGE)
    assert type(result).__name__ == "SolutionOutputs"
    assert result._fields == ("pose_landmarks", "pose_world_landmarks", "segmentation_mask")
    assert result.segmentation_mask is not None
    assert result.segmentation_mask.shape == (4, 6)
    assert result.segmentation_mask.dtype == np.float32
    with pytest.raises(ValueError, match="read-only"):
        result.segmentation_mask[0, 0] = 0


@pytest.mark.usefixtures("native")
def test_without_a_person_all_fields_are_none() -> None:
    assert pose_module.Pose().process(np.zeros((4, 6, 3), np.uint8)) == (None, None, None)


def test_frames_are_a_thirtieth_of_a_second_apart(native: type[FakePose]) -> None:
    pose = pose_module.Pose()
    for _ in range(3):
        pose.process(IMAGE)
    pose.reset()
    pose.process(image=IMAGE)
    assert native.made[0].times_s == [0.033333, 0.066666, 0.099999, 0.133332]
    assert native.made[0].resets == 1


def test_a_rejected_frame_also_advances_the_time(frames: list[np.ndarray]) -> None:
    with (
        pose_module.Pose(model_complexity=0) as pose,
        vitruvian.Pose(model_complexity=0) as native,
    ):
        pose.process(frames[0])
        with pytest.raises(ValueError, match="three channel rgb data"):
            pose.process(frames[1][:, :, :1])
        found = pose.process(frames[2]).pose_landmarks
        native.process(frames[0], 0.033333)
        expected = native.process(frames[2], 0.099999).pose_landmarks[0]
    assert [(mark.x, mark.y, mark.z) for mark in found.landmark] == [(*xyz,) for xyz in expected]


def test_the_numbers_are_equal_to_those_of_the_native_pose(frames: list[np.ndarray]) -> None:
    options: dict[str, Any] = {"model_complexity": 0, "enable_segmentation": True}
    with (
        pose_module.Pose(**options) as pose,
        vitruvian.Pose(**options) as native,
    ):
        for number, frame in enumerate(frames[:5], start=1):
            found, expected = pose.process(frame), native.process(frame, number * 33_333 / 1e6)
            for message, points in (
                (found.pose_landmarks, expected.pose_landmarks[0]),
                (found.pose_world_landmarks, expected.pose_world_landmarks[0]),
            ):
                marks = [(mark.x, mark.y, mark.z) for mark in message.landmark]
                assert np.array_equal(np.array(marks, np.float32), points)
            assert expected.segmentation_masks is not None
            assert np.array_equal(found.segmentation_mask, expected.segmentation_masks[0])


def test_reset_starts_a_new_video(frames: list[np.ndarray]) -> None:
    with pose_module.Pose(model_complexity=0) as pose:
        first = [pose.process(frame).pose_landmarks for frame in frames[:3]]
        pose.reset()
        assert [pose.process(frame).pose_landmarks for frame in frames[:3]] == first


# Invalid input


@pytest.mark.parametrize(
    ("image", "builtin_type"),
    [
        (None, AttributeError),
        ([[[1, 2, 3]]], AttributeError),
        (np.zeros((9, 9), np.uint8), IndexError),
        (np.zeros((9, 9, 4), np.uint8), ValueError),
        (np.zeros((9, 9, 3), np.float32), TypeError),
        (np.zeros((9, 9, 3), np.int64), TypeError),
        (np.zeros((0, 9, 3), np.uint8), RuntimeError),
    ],
)
def test_an_invalid_image_raises_an_error(image: Any, builtin_type: type[Exception]) -> None:
    with (
        pose_module.Pose(model_complexity=0) as pose,
        pytest.raises(vitruvian.FrameError) as raised,
    ):
        pose.process(image)
    assert isinstance(raised.value, builtin_type)


def test_the_message_for_four_channels_is_mediapipes() -> None:
    with (
        pose_module.Pose(model_complexity=0) as pose,
        pytest.raises(ValueError, match=r"^Input image must contain three channel rgb data"),
    ):
        pose.process(np.zeros((3, 3, 4), np.uint8))


def test_the_memory_layout_of_an_image_does_not_change_the_result(frames: list[np.ndarray]) -> None:
    read_only = frames[0].copy()
    read_only.flags.writeable = False
    with pose_module.Pose(static_image_mode=True, model_complexity=0) as pose:
        expected = pose.process(frames[0])
        for same in (read_only, np.asfortranarray(frames[0]), frames[0][:, ::-1][:, ::-1]):
            assert pose.process(same) == expected


@pytest.mark.usefixtures("native")
def test_every_method_except_reset_raises_an_error_after_close() -> None:
    pose = pose_module.Pose()
    with pose:
        pass
    pose.reset()
    for use in (pose.close, lambda: pose.process(IMAGE), lambda: pose.process(None)):
        with pytest.raises(vitruvian.ClosedError, match="closed") as raised:
            use()
        assert isinstance(raised.value, ValueError)


def test_two_threads_get_the_right_results(frames: list[np.ndarray]) -> None:
    with pose_module.Pose(static_image_mode=True, model_complexity=0) as pose:
        expected = [pose.process(frame).pose_landmarks for frame in frames]
        found: list[Any] = [None] * len(frames)

        def work(indices: range) -> None:
            for index in indices:
                found[index] = pose.process(frames[index]).pose_landmarks

        halves = range(0, len(frames), 2), range(1, len(frames), 2)
        threads = [Thread(target=work, args=(half,)) for half in halves]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == expected
