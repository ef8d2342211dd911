from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.results import result
from vitruvian.result import PoseResult
from vitruvian.types import Detections, Landmarks

if TYPE_CHECKING:
    from collections.abc import Callable


def test_an_empty_bundle_has_no_people_in_any_array() -> None:
    for empty in (Detections.empty(), Landmarks.empty(masks=None)):
        assert len(empty) == 0
    empty = PoseResult.empty(segmentation_masks=None, image_size=(4, 3), index=0, timestamp_s=0.0)
    assert empty.pose_landmarks.shape == (0, 33, 3)
    assert empty.visibility.shape == (0, 33)


def test_wrong_shapes_and_dtypes_are_refused() -> None:
    with pytest.raises(ValueError, match="pose_landmarks"):
        result(pose_landmarks=np.zeros((1, 32, 3), np.float32))
    with pytest.raises(ValueError, match="scores"):
        result(scores=np.zeros(2, np.float32))
    with pytest.raises(TypeError, match="float64"):
        result(visibility=np.zeros((1, 33)))
    with pytest.raises(TypeError, match="visibility"):
        result(visibility=np.zeros(33, np.float32))


def test_a_bundle_prints_the_shapes_of_its_arrays() -> None:
    shown = repr(result())
    assert "pose_landmarks=(1, 33, 3)" in shown
    assert "image_size=(640, 480)" in shown
    assert "0.5" not in shown


def test_results_are_read_only_and_their_sources_are_not() -> None:
    scores = np.zeros(1, np.float32)
    kept = result(scores=scores, segmentation_masks=np.zeros((1, 3, 4), np.float32))
    for name in ("pose_landmarks", "visibility", "scores", "ids", "segmentation_masks"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(kept, name)[:] = 1
    scores[:] = 1
    assert kept[:1].scores == 1


def test_people_are_selected_as_in_an_array() -> None:
    three = result(3)
    assert three[1:].ids.tolist() == [2, 3]
    chosen = three[three.ids != 2]
    assert (chosen.ids.tolist(), chosen.visibility.shape) == ([1, 3], (2, 33))


def test_boxes_contain_the_landmarks() -> None:
    landmarks = np.full((1, 33, 3), 0.5, np.float32)
    landmarks[0, 4], landmarks[0, 7] = (-0.1, 0.2, 9), (0.6, 1.5, -9)
    assert result(pose_landmarks=landmarks).boxes[0] == pytest.approx((-0.1, 0.2, 0.6, 1.5))


def unpickled(before: PoseResult) -> PoseResult:
    after: PoseResult = pickle.loads(pickle.dumps(before))
    return after


@pytest.mark.parametrize("duplicate", [unpickled, copy.copy, copy.deepcopy])
def test_copies_are_equal_and_read_only(duplicate: Callable[[PoseResult], PoseResult]) -> None:
    before = result(segmentation_masks=np.zeros((1, 3, 4), np.float32))
    after = duplicate(before)
    for name in ("pose_landmarks", "visibility", "ids", "segmentation_masks"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(after, name)[:] = 1
    assert np.array_equal(after.pose_landmarks, before.pose_landmarks)
    assert (after.image_size, after.index, after.timestamp_s) == ((640, 480), 3, 0.1)


def test_pixels_scale_z_as_x() -> None:
    assert result().landmarks_px[0, 0].tolist() == [320, 240, 320]
