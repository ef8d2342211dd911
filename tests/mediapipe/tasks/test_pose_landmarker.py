"""Tests of `PoseLandmarker`, against numbers that MediaPipe 1.2.2 computed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest
from vitruvian.mediapipe.tasks.python import BaseOptions, vision

import vitruvian.mediapipe as mp
from tests.support.images import resized
from tests.support.sample import mannequin
from tests.support.tasks import (
    GRAY,
    JUMPING,
    PAIR,
    STANDING,
    STILLS,
    approx,
    half,
    image,
    make,
    places,
)
from vitruvian.errors import ClosedError, TimestampError
from vitruvian.mediapipe.tasks import containers
from vitruvian.mediapipe.tasks.errors import ArgumentTypeError

if TYPE_CHECKING:
    from collections.abc import Callable

RunningMode = vision.RunningMode

# Computed by MediaPipe 1.2.2 with the Lite model.
VIDEO = [
    (0, STANDING, [[(0.4999, 0.2783), (0.4212, 0.5749), (0.4393, 0.8873)]]),
    (33, JUMPING, [[(0.4998, 0.2639), (0.3658, 0.1903), (0.378, 0.8669)]]),
    (66, STANDING, [[(0.4994, 0.2644), (0.4046, 0.5222), (0.4203, 0.8771)]]),
    (100, GRAY, []),
    (133, JUMPING, [[(0.4939, 0.2589), (0.3597, 0.1841), (0.3654, 0.8604)]]),
    (166, STANDING, [[(0.4954, 0.2682), (0.4184, 0.5596), (0.4341, 0.8795)]]),
]
LEFT_PERSON = [(0.2463, 0.2803), (0.1738, 0.5695), (0.1907, 0.888)]
RIGHT_PERSON = [(0.7452, 0.26), (0.6076, 0.1786), (0.6151, 0.8663)]
VIDEO_OF_TWO = [
    (1, half(PAIR, slice(320, None)), [[(0.2477, 0.2762), (0.171, 0.5729), (0.19, 0.8806)]]),
    (2, PAIR, [RIGHT_PERSON, LEFT_PERSON]),
    (3, half(PAIR, slice(320)), [[(0.7496, 0.2619), (0.6071, 0.1795), (0.6203, 0.8657)]]),
    (4, PAIR, [RIGHT_PERSON, LEFT_PERSON]),
]


@pytest.mark.parametrize("name", STILLS)
def test_landmarks_of_images_are_equal_to_mediapipes(
    still: vision.PoseLandmarker, name: str
) -> None:
    rgb, rotation_degrees, expected = STILLS[name]
    options = vision.ImageProcessingOptions(rotation_degrees=rotation_degrees)
    assert places(still.detect(image(rgb), options)) == approx(expected)


def test_one_person_in_a_video_is_tracked_and_smoothed_as_in_mediapipe(base: BaseOptions) -> None:
    with make(base, running_mode=RunningMode.VIDEO) as landmarker:
        for timestamp_ms, rgb, expected in VIDEO:
            result = landmarker.detect_for_video(image(rgb), timestamp_ms)
            assert places(result) == approx(expected), timestamp_ms


def test_several_people_in_a_video_are_ordered_as_in_mediapipe(base: BaseOptions) -> None:
    with make(base, running_mode=RunningMode.VIDEO, num_poses=2) as landmarker:
        for timestamp_ms, rgb, expected in VIDEO_OF_TWO:
            result = landmarker.detect_for_video(image(rgb), timestamp_ms)
            assert places(result) == approx(expected), timestamp_ms


def test_the_option_search_finds_people_that_mediapipe_misses(base: BaseOptions) -> None:
    small = resized(mannequin(), 140, 224)
    row = image(np.ascontiguousarray(np.tile(small, (1, 5, 1))))
    with make(base, num_poses=9) as landmarker:
        found_by_default = len(landmarker.detect(row).pose_landmarks)
    with make(base, num_poses=9, search="tiles") as landmarker:
        assert len(landmarker.detect(row).pose_landmarks) == 5 > found_by_default
        rotated = vision.ImageProcessingOptions(rotation_degrees=90)
        with pytest.raises(ValueError, match="rotation_degrees"):
            landmarker.detect(row, rotated)
    with make(base, running_mode=RunningMode.VIDEO, num_poses=9, search="tiles") as landmarker:
        for timestamp_ms in (0, 33, 66):
            assert len(landmarker.detect_for_video(row, timestamp_ms).pose_landmarks) == 5
        with pytest.raises(ValueError, match="rotation_degrees"):
            landmarker.detect_for_video(row, 100, rotated)
    with pytest.raises(ValueError, match="search is 'everywhere'"):
        make(base, search="everywhere")


def test_all_digits_are_equal_to_mediapipes(base: BaseOptions) -> None:
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


def test_all_fields_of_a_result_are_filled(still: vision.PoseLandmarker) -> None:
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


def test_without_a_person_the_result_is_empty(
    base: BaseOptions, still: vision.PoseLandmarker
) -> None:
    assert still.detect(image(GRAY)) == vision.PoseLandmarkerResult([], [], None)
    with make(base) as landmarker:
        assert landmarker.detect(image(STANDING)).segmentation_masks is None


def test_a_confidence_of_one_finds_no_person(base: BaseOptions) -> None:
    for name in ("min_pose_detection_confidence", "min_pose_presence_confidence"):
        with make(base, **{name: 1}) as landmarker:
            assert not landmarker.detect(image(STANDING)).pose_landmarks


def test_frames_may_change_their_size(base: BaseOptions) -> None:
    with make(base, running_mode=RunningMode.VIDEO) as landmarker:
        landmarker.detect_for_video(image(STANDING), 1)
        result = landmarker.detect_for_video(image(STANDING[::2, ::2]), 34)
    assert places(result) == approx([[(0.4986, 0.2763), (0.4213, 0.5708), (0.4383, 0.8858)]])


# Calls


def test_each_running_mode_has_its_own_method(base: BaseOptions) -> None:
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


def test_every_method_raises_an_error_after_close(base: BaseOptions) -> None:
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


def test_several_threads_can_share_a_landmarker(
    base: BaseOptions, still: vision.PoseLandmarker
) -> None:
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
