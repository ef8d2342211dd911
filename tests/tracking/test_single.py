from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.support.fakes import FakeDetector, FakeLandmarker, FakeNetworks
from vitruvian.assembly import stream
from vitruvian.errors import TimestampError
from vitruvian.options import PoseOptions
from vitruvian.profile import Profile

if TYPE_CHECKING:
    from vitruvian.tracking.stream import Stream

IMAGE = np.zeros((100, 200, 3), np.uint8)
DETECTED = np.array(((0.5, 0.5), (0.5, 0.2)), np.float32)
MARKED = np.array(((0.3, 0.5, 0), (0.3, 0.1, 0)), np.float32)


def tracker(
    scores: list[float],
    alignment_points: np.ndarray | None = DETECTED,
    mask: np.ndarray | None = None,
    **options: Any,
) -> tuple[Stream, FakeDetector, FakeLandmarker]:
    detector, landmarker = FakeDetector(alignment_points), FakeLandmarker(MARKED, scores, mask)
    pose_options = PoseOptions(**{"enable_segmentation": mask is not None, **options})
    networks: Any = FakeNetworks(detector, landmarker)
    return stream(pose_options, networks, Profile()), detector, landmarker


def test_a_person_who_is_found_again_has_another_id() -> None:
    tracked, _, _ = tracker([1, 1, 0.2, 1])
    ids = [tracked(IMAGE, frame / 30).ids.tolist() for frame in range(4)]
    assert ids == [[1], [1], [], [2]]


def run(tracked: Stream, frames: int) -> list[int]:
    """Return the number of people in each frame."""
    return [len(tracked(IMAGE, frame / 30)) for frame in range(frames)]


def test_the_detector_rests_while_the_person_is_followed() -> None:
    tracked, detector, landmarker = tracker([1, 1, 1])
    assert run(tracked, 3) == [1, 1, 1]
    assert detector.calls == 1
    assert [region.center_x for region in landmarker.regions] == pytest.approx([0.5, 0.3, 0.3])
    assert landmarker.regions[0].height == pytest.approx(1.25 * 0.6)
    assert landmarker.regions[1].height == pytest.approx(1.25 * 0.8)


def test_a_lost_person_is_searched_in_the_next_frame() -> None:
    tracked, detector, landmarker = tracker([1, 0.5, 1])
    assert run(tracked, 3) == [1, 0, 1]
    assert detector.calls == 2
    assert [region.center_x for region in landmarker.regions] == pytest.approx([0.5, 0.3, 0.5])


def test_the_detector_searches_every_frame_without_a_person() -> None:
    tracked, detector, landmarker = tracker([], alignment_points=None)
    assert run(tracked, 3) == [0, 0, 0]
    assert detector.calls == 3
    assert not landmarker.regions


def test_filters_restart_with_each_person() -> None:
    tracked, _, _ = tracker([1, 0, 1])
    results = [tracked(IMAGE, frame / 30) for frame in range(3)]
    # The fake's landmarks are at 1, 2, 3: unsmoothed in the first frame of each person.
    assert results[0].pose_landmarks[0, 0, 0] == 1
    assert results[2].pose_landmarks[0, 0, 0] == 3


def test_each_still_image_is_searched_and_none_is_smoothed() -> None:
    tracked, detector, _ = tracker([1, 1], static_image_mode=True)
    first, second = tracked(IMAGE, 0.0), tracked(IMAGE, 0.0)
    assert detector.calls == 2
    assert first.pose_landmarks[0, 0, 0] == 1
    assert second.pose_landmarks[0, 0, 0] == 2


def test_results_know_their_frame() -> None:
    tracked, _, _ = tracker([1, 1])
    tracked(IMAGE, 0.5)
    result = tracked(IMAGE, 0.75)
    assert (result.index, result.timestamp_s, result.image_size) == (1, 0.75, (200, 100))


@pytest.mark.parametrize("timestamp_s", [1.0, 0.5, math.nan])
def test_time_only_goes_forward(timestamp_s: float) -> None:
    tracked, _, _ = tracker([1, 1])
    tracked(IMAGE, 1.0)
    with pytest.raises(TimestampError, match="not later"):
        tracked(IMAGE, timestamp_s)
    assert len(tracked(IMAGE, 1.1)) == 1


def test_reset_forgets_the_person_and_the_time() -> None:
    tracked, detector, _ = tracker([1, 1])
    tracked(IMAGE, 1.0)
    tracked.reset()
    assert tracked(IMAGE, 0.0).index == 0
    assert detector.calls == 2


def test_another_image_size_is_another_scene() -> None:
    tracked, detector, landmarker = tracker([1, 1], mask=np.zeros((100, 200), np.float32))
    tracked(IMAGE, 0.0)
    landmarker.mask = np.zeros((50, 60), np.float32)
    assert len(tracked(np.zeros((50, 60, 3), np.uint8), 0.1)) == 1
    assert detector.calls == 2


@pytest.mark.parametrize(("smooth", "expected"), [(True, 0.35), (False, 0.0)])
def test_masks_are_blended_with_the_previous_one(smooth: bool, expected: float) -> None:
    body = np.zeros((100, 200), np.float32)
    body[20:80, 40:80] = 1
    tracked, _, landmarker = tracker([1, 1], mask=body, smooth_segmentation=smooth)
    tracked(IMAGE, 0.0)
    landmarker.mask = body / 2
    masks = tracked(IMAGE, 0.1).segmentation_masks
    assert masks is not None
    assert masks[0] == pytest.approx(body * (0.5 + expected))


def test_without_people_there_are_no_masks_but_their_axis() -> None:
    nobody = tracker([], alignment_points=None, enable_segmentation=True)[0](IMAGE, 0.0)
    assert nobody.segmentation_masks is not None
    assert nobody.segmentation_masks.shape == (0, 100, 200)
    assert tracker([], alignment_points=None)[0](IMAGE, 0.0).segmentation_masks is None
