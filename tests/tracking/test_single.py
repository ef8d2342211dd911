from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.support.fakes import FakeDetector, FakeLandmarker, FakeNetworks
from vitruvian import assembly
from vitruvian.errors import TimestampError
from vitruvian.options import PoseOptions

if TYPE_CHECKING:
    from vitruvian.tracking.stream import Stream

IMAGE = np.zeros((100, 200, 3), np.uint8)
DETECTED = np.array(((0.5, 0.5), (0.5, 0.2)), np.float32)
MARKED = np.array(((0.3, 0.5, 0), (0.3, 0.1, 0)), np.float32)


def make_stream(
    scores: list[float],
    alignment_points: np.ndarray | None = DETECTED,
    mask: np.ndarray | None = None,
    **options: Any,
) -> tuple[Stream, FakeDetector, FakeLandmarker]:
    """Return a stream of one person, and its fakes. The landmarker has one score for each call."""
    detector, landmarker = FakeDetector(alignment_points), FakeLandmarker(MARKED, scores, mask)
    pose_options = PoseOptions(
        **{"enable_segmentation": mask is not None, "search": "frame", **options}
    )
    networks: Any = FakeNetworks(detector, landmarker)
    return assembly.stream(pose_options, networks), detector, landmarker


def test_a_person_who_is_found_again_has_another_id() -> None:
    stream, _, _ = make_stream([1, 1, 0.2, 1])
    ids = [stream(IMAGE, frame / 30).ids.tolist() for frame in range(4)]
    assert ids == [[1], [1], [], [2]]


def people_per_frame(stream: Stream, frames: int) -> list[int]:
    """Return the number of people in each frame."""
    return [len(stream(IMAGE, frame / 30)) for frame in range(frames)]


def test_the_detector_does_not_run_while_the_person_is_followed() -> None:
    stream, detector, landmarker = make_stream([1, 1, 1])
    assert people_per_frame(stream, 3) == [1, 1, 1]
    assert detector.calls == 1
    assert [region.center_x for region in landmarker.regions] == pytest.approx([0.5, 0.3, 0.3])
    assert landmarker.regions[0].height == pytest.approx(1.25 * 0.6)
    assert landmarker.regions[1].height == pytest.approx(1.25 * 0.8)


def test_the_detector_searches_again_in_the_frame_after_the_person_is_lost() -> None:
    stream, detector, landmarker = make_stream([1, 0.5, 1])
    assert people_per_frame(stream, 3) == [1, 0, 1]
    assert detector.calls == 2
    assert [region.center_x for region in landmarker.regions] == pytest.approx([0.5, 0.3, 0.5])


def test_the_detector_searches_every_frame_until_a_person_is_found() -> None:
    stream, detector, landmarker = make_stream([], alignment_points=None)
    assert people_per_frame(stream, 3) == [0, 0, 0]
    assert detector.calls == 3
    assert not landmarker.regions


def test_filters_restart_with_each_person() -> None:
    stream, _, _ = make_stream([1, 0, 1])
    results = [stream(IMAGE, frame / 30) for frame in range(3)]
    # The fake's landmarks are at 1, 2, 3: unsmoothed in the first frame of each person.
    assert results[0].pose_landmarks[0, 0, 0] == 1
    assert results[2].pose_landmarks[0, 0, 0] == 3


def test_still_images_are_searched_independently_and_not_smoothed() -> None:
    stream, detector, _ = make_stream([1, 1], static_image_mode=True)
    first, second = stream(IMAGE, 0.0), stream(IMAGE, 0.0)
    assert detector.calls == 2
    assert first.pose_landmarks[0, 0, 0] == 1
    assert second.pose_landmarks[0, 0, 0] == 2


def test_a_result_has_the_index_time_and_size_of_its_frame() -> None:
    stream, _, _ = make_stream([1, 1])
    stream(IMAGE, 0.5)
    result = stream(IMAGE, 0.75)
    assert (result.index, result.timestamp_s, result.image_size) == (1, 0.75, (200, 100))


@pytest.mark.parametrize("timestamp_s", [1.0, 0.5, math.nan])
def test_a_timestamp_that_does_not_increase_is_refused(timestamp_s: float) -> None:
    stream, _, _ = make_stream([1, 1])
    stream(IMAGE, 1.0)
    with pytest.raises(TimestampError, match="not later"):
        stream(IMAGE, timestamp_s)
    assert len(stream(IMAGE, 1.1)) == 1


def test_reset_forgets_the_person_and_the_time() -> None:
    stream, detector, _ = make_stream([1, 1])
    stream(IMAGE, 1.0)
    stream.reset()
    assert stream(IMAGE, 0.0).index == 0
    assert detector.calls == 2


def test_another_image_size_is_another_scene() -> None:
    stream, detector, landmarker = make_stream([1, 1], mask=np.zeros((100, 200), np.float32))
    stream(IMAGE, 0.0)
    landmarker.mask = np.zeros((50, 60), np.float32)
    assert len(stream(np.zeros((50, 60, 3), np.uint8), 0.1)) == 1
    assert detector.calls == 2


@pytest.mark.parametrize(("smooth", "expected"), [(True, 0.35), (False, 0.0)])
def test_masks_are_blended_with_the_previous_one(smooth: bool, expected: float) -> None:
    body = np.zeros((100, 200), np.float32)
    body[20:80, 40:80] = 1
    stream, _, landmarker = make_stream([1, 1], mask=body, smooth_segmentation=smooth)
    stream(IMAGE, 0.0)
    landmarker.mask = body / 2
    masks = stream(IMAGE, 0.1).segmentation_masks
    assert masks is not None
    assert masks[0] == pytest.approx(body * (0.5 + expected))


def test_without_people_the_array_of_masks_is_empty() -> None:
    result = make_stream([], alignment_points=None, enable_segmentation=True)[0](IMAGE, 0.0)
    assert result.segmentation_masks is not None
    assert result.segmentation_masks.shape == (0, 100, 200)
    assert make_stream([], alignment_points=None)[0](IMAGE, 0.0).segmentation_masks is None
