"""`vitruvian.mediapipe`: import paths and `solutions.pose`."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any

import cv2
import numpy as np
import pytest

import vitruvian
import vitruvian.mediapipe as mp
from vitruvian.media.opening import open_source
from vitruvian.skeleton import CONNECTIONS, LANDMARK_NAMES
from vitruvian.types import PoseResult

SAMPLE = Path(__file__).parents[2] / "samples" / "jumping_jacks.mp4"
pose_module = mp.solutions.pose


@pytest.fixture(scope="module")
def frames() -> list[np.ndarray]:
    with open_source(SAMPLE) as source:
        return [frame.image for frame, _ in zip(source, range(8), strict=False)]


class FakePose:
    """In the place of the native `Pose`: sees a person in all but black pictures."""

    made: list[FakePose]

    def __init__(self, **options: Any) -> None:
        self.options = options
        self.times_s: list[float] = []
        self.resets = 0
        FakePose.made.append(self)

    def process(self, image: np.ndarray, timestamp_s: float) -> PoseResult:
        self.times_s.append(timestamp_s)
        size = (image.shape[1], image.shape[0])
        others = {"image_size": size, "index": 0, "timestamp_s": timestamp_s}
        if not image.any():
            return PoseResult.empty(segmentation_masks=None, **others)
        numbers = np.arange(99, dtype=np.float32).reshape(1, 33, 3)
        return PoseResult(
            pose_landmarks=numbers / 100,
            pose_world_landmarks=-numbers,
            visibility=np.linspace(0, 1, 33, dtype=np.float32)[np.newaxis],
            presence=np.zeros((1, 33), np.float32),
            scores=np.ones(1, np.float32),
            ids=np.ones(1, np.int64),
            segmentation_masks=np.ones((1, *image.shape[:2]), np.float32),
            **others,
        )

    def reset(self) -> None:
        self.resets += 1

    def close(self) -> None:
        pass


@pytest.fixture
def native(monkeypatch: pytest.MonkeyPatch) -> type[FakePose]:
    FakePose.made = []
    monkeypatch.setattr(vitruvian, "Pose", FakePose, raising=False)
    return FakePose


PICTURE = np.full((4, 6, 3), 9, np.uint8)


# Names and paths


def test_every_import_path_leads_to_the_same_module() -> None:
    assert importlib.import_module("vitruvian.mediapipe.python.solutions.pose") is pose_module
    assert importlib.import_module("vitruvian.mediapipe.solutions.pose") is pose_module
    assert mp.python.solutions.pose is pose_module
    formats = importlib.import_module("vitruvian.mediapipe.framework.formats")
    landmark_pb2 = importlib.import_module("vitruvian.mediapipe.framework.formats.landmark_pb2")
    assert mp.framework.formats is formats
    assert formats.landmark_pb2 is landmark_pb2
    connections = importlib.import_module("vitruvian.mediapipe.python.solutions.pose_connections")
    assert connections.POSE_CONNECTIONS is pose_module.POSE_CONNECTIONS


@pytest.mark.parametrize("name", ["nonsense", "python.nonsense", "python.solutions.hands"])
def test_there_is_no_module_of_another_name(name: str) -> None:
    with pytest.raises(ModuleNotFoundError, match=r"nonsense|hands"):
        importlib.import_module(f"vitruvian.mediapipe.{name}")


def test_another_solution_may_be_named_but_not_used() -> None:
    hands = mp.solutions.hands
    with pytest.raises(AttributeError, match=r"no hands\.Hands: .* only pose"):
        hands.Hands  # noqa: B018
    for owner in (mp, mp.solutions):
        with pytest.raises(AttributeError, match="nonsense"):
            owner.nonsense  # noqa: B018


def test_importing_loads_nothing_heavy() -> None:
    heavy = "{'cv2', 'onnxruntime', 'google.protobuf', 'matplotlib'}"
    code = f"import sys, vitruvian.mediapipe; sys.exit(str({heavy} & set(sys.modules) or ''))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_landmarks_and_connections_are_the_skeletons() -> None:
    names = tuple(landmark.name.lower() for landmark in mp.solutions.pose.PoseLandmark)
    assert names == LANDMARK_NAMES
    assert pose_module.PoseLandmark.LEFT_WRIST == 15
    assert isinstance(pose_module.POSE_CONNECTIONS, frozenset)
    assert {*CONNECTIONS} == pose_module.POSE_CONNECTIONS


# Options


def test_the_options_are_mediapipes(native: type[FakePose]) -> None:
    signature = inspect.signature(pose_module.Pose)
    assert {name: option.default for name, option in signature.parameters.items()} == {
        "static_image_mode": False,
        "model_complexity": 1,
        "smooth_landmarks": True,
        "enable_segmentation": False,
        "smooth_segmentation": True,
        "min_detection_confidence": 0.5,
        "min_tracking_confidence": 0.5,
    }
    given = (True, 2, False, True, False, 0.25, 0.75)
    pose_module.Pose(*given)
    by_name = dict(zip(signature.parameters, given, strict=True))
    assert native.made[0].options == by_name | {"engine": "litert"}  # alone has the same numbers


def test_numbers_that_mediapipe_takes_for_options_are_taken(native: type[FakePose]) -> None:
    pose_module.Pose(1, np.int64(0), 1, np.True_, 1)
    pose_module.Pose(0, True)
    first, second = (made.options for made in native.made)
    assert [*first.values()][:5] == [True, 0, True, True, True]
    assert [*second.values()][:2] == [False, 1]
    assert all(type(made.options["model_complexity"]) is int for made in native.made)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("model_complexity", 3),
        ("model_complexity", -1),
        ("model_complexity", "full"),
        ("model_complexity", 1.0),
        ("model_complexity", None),
        ("static_image_mode", "yes"),
        ("smooth_landmarks", 0),
        ("smooth_landmarks", None),
        ("enable_segmentation", 1),
        ("smooth_segmentation", np.ones(2)),
        ("min_detection_confidence", 1.5),
        ("min_detection_confidence", "0.5"),
        ("min_tracking_confidence", float("nan")),
        ("min_tracking_confidence", None),
    ],
)
def test_other_options_are_refused(option: str, value: Any) -> None:
    with pytest.raises(vitruvian.OptionError, match=rf"^{option} is .*: give ") as raised:
        pose_module.Pose(**{option: value})
    assert isinstance(raised.value, (TypeError, ValueError))
    assert isinstance(raised.value, TypeError)


# Results


@pytest.mark.usefixtures("native")
def test_messages_hold_the_native_numbers() -> None:
    result = pose_module.Pose().process(PICTURE)
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
    result = pose_module.Pose().process(PICTURE)
    assert type(result).__name__ == "SolutionOutputs"
    assert result._fields == ("pose_landmarks", "pose_world_landmarks", "segmentation_mask")
    assert result.segmentation_mask is not None
    assert result.segmentation_mask.shape == (4, 6)
    assert result.segmentation_mask.dtype == np.float32
    with pytest.raises(ValueError, match="read-only"):
        result.segmentation_mask[0, 0] = 0


@pytest.mark.usefixtures("native")
def test_nobody_is_none() -> None:
    assert pose_module.Pose().process(np.zeros((4, 6, 3), np.uint8)) == (None, None, None)


def test_every_call_takes_a_thirtieth_of_a_second(native: type[FakePose]) -> None:
    pose = pose_module.Pose()
    for _ in range(3):
        pose.process(PICTURE)
    pose.reset()
    pose.process(image=PICTURE)
    assert native.made[0].times_s == [0.033333, 0.066666, 0.099999, 0.133332]
    assert native.made[0].resets == 1


def test_a_refused_frame_takes_its_time(frames: list[np.ndarray]) -> None:
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


def test_the_numbers_are_those_of_the_native_pose(frames: list[np.ndarray]) -> None:
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


def test_after_reset_it_is_another_video(frames: list[np.ndarray]) -> None:
    with pose_module.Pose(model_complexity=0) as pose:
        first = [pose.process(frame).pose_landmarks for frame in frames[:3]]
        pose.reset()
        assert [pose.process(frame).pose_landmarks for frame in frames[:3]] == first


# Bad input


@pytest.mark.parametrize(
    ("image", "raised_there"),
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
def test_what_is_no_picture_is_refused(image: Any, raised_there: type[Exception]) -> None:
    with (
        pose_module.Pose(model_complexity=0) as pose,
        pytest.raises(vitruvian.FrameError) as raised,
    ):
        pose.process(image)
    assert isinstance(raised.value, raised_there)


def test_the_words_for_four_channels_are_mediapipes() -> None:
    with (
        pose_module.Pose(model_complexity=0) as pose,
        pytest.raises(ValueError, match=r"^Input image must contain three channel rgb data"),
    ):
        pose.process(np.zeros((3, 3, 4), np.uint8))


def test_any_memory_layout_gives_the_same(frames: list[np.ndarray]) -> None:
    read_only = frames[0].copy()
    read_only.flags.writeable = False
    with pose_module.Pose(static_image_mode=True, model_complexity=0) as pose:
        expected = pose.process(frames[0])
        for same in (read_only, np.asfortranarray(frames[0]), frames[0][:, ::-1][:, ::-1]):
            assert pose.process(same) == expected


@pytest.mark.usefixtures("native")
def test_use_after_close() -> None:
    pose = pose_module.Pose()
    with pose:
        pass
    pose.reset()
    for use in (pose.close, lambda: pose.process(PICTURE), lambda: pose.process(None)):
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


# A program


def test_what_a_pose_program_does(
    frames: list[np.ndarray], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures before a gray wall, their people in space, then a video: all calls of the guide."""
    shown: list[str] = []
    monkeypatch.setitem(sys.modules, "matplotlib", ModuleType("matplotlib"))
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", _Plots(shown))
    drawing, styles = mp.solutions.drawing_utils, mp.solutions.drawing_styles
    nobody = np.zeros((90, 120, 3), np.uint8)
    written = []
    with pose_module.Pose(
        static_image_mode=True,
        model_complexity=2,
        enable_segmentation=True,
        min_detection_confidence=0.5,
    ) as pose:
        for number, picture in enumerate((frames[0], nobody, frames[-1])):
            height, width, _ = picture.shape
            results = pose.process(picture)
            if not results.pose_landmarks:
                assert results.segmentation_mask is None
                continue
            nose = results.pose_landmarks.landmark[pose_module.PoseLandmark.NOSE]
            assert 0.4 < nose.x < 0.6
            assert abs(nose.x * width - 320) < 20
            assert abs(nose.y * height - 130) < 30
            is_person = np.stack((results.segmentation_mask,) * 3, axis=-1) > 0.1
            wall = np.full(picture.shape, 192, np.uint8)
            canvas = np.where(is_person, cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), wall)
            before = canvas.copy()
            drawing.draw_landmarks(
                canvas,
                results.pose_landmarks,
                pose_module.POSE_CONNECTIONS,
                landmark_drawing_spec=styles.get_default_pose_landmarks_style(),
            )
            assert (canvas[:10] == 192).all()
            assert 500 < (canvas != before).any(axis=2).sum() < 20_000
            written.append(tmp_path / f"{number}.png")
            assert cv2.imwrite(str(written[-1]), canvas)
            drawing.plot_landmarks(results.pose_world_landmarks, pose_module.POSE_CONNECTIONS)
    assert [path.stem for path in written] == ["0", "2"]
    assert shown == ["show", "show"]

    camera = cv2.VideoCapture(str(SAMPLE))
    found = 0
    with pose_module.Pose(min_detection_confidence=0.5, min_tracking_confidence=0.5) as pose:
        while camera.isOpened() and found < 5:
            success, image = camera.read()
            assert success
            image.flags.writeable = False
            image = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            results = pose.process(image)
            image.flags.writeable = True
            image = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
            drawing.draw_landmarks(
                image,
                results.pose_landmarks,
                pose_module.POSE_CONNECTIONS,
                landmark_drawing_spec=styles.get_default_pose_landmarks_style(),
            )
            assert (cv2.flip(image, 1) == (255, 138, 0)[::-1]).all(axis=2).any()
            found += results.pose_landmarks is not None
    camera.release()


class _Plots(ModuleType):
    """In the place of matplotlib.pyplot: takes every call, keeps those to `show`."""

    def __init__(self, shown: list[str]) -> None:
        super().__init__("matplotlib.pyplot")
        self._shown = shown

    def __getattr__(self, name: str) -> Any:
        def call(*_arguments: Any, **_keywords: Any) -> Any:
            if name == "show":
                self._shown.append(name)
            return self

        return call
