"""`vitruvian.mediapipe.tasks`: the current Python API, against numbers of MediaPipe 1.2.2."""

from __future__ import annotations

import importlib
import io
import logging
import struct
import subprocess
import sys
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from vitruvian.mediapipe.tasks.python import BaseOptions, vision

import vitruvian.mediapipe as mp
from vitruvian import media
from vitruvian.errors import ClosedError, EngineError, FrameError, OptionError, TimestampError
from vitruvian.mediapipe.solutions import drawing_utils as message_drawing
from vitruvian.mediapipe.tasks import bundle, containers, drawing_utils
from vitruvian.mediapipe.tasks.errors import (
    ArgumentTypeError,
    BundleError,
    BundleNotFoundError,
    NumPosesError,
    PictureError,
    PictureNotFoundError,
)
from vitruvian.mediapipe.tasks.live_stream import LiveStream
from vitruvian.mediapipe.tasks.people import People, turned
from vitruvian.skeleton import CONNECTIONS, LANDMARK_NAMES
from vitruvian.types import Detections, Landmarks, Region
from vitruvian.weights import store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vitruvian.types import Float32

DATA = Path(__file__).parent / "data"
NAMES = ("pose_detector.tflite", "pose_landmarks_detector.tflite")
RunningMode = vision.RunningMode


def picture(number: int) -> np.ndarray:
    return cv2.imread(str(DATA / f"jumping_jacks_{number}.png"))[..., ::-1]


STANDING, JUMPING = picture(0), picture(40)
GRAY = np.full_like(STANDING, 90)
PAIR = np.hstack([STANDING[:, 160:480], JUMPING[:, 160:480]])


def image(rgb: np.ndarray) -> mp.Image:
    return mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)


def half(rgb: np.ndarray, hidden: slice) -> np.ndarray:
    covered = rgb.copy()
    covered[:, hidden] = 90
    return covered


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.fixture(scope="module")
def networks() -> dict[str, bytes]:
    weights = ("pose_detection", "pose_landmark_lite")
    return {
        name: store.pull(weight).read_bytes() for name, weight in zip(NAMES, weights, strict=True)
    }


@pytest.fixture(scope="module")
def base(networks: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> BaseOptions:
    path = tmp_path_factory.mktemp("bundle") / "mine.task"
    path.write_bytes(zipped(networks))
    return BaseOptions(model_asset_path=str(path))


@pytest.fixture(scope="module")
def still(base: BaseOptions) -> Iterator[vision.PoseLandmarker]:
    options = vision.PoseLandmarkerOptions(base, output_segmentation_masks=True)
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        yield landmarker


def make(base: BaseOptions, **options: Any) -> vision.PoseLandmarker:
    return vision.PoseLandmarker.create_from_options(vision.PoseLandmarkerOptions(base, **options))


def places(result: vision.PoseLandmarkerResult) -> list[list[tuple[float, float]]]:
    """Where nose, right wrist and right foot of each person are."""
    return [[(person[n].x, person[n].y) for n in (0, 16, 32)] for person in result.pose_landmarks]


def approx(expected: Sequence[Sequence[tuple[float, float]]]) -> Any:
    """Four digits, and what two runtimes may differ in them."""
    return [[pytest.approx(point, abs=5e-4) for point in person] for person in expected]


# What MediaPipe 1.2.2 says, with Lite.

STILLS: dict[str, tuple[np.ndarray, int, list[list[tuple[float, float]]]]] = {
    "standing": (STANDING, 0, [[(0.4999, 0.2783), (0.4212, 0.5749), (0.4393, 0.8873)]]),
    # What is found in the turned picture is not turned back.
    "turned by 90": (STANDING, 90, [[(0.45, 0.3872), (0.442, 0.4977), (0.5306, 0.8648)]]),
    "turned by 180": (STANDING, 180, [[(0.5119, 0.5926), (0.4551, 0.5695), (0.5014, 0.7936)]]),
    "turned by 270": (STANDING, 270, []),
    "turned by -270": (STANDING, -270, [[(0.45, 0.3872), (0.442, 0.4977), (0.5306, 0.8648)]]),
    "turned around": (STANDING, 720, [[(0.4999, 0.2783), (0.4212, 0.5749), (0.4393, 0.8873)]]),
}
VIDEO = [
    (0, STANDING, [[(0.4999, 0.2783), (0.4212, 0.5749), (0.4393, 0.8873)]]),
    (33, JUMPING, [[(0.4998, 0.2639), (0.3658, 0.1903), (0.378, 0.8669)]]),
    (66, STANDING, [[(0.4994, 0.2644), (0.4046, 0.5222), (0.4203, 0.8771)]]),
    (100, GRAY, []),
    (133, JUMPING, [[(0.4939, 0.2589), (0.3597, 0.1841), (0.3654, 0.8604)]]),
    (166, STANDING, [[(0.4954, 0.2682), (0.4184, 0.5596), (0.4341, 0.8795)]]),
]
ON_THE_LEFT = [(0.2463, 0.2803), (0.1738, 0.5695), (0.1907, 0.888)]
ON_THE_RIGHT = [(0.7452, 0.26), (0.6076, 0.1786), (0.6151, 0.8663)]
VIDEO_OF_TWO = [
    (1, half(PAIR, slice(320, None)), [[(0.2477, 0.2762), (0.171, 0.5729), (0.19, 0.8806)]]),
    (2, PAIR, [ON_THE_RIGHT, ON_THE_LEFT]),
    (3, half(PAIR, slice(320)), [[(0.7496, 0.2619), (0.6071, 0.1795), (0.6203, 0.8657)]]),
    (4, PAIR, [ON_THE_RIGHT, ON_THE_LEFT]),
]


@pytest.mark.parametrize("name", STILLS)
def test_stills_are_as_there(still: vision.PoseLandmarker, name: str) -> None:
    rgb, rotation_degrees, expected = STILLS[name]
    options = vision.ImageProcessingOptions(rotation_degrees=rotation_degrees)
    assert places(still.detect(image(rgb), options)) == approx(expected)


def test_one_person_in_video_is_followed_and_smoothed_as_there(base: BaseOptions) -> None:
    with make(base, running_mode=RunningMode.VIDEO) as landmarker:
        for timestamp_ms, rgb, expected in VIDEO:
            result = landmarker.detect_for_video(image(rgb), timestamp_ms)
            assert places(result) == approx(expected), timestamp_ms


def test_several_people_in_video_are_told_apart_as_there(base: BaseOptions) -> None:
    with make(base, running_mode=RunningMode.VIDEO, num_poses=2) as landmarker:
        for timestamp_ms, rgb, expected in VIDEO_OF_TWO:
            result = landmarker.detect_for_video(image(rgb), timestamp_ms)
            assert places(result) == approx(expected), timestamp_ms


def test_one_keyword_more_finds_whom_the_reference_misses(base: BaseOptions) -> None:
    with media.open_source(Path(__file__).parents[1] / "samples" / "jumping_jacks.mp4") as frames:
        mannequin = next(iter(frames)).image[:, 170:470]
    small = cv2.resize(mannequin, (140, 224), interpolation=cv2.INTER_AREA)
    crowd = image(np.ascontiguousarray(np.tile(small, (1, 5, 1))))
    with make(base, num_poses=9) as landmarker:
        usual = len(landmarker.detect(crowd).pose_landmarks)
    with make(base, num_poses=9, search="tiles") as landmarker:
        assert len(landmarker.detect(crowd).pose_landmarks) == 5 > usual
        turned_by = vision.ImageProcessingOptions(rotation_degrees=90)
        with pytest.raises(ValueError, match="rotation_degrees"):
            landmarker.detect(crowd, turned_by)
    with pytest.raises(ValueError, match="search is 'everywhere'"):
        make(base, search="everywhere")


def test_all_digits_are_as_there(base: BaseOptions) -> None:
    for num_poses, expected in (
        (1, [[(0.55034983, 0.28797188), (0.44587654, 0.20966694), (0.45343286, 0.89053166)]]),
        (2, [[(0.55084443, 0.27590668), (0.41407406, 0.19788873), (0.42004895, 0.8776735)]]),
    ):
        with make(base, running_mode=RunningMode.VIDEO, num_poses=num_poses) as landmarker:
            for step in range(8):
                rgb = np.roll((STANDING, JUMPING)[step % 2], (step, 5 * step), axis=(0, 1))
                result = landmarker.detect_for_video(image(rgb), 33 * (step + 1))
        assert places(result) == [
            [pytest.approx(point, abs=2e-7) for point in person] for person in expected
        ]


def test_all_that_a_result_has(still: vision.PoseLandmarker) -> None:
    result = still.detect(image(STANDING))
    (person,), (world,) = result.pose_landmarks, result.pose_world_landmarks
    assert len(person) == len(world) == len(vision.PoseLandmark) == 33
    nose = person[vision.PoseLandmark.NOSE]
    assert isinstance(nose, containers.NormalizedLandmark)
    assert (nose.z, nose.visibility, nose.presence) == pytest.approx((-0.3772, 1, 1), abs=1e-3)
    wrist = world[vision.PoseLandmark.RIGHT_WRIST]
    assert isinstance(wrist, containers.Landmark)
    assert (wrist.x, wrist.y, wrist.z) == pytest.approx((-0.2621, 0.0552, -0.1587), abs=1e-3)
    assert wrist.visibility == person[vision.PoseLandmark.RIGHT_WRIST].visibility
    assert wrist.visibility == pytest.approx(0.9744, abs=1e-3)
    assert nose.name is None

    (mask,) = result.segmentation_masks
    assert (mask.width, mask.height, mask.channels) == (640, 480, 1)
    assert mask.image_format == mp.ImageFormat.VEC32F1
    values = mask.numpy_view()
    assert (values.shape, values.dtype) == ((480, 640, 1), np.float32)
    assert (values.min(), values.max()) == (0, 1)
    assert values.mean() == pytest.approx(0.05879, abs=1e-4)


def test_nobody_is_there(base: BaseOptions, still: vision.PoseLandmarker) -> None:
    assert still.detect(image(GRAY)) == vision.PoseLandmarkerResult([], [], None)
    with make(base) as landmarker:
        assert landmarker.detect(image(STANDING)).segmentation_masks is None


def test_a_confidence_of_one_finds_nobody(base: BaseOptions) -> None:
    for name in ("min_pose_detection_confidence", "min_pose_presence_confidence"):
        with make(base, **{name: 1}) as landmarker:
            assert not landmarker.detect(image(STANDING)).pose_landmarks


def test_frames_may_change_their_size(base: BaseOptions) -> None:
    with make(base, running_mode=RunningMode.VIDEO) as landmarker:
        landmarker.detect_for_video(image(STANDING), 1)
        result = landmarker.detect_for_video(image(STANDING[::2, ::2]), 34)
    assert places(result) == approx([[(0.4986, 0.2763), (0.4213, 0.5708), (0.4383, 0.8858)]])


# The loop, with stand-ins for the stages.


def alignment(x: float, size: float) -> Float32:
    """Alignment points in a square picture of a body whose region, of 1.25 `size`, is at x."""
    return np.array(((x, 0.5), (x, 0.5 - size / 2)), np.float32)


class FakeStages:
    """A detector that sees bodies where it is told, and a landmarker that finds them there."""

    def __init__(self, *detected: tuple[float, float], scores: Sequence[float] = (1,) * 9) -> None:
        self.detected = np.array([alignment(*place) for place in detected], np.float32)
        self.scores = scores
        self.shown: float | None = None  # where landmarks are, if not in the region's middle
        self.searched: list[Region] = []
        self.looked: list[list[float]] = []

    def detect(self, _: np.ndarray, region: Region) -> Detections:
        self.searched.append(region)
        count = len(self.detected)
        keypoints = np.zeros((count, 4, 2), np.float32)
        keypoints[:, :2] = self.detected.reshape(count, 2, 2)
        return Detections(np.zeros((count, 4), np.float32), keypoints, np.ones(count, np.float32))

    def look(self, _: np.ndarray, regions: Sequence[Region]) -> Landmarks:
        self.looked.append([round(float(region.center_x), 3) for region in regions])
        count = len(regions)
        auxiliary = np.zeros((count, 2, 3), np.float32)
        for person, region in enumerate(regions):
            auxiliary[person, :, :2] = alignment(region.center_x, region.width / np.float32(1.25))
        shown = [region.center_x if self.shown is None else self.shown for region in regions]
        return Landmarks(
            landmarks=np.repeat(np.array(shown, np.float32), 99).reshape(count, 33, 3),
            auxiliary=auxiliary,
            world_landmarks=np.zeros((count, 33, 3), np.float32),
            visibility=np.ones((count, 33), np.float32),
            presence=np.ones((count, 33), np.float32),
            scores=np.array(self.scores[:count], np.float32),
            masks=None,
        )

    def people(self, num_poses: int, is_video: bool = True) -> Callable[[int], list[float]]:
        """Where people are in the frame at a time."""
        found = People(
            turned(self.detect),
            self.look,
            num_poses=num_poses,
            min_presence=0.5,
            min_tracking_overlap=0.5,
            is_video=is_video,
        )
        square = np.zeros((100, 100, 3), np.uint8)
        return lambda timestamp_ms: [
            round(float(x), 3) for x in found(square, timestamp_ms, 0).landmarks[:, 0, 0]
        ]


def test_in_pictures_people_come_in_the_detectors_order_and_may_overlap() -> None:
    stages = FakeStages((0.5, 0.2), (0.52, 0.2), (0.1, 0.2), scores=(1, 0.5, 1))
    assert stages.people(5, is_video=False)(0) == [0.5, 0.1]
    assert stages.people(2, is_video=False)(0) == [0.5]
    assert stages.looked == [[0.5, 0.52, 0.1], [0.5, 0.52]]


def test_in_video_of_regions_that_overlap_the_last_stays() -> None:
    stages = FakeStages((0.5, 0.2), (0.9, 0.2), (0.52, 0.2))
    assert stages.people(5)(1) == [0.9, 0.52]
    # Half of a square is shared by a third of both, which is not enough.
    assert FakeStages((0.5, 0.4), (0.75, 0.4)).people(5)(1) == [0.5, 0.75]


def test_the_detector_rests_while_enough_people_are_followed() -> None:
    stages = FakeStages((0.2, 0.2), (0.8, 0.2))
    people = stages.people(2)
    assert [people(time) for time in (1, 2, 3)] == [[0.2, 0.8]] * 3
    assert len(stages.searched) == 1
    stages.scores = (1, 0)  # the second is lost in this frame
    assert people(4) == [0.2]
    stages.scores = (1, 1)
    assert people(5) == [0.2, 0.8]
    assert len(stages.searched) == 2


def test_what_is_detected_takes_the_place_of_what_was_followed() -> None:
    stages = FakeStages((0.2, 0.2), (0.6, 0.2))
    people = stages.people(3)
    people(1)
    stages.detected = stages.detected[:1] + np.float32((0.01, 0))
    assert people(2) == [0.6, 0.21]
    assert len(stages.searched) == 2


def test_only_a_single_person_is_smoothed() -> None:
    for num_poses in (1, 2):
        stages = FakeStages((0.2, 0.2))
        people = stages.people(num_poses)
        assert people(33) == [0.2]
        stages.shown = 0.201
        (moved,) = people(66)
        assert (moved < 0.201) == (num_poses == 1)
        assert stages.looked[1] == [0.2]  # the region follows the body, not the landmarks


def test_whoever_was_lost_is_not_smoothed_with_whoever_comes() -> None:
    stages = FakeStages((0.2, 0.2))
    people = stages.people(1)
    people(33)
    stages.scores = (0.5,)  # has to be over the threshold
    assert people(66) == []
    stages.scores, stages.shown = (1,), 0.201
    assert people(99) == [0.201]


# Bundles


def test_every_way_to_name_a_model(base: BaseOptions, networks: dict[str, bytes]) -> None:
    path = base.model_asset_path
    assert path is not None
    expected = approx(STILLS["standing"][2])
    for landmarker in (
        vision.PoseLandmarker.create_from_model_path(path),
        make(BaseOptions(model_asset_buffer=zipped(networks))),
        make(BaseOptions("/nowhere/else.task", zipped(networks))),
        make(BaseOptions(path, delegate=BaseOptions.Delegate.CPU)),
        make(BaseOptions(path, delegate=BaseOptions.Delegate.DEFAULT)),
    ):
        with landmarker:
            assert places(landmarker.detect(image(STANDING))) == expected


def test_only_the_three_known_names_mean_our_own_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulled: list[str] = []
    monkeypatch.setattr(bundle.store, "pull", lambda name: pulled.append(name) or store.path(name))
    for model in ("lite", "full", "heavy"):
        bundle._network_paths(BaseOptions(str(tmp_path / f"pose_landmarker_{model}.task")))
    assert pulled[::2] == ["pose_detection"] * 3
    assert pulled[1::2] == [f"pose_landmark_{model}" for model in ("lite", "full", "heavy")]
    for name in ("pose_landmarker.task", "pose_landmarker_lite.zip", "hand_landmarker.task"):
        missing = str(tmp_path / name)
        with pytest.raises(BundleNotFoundError) as error:
            vision.PoseLandmarker.create_from_model_path(missing)
        assert isinstance(error.value, FileNotFoundError)
        assert str(error.value) == f"Unable to open file at {missing}"
    # One that is there is read, whatever its name.
    (tmp_path / "pose_landmarker_lite.task").write_bytes(b"nothing")
    with pytest.raises(BundleError, match="Unable to open zip archive"):
        vision.PoseLandmarker.create_from_model_path(str(tmp_path / "pose_landmarker_lite.task"))


def encrypted(content: bytes) -> bytes:
    """Says of its members that they are."""
    marked = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(signature)
        while at >= 0:
            marked[at + offset] |= 1
            at = marked.find(signature, at + 1)
    return bytes(marked)


TINY = dict.fromkeys(NAMES, b"network")
HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b" ", "Unable to open zip archive"),
    "garbage": (b"PK\x03\x04" * 1000, "Unable to open zip archive"),
    "cut": (zipped(TINY)[:-10], "Unable to open zip archive"),
    "compressed": (zipped(TINY, zipfile.ZIP_DEFLATED), "Expected uncompressed zip archive"),
    "encrypted": (encrypted(zipped(TINY)), "Expected uncompressed zip archive"),
    "damaged": (zipped(TINY).replace(b"network", b"netw0rk", 1), "Unable to open zip archive"),
    "no networks": (zipped(TINY), "pose_detector.tflite in the bundle cannot be used"),
    "empty": (zipped({}), "No file with name: pose_detector.tflite"),
    "without landmarks": (
        zipped({NAMES[0]: b"network"}),
        "No file with name: pose_landmarks_detector.tflite",
    ),
    "in a folder": (zipped({f"../{name}": b"network" for name in NAMES}), "No file with name"),
}


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITRUVIAN_HOME", str(tmp_path))


@pytest.mark.usefixtures("own_cache")
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_bundle_is_refused_in_one_sentence(name: str) -> None:
    content, words = HOSTILE[name]
    with pytest.raises(BundleError, match=words) as error:
        make(BaseOptions(model_asset_buffer=content))
    assert isinstance(error.value, RuntimeError)
    assert isinstance(error.value, ValueError)
    assert isinstance(error.value, FileNotFoundError) == words.startswith("No file")
    assert "\n" not in str(error.value)


@pytest.mark.usefixtures("own_cache")
def test_networks_have_to_be_those_their_names_say(networks: dict[str, bytes]) -> None:
    detector, landmarker = (networks[name] for name in NAMES)
    for members in (
        {NAMES[0]: landmarker, NAMES[1]: detector},
        {NAMES[0]: detector, NAMES[1]: detector},
    ):
        with pytest.raises(BundleError, match="in the bundle"):
            make(BaseOptions(model_asset_buffer=zipped(members)))


@pytest.mark.usefixtures("own_cache")
def test_no_damaged_directory_brings_another_error() -> None:
    whole, dice = np.frombuffer(zipped(TINY), np.uint8), np.random.default_rng(1)
    refused = 0
    for _ in range(500):
        damaged = whole.copy()
        damaged[dice.integers(len(whole), size=3)] = dice.integers(256, size=3)
        try:
            bundle._unpacked(damaged.tobytes())
        except BundleError:
            refused += 1
    assert refused > 100


def test_a_folder_or_a_pipe_is_no_bundle(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/zero")):
        with pytest.raises(BundleError):
            vision.PoseLandmarker.create_from_model_path(str(path))
    with pytest.raises(BundleError, match="null"):
        vision.PoseLandmarker.create_from_model_path("a\0.task")


# Options


BAD_OPTIONS: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"num_poses": 0}, NumPosesError, "from 1"),
    ({"num_poses": -3}, RuntimeError, "from 1"),
    ({"num_poses": 1.5}, TypeError, "whole number"),
    ({"num_poses": None}, TypeError, "whole number"),
    ({"min_pose_detection_confidence": -0.1}, OptionError, r"range \[0.0, 1.0\]"),
    ({"min_pose_detection_confidence": "0.5"}, TypeError, "from 0 to 1"),
    ({"min_pose_presence_confidence": 1.1}, ValueError, r"range \[0.0, 1.0\]"),
    ({"min_pose_presence_confidence": float("nan")}, ValueError, r"range \[0.0, 1.0\]"),
    ({"min_tracking_confidence": 2}, OptionError, "`min_tracking_confidence`"),
    ({"min_tracking_confidence": None}, TypeError, "from 0 to 1"),
    ({"running_mode": "VIDEO"}, AttributeError, "RunningMode"),
    ({"running_mode": RunningMode.LIVE_STREAM}, ValueError, "must be provided"),
    ({"running_mode": RunningMode.LIVE_STREAM, "result_callback": 5}, TypeError, "function"),
    ({"result_callback": print}, ValueError, "should not be provided"),
    ({"running_mode": RunningMode.VIDEO, "result_callback": print}, ValueError, "should not be"),
]


@pytest.mark.parametrize(("options", "kind", "words"), BAD_OPTIONS)
def test_bad_options_are_named(
    base: BaseOptions, options: dict[str, Any], kind: type[Exception], words: str
) -> None:
    with pytest.raises(OptionError, match=words) as error:
        make(base, **options)
    assert isinstance(error.value, kind)


def test_bad_base_options_are_named() -> None:
    for base, words in (
        (None, "BaseOptions"),
        (BaseOptions(model_asset_path=Path("a.task")), "string"),  # type: ignore[arg-type]
        (BaseOptions(model_asset_buffer=bytearray(b"a")), "bytes"),  # type: ignore[arg-type]
        (BaseOptions("a.task", delegate=1), "Delegate"),  # type: ignore[arg-type]
    ):
        with pytest.raises(ArgumentTypeError, match=words):
            make(base)  # type: ignore[arg-type]
    for base in (BaseOptions(), BaseOptions("")):
        with pytest.raises(ValueError, match="model_asset_path"):
            make(base)
    with pytest.raises(EngineError, match="CPU"):
        make(BaseOptions("a.task", delegate=BaseOptions.Delegate.GPU))
    with pytest.raises(ArgumentTypeError, match="PoseLandmarkerOptions"):
        vision.PoseLandmarker.create_from_options(BaseOptions())  # type: ignore[arg-type]


def test_the_defaults(base: BaseOptions) -> None:
    options = vars(vision.PoseLandmarkerOptions(base))
    assert options.pop("search") is None  # the one that is ours
    assert list(options.values()) == [base, RunningMode.IMAGE, 1, 0.5, 0.5, 0.5, False, None]
    assert list(options) == [
        "base_options",
        "running_mode",
        "num_poses",
        "min_pose_detection_confidence",
        "min_pose_presence_confidence",
        "min_tracking_confidence",
        "output_segmentation_masks",
        "result_callback",
    ]
    assert vars(BaseOptions()) == {
        "model_asset_path": None,
        "model_asset_buffer": None,
        "delegate": None,
    }
    assert vars(vision.ImageProcessingOptions()) == {
        "region_of_interest": None,
        "rotation_degrees": 0,
    }


# Calls


def test_each_mode_has_its_own_call(base: BaseOptions) -> None:
    calls: dict[str, Callable[[vision.PoseLandmarker], object]] = {
        "image": lambda landmarker: landmarker.detect(image(GRAY)),
        "video": lambda landmarker: landmarker.detect_for_video(image(GRAY), 1),
        "live stream": lambda landmarker: landmarker.detect_async(image(GRAY), 1),
    }
    for mode, own in zip(RunningMode, calls, strict=True):
        callback = {"result_callback": print} if mode is RunningMode.LIVE_STREAM else {}
        with make(base, running_mode=mode, **callback) as landmarker:
            for name, call in calls.items():
                if name != own:
                    with pytest.raises(ValueError, match="Task is not") as error:
                        call(landmarker)
                    assert str(error.value) == (
                        f"Task is not initialized with the {name} mode. "
                        f"Current running mode:{own} mode"
                    )


def test_after_close_nothing_goes(base: BaseOptions) -> None:
    landmarker = make(base)
    landmarker.close()
    landmarker.close()
    for call in (
        lambda: landmarker.detect(image(GRAY)),
        lambda: landmarker.detect_for_video(image(GRAY), 1),
        lambda: landmarker.detect_async(image(GRAY), 1),
    ):
        with pytest.raises(ClosedError, match="closed"):
            call()


def test_timestamps_have_to_increase(base: BaseOptions) -> None:
    with make(base, running_mode=RunningMode.VIDEO) as landmarker:
        landmarker.detect_for_video(image(GRAY), -5)
        landmarker.detect_for_video(image(GRAY), np.int64(7))
        for timestamp_ms in (7, 6, True):
            with pytest.raises(TimestampError) as error:
                landmarker.detect_for_video(image(GRAY), timestamp_ms)
            assert str(error.value) == "Input timestamp must be monotonically increasing."
        for timestamp_ms in (8.5, "9", None):
            with pytest.raises(ArgumentTypeError, match="milliseconds"):
                landmarker.detect_for_video(image(GRAY), timestamp_ms)
        landmarker.detect_for_video(image(GRAY), 8)


def test_what_a_picture_may_be(still: vision.PoseLandmarker) -> None:
    expected = approx(STILLS["standing"][2])
    transparent = np.dstack([STANDING, np.zeros(STANDING.shape[:2], np.uint8)])
    assert places(still.detect(mp.Image(mp.ImageFormat.SRGBA, transparent))) == expected
    gray = np.ascontiguousarray(STANDING[..., 0])
    for bad in (
        mp.Image(mp.ImageFormat.GRAY8, gray),
        mp.Image(mp.ImageFormat.GRAY16, gray.astype(np.uint16)),
        mp.Image(mp.ImageFormat.VEC32F1, gray.astype(np.float32)),
    ):
        with pytest.raises(FrameError, match=bad.image_format.name):
            still.detect(bad)
    for shape in ((0, 0, 3), (1, 40_000, 3)):
        with pytest.raises(FrameError, match="sides from 1"):
            still.detect(image(np.zeros(shape, np.uint8)))
    for other in (None, STANDING, "picture.png"):
        with pytest.raises(ArgumentTypeError, match="an Image"):
            still.detect(other)  # type: ignore[arg-type]
    assert places(still.detect(image(STANDING))) == expected


def test_what_may_be_done_to_a_picture(still: vision.PoseLandmarker) -> None:
    whole = containers.RectF(left=0, top=0, right=1, bottom=1)
    for options, words in (
        (vision.ImageProcessingOptions(rotation_degrees=45), "multiple of 90°"),
        (vision.ImageProcessingOptions(whole, 45), "multiple of 90°"),
        (vision.ImageProcessingOptions(whole), "doesn't support region-of-interest"),
        (vision.ImageProcessingOptions(rotation_degrees=90.0), "multiple of 90"),  # type: ignore[arg-type]
        ({"rotation_degrees": 90}, "ImageProcessingOptions"),
    ):
        with pytest.raises(OptionError, match=words):
            still.detect(image(GRAY), options)  # type: ignore[arg-type]


def test_threads_take_turns(base: BaseOptions, still: vision.PoseLandmarker) -> None:
    with ThreadPoolExecutor(4) as threads:
        found = threads.map(places, threads.map(still.detect, [image(STANDING)] * 8))
        assert list(found) == [approx(STILLS["standing"][2])] * 8
    with (
        make(base, running_mode=RunningMode.VIDEO) as landmarker,
        ThreadPoolExecutor(4) as threads,
    ):
        results = [
            threads.submit(landmarker.detect_for_video, image(STANDING), 5) for _ in range(4)
        ]
        errors = [result.exception() for result in results]
    assert [type(error) for error in errors if error] == [TimestampError] * 3


# Live streams


class Gate:
    """Work that waits until it is let go, a frame at a time."""

    def __init__(self) -> None:
        self.started = threading.Semaphore(0)
        self.allowed = threading.Semaphore(0)
        self.results: list[int] = []

    def work(self, frame: int) -> tuple[int]:
        self.started.release()
        assert self.allowed.acquire(timeout=10)
        return (frame,)


def test_of_the_frames_that_wait_the_newest_stays() -> None:
    gate = Gate()
    stream = LiveStream(gate.work, gate.results.append)
    for frame in range(5):
        stream.send(frame)
    gate.allowed.release()
    assert gate.started.acquire(timeout=10)
    assert gate.started.acquire(timeout=10)  # the first is done, the fifth is worked on
    for frame in range(5, 9):
        stream.send(frame)
    gate.allowed.release(2)
    stream.close()
    assert gate.results == [0, 4, 8]


def test_no_frame_is_dropped_where_there_is_time() -> None:
    gate = Gate()
    arrived = threading.Semaphore(0)

    def callback(frame: int) -> None:
        gate.results.append(frame)
        arrived.release()

    stream = LiveStream(gate.work, callback)
    for frame in range(5):
        gate.allowed.release()
        stream.send(frame)
        assert arrived.acquire(timeout=10)
    stream.close()
    assert gate.results == [0, 1, 2, 3, 4]


def test_a_slow_callback_holds_up_no_work() -> None:
    gate, worked = Gate(), threading.Semaphore(0)

    def work(frame: int) -> tuple[int]:
        worked.release()
        return (frame,)

    def callback(frame: int) -> None:
        assert gate.allowed.acquire(timeout=10)
        gate.results.append(frame)

    stream = LiveStream(work, callback)
    for frame in range(5):
        stream.send(frame)
        assert worked.acquire(timeout=10)
    assert gate.results == []
    gate.allowed.release(5)
    stream.close()
    assert gate.results == [0, 1, 2, 3, 4]


def test_what_work_or_callback_raise_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    results = []

    def work(frame: int) -> tuple[float]:
        return (1 / frame,)

    def callback(number: float) -> None:
        results.append(number)
        if number == 0.5:
            raise KeyError("mine")

    stream = LiveStream(work, callback)
    for frame in (0, 2, 4):
        stream.send(frame)
        stream._newest.exception()  # wait, so that nothing is dropped
    with caplog.at_level(logging.ERROR):
        stream.close()
    assert results == [0.5, 0.25]
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [
        ZeroDivisionError,
        KeyError,
    ]


def test_a_live_stream_calls_back_in_order(base: BaseOptions) -> None:
    calls: list[tuple[vision.PoseLandmarkerResult, mp.Image, int]] = []
    frame = image(STANDING)
    with make(
        base,
        running_mode=RunningMode.LIVE_STREAM,
        result_callback=lambda *arguments: calls.append(arguments),
    ) as landmarker:
        for timestamp_ms in range(0, 300, 30):
            landmarker.detect_async(frame, timestamp_ms)
        with pytest.raises(TimestampError, match="monotonically"):
            landmarker.detect_async(frame, 0)
    times = [timestamp_ms for _, _, timestamp_ms in calls]
    assert times == sorted(times)
    assert (times[0], times[-1]) == (0, 270)
    assert calls[0][1] is frame
    assert places(calls[0][0]) == approx(STILLS["standing"][2])


def test_a_callback_may_close_and_send(base: BaseOptions) -> None:
    done = threading.Event()

    def callback(_result: object, frame: mp.Image, timestamp_ms: int) -> None:
        if timestamp_ms < 3:
            landmarker.detect_async(frame, timestamp_ms + 1)
        else:
            landmarker.close()
            done.set()

    landmarker = make(base, running_mode=RunningMode.LIVE_STREAM, result_callback=callback)
    landmarker.detect_async(image(GRAY), 1)
    assert done.wait(10)


def test_a_program_that_forgets_to_close_ends(base: BaseOptions) -> None:
    code = f"""
import numpy as np
import vitruvian.mediapipe as mp
from vitruvian.mediapipe.tasks.python import vision
landmarker = vision.PoseLandmarker.create_from_options(vision.PoseLandmarkerOptions(
    mp.tasks.BaseOptions({base.model_asset_path!r}),
    running_mode=vision.RunningMode.LIVE_STREAM,
    result_callback=lambda result, image, timestamp_ms: print(timestamp_ms),
))
frame = mp.Image(mp.ImageFormat.SRGB, np.zeros((9, 9, 3), np.uint8))
for timestamp_ms in range(3):
    landmarker.detect_async(frame, timestamp_ms)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert done.stdout.split()[-1] == "2"


# Images


def test_an_image_keeps_its_pixels() -> None:
    rgb = np.arange(5 * 7 * 3, dtype=np.uint8).reshape(5, 7, 3)
    for pixels in (rgb, rgb[:, ::-1], rgb.transpose(1, 0, 2), rgb[::2, 1:]):
        assert np.array_equal(image(pixels).numpy_view(), pixels)
    frozen = rgb.copy()
    frozen.flags.writeable = False
    copied = image(frozen)
    same = image(rgb)
    rgb[:] = 0
    assert np.array_equal(same.numpy_view(), frozen)
    assert np.array_equal(copied.numpy_view(), frozen)
    view = same.numpy_view()
    assert view.flags.c_contiguous
    with pytest.raises(ValueError, match="read-only"):
        view[0, 0, 0] = 1


def test_how_an_image_lies_in_memory() -> None:
    narrow, wide = image(np.zeros((5, 7, 3), np.uint8)), image(np.zeros((5, 16, 3), np.uint8))
    assert (narrow.width, narrow.height, narrow.channels, narrow.step) == (7, 5, 3, 32)
    assert (wide.step, wide.is_contiguous(), narrow.is_contiguous()) == (48, True, False)
    assert narrow.is_aligned(16)
    assert not wide.is_aligned(32)
    assert not narrow.uses_gpu()
    assert not narrow.is_empty()
    assert narrow.image_format == mp.ImageFormat.SRGB == 1
    with pytest.raises(OptionError, match="power of two"):
        narrow.is_aligned(12)


@pytest.mark.parametrize(
    ("name", "dtype", "channels"),
    [
        ("GRAY8", np.uint8, 1),
        ("SRGB", np.uint8, 3),
        ("SRGBA", np.uint8, 4),
        ("GRAY16", np.uint16, 1),
        ("SRGB48", np.uint16, 3),
        ("SRGBA64", np.uint16, 4),
        ("VEC32F1", np.float32, 1),
        ("VEC32F2", np.float32, 2),
        ("VEC32F4", np.float32, 4),
    ],
)
def test_every_format(name: str, dtype: Any, channels: int) -> None:
    data = np.arange(6 * channels).reshape(2, 3, channels).astype(dtype)
    made = mp.Image(mp.ImageFormat[name], data)
    assert np.array_equal(made.numpy_view(), data)
    assert made[1, 2, channels - 1] == data[1, 2, channels - 1]
    if channels == 1:
        assert np.array_equal(mp.Image(mp.ImageFormat[name], data[..., 0]).numpy_view(), data)
    else:
        with pytest.raises(FrameError, match=f"too small: {data[..., 0].nbytes} "):
            mp.Image(mp.ImageFormat[name], data[..., 0])


def test_bad_images() -> None:
    srgb, zeros = mp.ImageFormat.SRGB, np.zeros
    for image_format, data, words in (
        (srgb, zeros(5, np.uint8), "Unsupported number of dimensions:1"),
        (srgb, zeros((5, 5, 3)), "Unsupported numpy data type: float64"),
        (srgb, zeros((5, 7), np.uint8), r"too small: 35 \(expected 105\)"),
        (srgb, zeros((5, 7, 4), np.uint8), r"too large: 140 \(expected 105\)"),
        (srgb, zeros((5, 7, 3), np.uint16), "SRGB .expected GRAY16, SRGB48, or SRGBA64 for uint16"),
        (5, zeros((5, 7, 3), np.uint8), "UNKNOWN .expected GRAY8, SRGB, or SRGBA for uint8_t"),
        (mp.ImageFormat.UNKNOWN, zeros((5, 7), np.float32), "UNKNOWN .expected VEC32F1"),
    ):
        with pytest.raises(FrameError, match=words):
            mp.Image(image_format, data)  # type: ignore[arg-type]
    with pytest.raises(ArgumentTypeError, match="numpy array"):
        mp.Image(srgb, [[1]])  # type: ignore[arg-type]


def test_numbers_of_an_image() -> None:
    rgb = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    assert image(rgb)[1, 2, 0] == 18
    gray = mp.Image(mp.ImageFormat.GRAY8, rgb[..., 0])
    assert gray[1, 2] == gray[1, 2, 0] == 18
    with pytest.raises(OptionError, match="Invalid index dimension: 2"):
        image(rgb)[1, 2]
    with pytest.raises(IndexError):
        gray[2, 0]


def oriented(jpeg: bytes, orientation: int) -> bytes:
    """The JPEG with EXIF data that say how to hold it."""
    tag = struct.pack("<HHIHH", 0x112, 3, 1, orientation, 0)
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0" + tag + b"\0\0\0\0"
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def test_images_from_files(tmp_path: Path) -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (8, 12, 3), np.uint8)
    rgba = np.dstack([rgb, rgb[..., :1]])
    path = tmp_path / "picture.png"
    for stored, expected, image_format in (
        (rgb[..., ::-1], rgb, mp.ImageFormat.SRGB),
        (rgba[..., (2, 1, 0, 3)], rgba, mp.ImageFormat.SRGBA),
        (rgb[..., 0], rgb[..., :1], mp.ImageFormat.GRAY8),
        (rgb[..., ::-1].astype(np.uint16) * 257, rgb, mp.ImageFormat.SRGB),
    ):
        cv2.imwrite(str(path), stored)
        read = mp.Image.create_from_file(str(path))
        assert read.image_format == image_format
        assert np.array_equal(read.numpy_view(), expected)

    jpeg = cv2.imencode(".jpg", rgb, [cv2.IMWRITE_JPEG_QUALITY, 100])[1].tobytes()
    path.write_bytes(jpeg)
    upright = mp.Image.create_from_file(str(path)).numpy_view()
    path.write_bytes(oriented(jpeg, 6))
    assert np.array_equal(
        mp.Image.create_from_file(str(path)).numpy_view(), np.rot90(upright, axes=(1, 0))
    )


def test_files_that_are_no_pictures(tmp_path: Path) -> None:
    with pytest.raises(PictureNotFoundError, match=r"Can't find file: nowhere\.png") as missing:
        mp.Image.create_from_file("nowhere.png")
    assert isinstance(missing.value, FileNotFoundError)
    for content in (b"", b"nothing", (DATA / "jumping_jacks_0.png").read_bytes()[:2000]):
        (tmp_path / "bad.png").write_bytes(content)
        with pytest.raises(PictureError, match="Failed to load image from file") as error:
            mp.Image.create_from_file(str(tmp_path / "bad.png"))
        assert isinstance(error.value, RuntimeError)
    with pytest.raises(PictureError, match="Error while reading file"):
        mp.Image.create_from_file(str(tmp_path))
    with pytest.raises(ArgumentTypeError, match="string"):
        mp.Image.create_from_file(None)  # type: ignore[arg-type]


# Names


PATHS = {
    "tasks.python": "BaseOptions",
    "tasks.python.vision": "PoseLandmarker",
    "tasks.vision": "RunningMode",
    "tasks.python.core.base_options": "BaseOptions",
    "tasks.python.components.containers": "NormalizedRect",
    "tasks.python.components.containers.landmark": "NormalizedLandmark",
    "tasks.python.components.containers.landmark_detection_result": "LandmarksDetectionResult",
    "tasks.python.components.containers.rect": "RectF",
    "tasks.python.components.containers.bounding_box": "BoundingBox",
    "tasks.python.components.containers.category": "Category",
    "tasks.python.components.containers.detections": "Detection",
    "tasks.python.components.containers.keypoint": "NormalizedKeypoint",
    "tasks.python.vision.core.image": "Image",
    "tasks.python.vision.core.image_processing_options": "ImageProcessingOptions",
    "tasks.python.vision.core.vision_task_running_mode": "VisionTaskRunningMode",
    "tasks.python.vision.drawing_styles": "get_default_pose_landmarks_style",
    "tasks.python.vision.drawing_utils": "draw_landmarks",
    "tasks.python.vision.pose_landmarker": "PoseLandmarkerOptions",
    "tasks.components.containers.landmark": "Landmark",
}


@pytest.mark.parametrize("path", PATHS)
def test_modules_have_the_references_names(path: str) -> None:
    name = PATHS[path]
    module = importlib.import_module(f"vitruvian.mediapipe.{path}")
    assert hasattr(module, name)
    package, _, last = f"vitruvian.mediapipe.{path}".rpartition(".")
    assert getattr(importlib.import_module(package), last) is module


def test_programs_import_them_in_a_fresh_process(tmp_path: Path) -> None:
    lines = [
        "import mediapipe as mp",
        "from mediapipe.tasks import python",
        "from mediapipe.tasks.python import vision",
        *(f"from mediapipe.{path} import {name}" for path, name in PATHS.items()),
        "assert mp.tasks.vision is python.vision is vision",
        "assert mp.tasks.BaseOptions is python.BaseOptions is BaseOptions",
        "assert mp.tasks.components.containers.NormalizedLandmark is NormalizedLandmark",
        "assert vision.RunningMode is VisionTaskRunningMode",
        "assert mp.Image is Image",
    ]
    (tmp_path / "program.py").write_text("\n".join(lines))
    done = subprocess.run(
        [sys.executable, "-m", "vitruvian.mediapipe", "program.py"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_what_is_named_is_what_it_should_be() -> None:
    assert [mark.name.lower() for mark in vision.PoseLandmark] == list(LANDMARK_NAMES)
    connections = vision.PoseLandmarksConnections.POSE_LANDMARKS
    assert {(line.start, line.end) for line in connections} == set(CONNECTIONS)
    assert connections[0] == vision.PoseLandmarksConnections.Connection(0, 1)
    assert containers.Landmark(1, 2) != containers.NormalizedLandmark(1, 2)
    assert containers.Landmark(x=1, name="a") == containers.Landmark(1, name="a")
    assert containers.NormalizedRect(0, 0, 1, 1).rotation == 0
    assert all(hasattr(vision, name) for name in vision.__all__)


# Drawing


def marks(*points: tuple[float, float], **fields: float) -> list[containers.NormalizedLandmark]:
    return [containers.NormalizedLandmark(x, y, 0, **fields) for x, y in points]


LINE = [vision.PoseLandmarksConnections.Connection(0, 1)]


def test_a_result_is_drawn_as_its_message_would_be(still: vision.PoseLandmarker) -> None:
    person = still.detect(image(STANDING)).pose_landmarks[0]
    fields = [
        SimpleNamespace(x=mark.x, y=mark.y, HasField=lambda _: True, visibility=1, presence=1)
        for mark in person
    ]
    style = vision.drawing_styles.get_default_pose_landmarks_style()
    ours, theirs = STANDING[..., ::-1].copy(), STANDING[..., ::-1].copy()
    drawing_utils.draw_landmarks(
        ours, person, vision.PoseLandmarksConnections.POSE_LANDMARKS, style
    )
    message_drawing.draw_landmarks(theirs, SimpleNamespace(landmark=fields), CONNECTIONS, style)
    assert np.array_equal(ours, theirs)
    assert not np.array_equal(ours, STANDING[..., ::-1])


def test_what_is_hidden_or_absent_is_not_drawn() -> None:
    for fields in ({"visibility": 0.4}, {"presence": 0.4}):
        canvas = np.zeros((50, 50, 3), np.uint8)
        drawing_utils.draw_landmarks(canvas, marks((0.2, 0.2), (0.8, 0.8), **fields), LINE)
        assert not canvas.any()
    drawing_utils.draw_landmarks(canvas, [])
    assert not canvas.any()
    drawing_utils.draw_landmarks(canvas, marks((0.2, 0.2)), is_drawing_landmarks=False)
    assert not canvas.any()
    drawing_utils.draw_landmarks(canvas, marks((0.2, 0.2), visibility=0.6))
    assert canvas.any()


def test_what_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="three channel bgr data"):
        drawing_utils.draw_landmarks(np.zeros((5, 5, 4), np.uint8), marks((0, 0)))
    with pytest.raises(ValueError, match="#0 to landmark #1"):
        drawing_utils.draw_landmarks(np.zeros((5, 5, 3), np.uint8), marks((0, 0)), LINE)
    with pytest.raises(ValueError, match="three channel bgr data"):
        drawing_utils.draw_detection(np.zeros((5, 5), np.uint8), detection())


def detection() -> containers.Detection:
    return containers.Detection(
        containers.BoundingBox(10, 20, 30, 15),
        [containers.Category(score=0.9)],
        [containers.NormalizedKeypoint(0.5, 0.5), containers.NormalizedKeypoint(1.5, 0.5)],
    )


def test_a_detection_is_drawn_in_pixels() -> None:
    canvas, expected = (np.zeros((100, 100, 3), np.uint8) for _ in range(2))
    drawing_utils.draw_detection(canvas, detection())
    cv2.circle(expected, (50, 50), 2, (0, 0, 255), 2)
    cv2.rectangle(expected, (10, 20), (40, 35), (224, 224, 224), 2)
    assert np.array_equal(canvas, expected)


def test_landmarks_are_plotted_in_space(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    class Recorder:
        def __getattr__(self, name: str) -> Callable[..., Recorder]:
            return lambda *_args, **_options: calls.append(name) or self

    package, pyplot = ModuleType("matplotlib"), Recorder()
    package.pyplot = pyplot  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "matplotlib", package)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", pyplot)  # type: ignore[arg-type]
    for connections in (LINE, [(0, 1)]):
        calls.clear()
        drawing_utils.plot_landmarks(marks((0.1, 0.2), (0.3, 0.4)), connections)
        assert calls.count("scatter3D") == 2
        assert calls.count("plot3D") == 1
        assert calls[-1] == "show"
