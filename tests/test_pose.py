"""From an image to its result, with the real networks."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import vitruvian
from tests.tolerances import TRUTH_PART_OF_TORSO
from vitruvian.media.image_writer import write_image
from vitruvian.media.opening import open_source
from vitruvian.skeleton import LANDMARK_NAMES

SAMPLE = Path(__file__).parents[1] / "samples" / "jumping_jacks.mp4"
TRUTH = Path(__file__).parent / "data" / "jumping_jacks_truth.json"
SHOULDER_TO_ANKLE = [
    LANDMARK_NAMES.index(f"{side}_{joint}")
    for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
    for side in ("left", "right")
]


@pytest.fixture(scope="module")
def image() -> np.ndarray:
    with open_source(SAMPLE) as frames:
        return next(iter(frames)).image


@pytest.mark.parametrize("model", ["lite", "full", "heavy"])
def test_the_mannequin_is_found_where_it_is(model: str) -> None:
    truth = np.array(json.loads(TRUTH.read_text())["landmarks_px"])
    results = list(vitruvian.track(SAMPLE, model_complexity=model))
    assert len(results) == len(truth) == 120
    assert all(len(result) == 1 for result in results)
    found = np.array([result.landmarks_px[0, :, :2] for result in results])
    torso = np.linalg.norm(truth[:, [11, 12]].mean(1) - truth[:, [23, 24]].mean(1), axis=1)
    distances = np.linalg.norm(found - truth, axis=2)[:, SHOULDER_TO_ANKLE].mean(axis=1)
    assert (distances / torso).mean() < TRUTH_PART_OF_TORSO


def test_frames_keep_their_own_time() -> None:
    results = list(vitruvian.track(SAMPLE, model_complexity="lite"))
    assert [result.index for result in results] == list(range(120))
    assert [result.timestamp_s for result in results] == pytest.approx(np.arange(120) / 30)


def test_a_result_outlives_the_next_call_and_the_pose(image: np.ndarray) -> None:
    with vitruvian.Pose(model_complexity="lite", enable_segmentation=True) as pose:
        first = pose.process(image)
        before = pickle.dumps(first)
        pose.process(image[:, ::-1])
    assert pickle.dumps(first) == before
    assert first.segmentation_masks is not None
    assert first.segmentation_masks.shape == (1, 480, 640)
    assert first.segmentation_masks.max() <= 1
    assert 0.03 < (first.segmentation_masks[0] > 0.5).mean() < 0.3


def test_a_rotated_image_gives_rotated_landmarks(image: np.ndarray) -> None:
    with vitruvian.Pose(static_image_mode=True) as pose:
        upright = pose.process(image)
        turned = pose.process(np.rot90(image))
    x, y = upright.landmarks_px[0, SHOULDER_TO_ANKLE, :2].T
    back = np.stack((y, image.shape[1] - 1 - x), axis=1)
    away = np.linalg.norm(turned.landmarks_px[0, SHOULDER_TO_ANKLE, :2] - back, axis=1)
    assert away.mean() < 5
    world, turned_world = (result.pose_world_landmarks[0] for result in (upright, turned))
    expected = np.stack((world[:, 1], -world[:, 0], world[:, 2]), axis=1)
    assert np.linalg.norm(turned_world - expected, axis=1).mean() < 0.05


def test_an_empty_image_contains_no_people() -> None:
    with vitruvian.Pose(static_image_mode=True, model_complexity="lite") as pose:
        for size in ((1, 1), (20, 20000), (480, 640)):
            assert len(pose.process(np.zeros((*size, 3), np.uint8))) == 0


def test_the_memory_layout_does_not_matter(image: np.ndarray) -> None:
    read_only = image.copy()
    read_only.flags.writeable = False
    with vitruvian.Pose(static_image_mode=True, model_complexity="lite") as pose:
        expected = pose.process(image).pose_landmarks
        for same in (read_only, np.asfortranarray(image), image[:, :, ::-1][:, :, ::-1]):
            assert np.array_equal(pose.process(same).pose_landmarks, expected)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (None, "NoneType"),
        ([[[1, 2, 3]]], "int64"),
        ("photo.jpg", "str"),
        ([[[1], [2, 3]]], "list"),
        (object(), "object"),
        (np.zeros((9, 9), np.uint8), "three channel rgb data"),
        (np.zeros((9, 9, 4), np.uint8), "three channel rgb data"),
        (np.zeros((9, 9, 1), np.uint8), "three channel rgb data"),
        (np.zeros((9, 9, 3), np.float32), "float32"),
        (np.full((9, 9, 3), np.nan), "float64"),
        (np.zeros((9, 9, 3), np.uint16), "uint16"),
        (np.zeros((0, 9, 3), np.uint8), "9x0"),
        (np.zeros((1, 40000, 3), np.uint8), "40000x1"),
    ],
)
def test_anything_but_an_rgb_image_is_refused(frame: Any, words: str) -> None:
    with (
        vitruvian.Pose(model_complexity="lite") as pose,
        pytest.raises(vitruvian.FrameError, match=words),
    ):
        pose.process(frame)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("model_complexity", 3),
        ("model_complexity", -1),
        ("model_complexity", "huge"),
        ("model_complexity", True),
        ("model_complexity", 1.0),
        ("min_detection_confidence", 1.1),
        ("min_detection_confidence", "0.5"),
        ("min_tracking_confidence", -0.1),
        ("min_tracking_confidence", float("nan")),
        ("static_image_mode", "yes"),
        ("smooth_landmarks", None),
        ("frame_rate", 0),
        ("num_poses", -1),
        ("num_poses", 0),
        ("num_poses", 1.5),
        ("num_poses", True),
        ("num_poses", 10**9),
        ("search", "everywhere"),
        ("search_interval_s", 0),
        ("search_interval_s", float("nan")),
    ],
)
def test_options_out_of_range_are_refused(option: str, value: Any) -> None:
    with pytest.raises(vitruvian.OptionError, match=option):
        vitruvian.Pose(**{option: value})


def test_without_timestamps_the_frame_rate_counts(image: np.ndarray) -> None:
    with vitruvian.Pose(model_complexity="lite", frame_rate=10) as pose:
        times = [pose.process(image).timestamp_s for _ in range(3)]
        assert times == pytest.approx([0, 0.1, 0.2])
        assert pose.process(image, 5.0).timestamp_s == 5
        assert pose.process(image).timestamp_s == pytest.approx(5.1)
        with pytest.raises(vitruvian.TimestampError):
            pose.process(image, 5.1)
        pose.reset()
        assert pose.process(image).timestamp_s == 0


def test_a_closed_pose_is_refused(image: np.ndarray) -> None:
    pose = vitruvian.Pose(model_complexity="lite")
    pose.close()
    pose.close()
    with pytest.raises(vitruvian.ClosedError, match="closed"):
        pose.process(image)


def test_many_images_in_their_order(image: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "still.png"
    write_image(path, image[:, ::-1])
    images = [image, np.zeros_like(image), path, image[:240], str(path)]
    results = [*vitruvian.detect(iter(images), model_complexity="lite")]
    assert [result.index for result in results] == [0, 1, 2, 3, 4]
    assert [len(result) for result in results][:3] == [1, 0, 1]
    with vitruvian.Pose(static_image_mode=True, model_complexity="lite") as pose:
        for still, result in zip([image, image[:, ::-1]], results[::2], strict=False):
            alone = pose.process(still)
            np.testing.assert_array_equal(result.pose_landmarks, alone.pose_landmarks)
            np.testing.assert_array_equal(result.visibility, alone.visibility)
    np.testing.assert_array_equal(results[2].pose_landmarks, results[4].pose_landmarks)
    assert results[3].image_size == (image.shape[1], 240)


def test_errors_among_many_images(image: np.ndarray) -> None:
    results = vitruvian.detect([image, image[..., 0]], model_complexity="lite")
    assert len(next(results)) == 1
    with pytest.raises(vitruvian.FrameError, match="three channel rgb data"):
        next(results)
    with pytest.raises(vitruvian.MediaError, match="is a video: give it to track"):
        next(vitruvian.detect([SAMPLE], model_complexity="lite"))
    with pytest.raises(vitruvian.OptionError, match="model_complexity"):
        next(vitruvian.detect([], model_complexity="huge"))
