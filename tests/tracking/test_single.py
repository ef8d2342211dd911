from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from tests.support.fakes import FakeLandmarker, FakeSearch
from vitruvian.errors import TimestampError
from vitruvian.tracking.single import Tracker

PICTURE = np.zeros((100, 200, 3), np.uint8)
DETECTED = np.array(((0.5, 0.5), (0.5, 0.2)), np.float32)
MARKED = np.array(((0.3, 0.5, 0), (0.3, 0.1, 0)), np.float32)


def tracker(
    scores: list[float],
    alignment: np.ndarray | None = DETECTED,
    mask: np.ndarray | None = None,
    **options: Any,
) -> tuple[Tracker, FakeSearch, FakeLandmarker]:
    search, landmarker = FakeSearch(alignment), FakeLandmarker(MARKED, scores, mask)
    defaults = {
        "static_image_mode": False,
        "smooth_landmarks": True,
        "enable_segmentation": mask is not None,
        "smooth_segmentation": True,
        "min_tracking_confidence": 0.5,
    }
    return Tracker(search, landmarker, **{**defaults, **options}), search, landmarker


def test_whoever_is_found_anew_is_somebody_else() -> None:
    tracked, _, _ = tracker([1, 1, 0.2, 1])
    ids = [tracked(PICTURE, frame / 30).ids.tolist() for frame in range(4)]
    assert ids == [[1], [1], [], [2]]


def run(tracked: Tracker, frames: int) -> list[int]:
    """How many people were in each frame."""
    return [len(tracked(PICTURE, frame / 30)) for frame in range(frames)]


def test_the_search_rests_while_the_person_is_followed() -> None:
    tracked, search, landmarker = tracker([1, 1, 1])
    assert run(tracked, 3) == [1, 1, 1]
    assert search.calls == 1
    assert [region.center_x for region in landmarker.regions] == pytest.approx([0.5, 0.3, 0.3])
    assert landmarker.regions[0].height == pytest.approx(1.25 * 0.6)
    assert landmarker.regions[1].height == pytest.approx(1.25 * 0.8)


def test_a_lost_person_is_searched_in_the_next_frame() -> None:
    tracked, search, landmarker = tracker([1, 0.5, 1])
    assert run(tracked, 3) == [1, 0, 1]
    assert search.calls == 2
    assert [region.center_x for region in landmarker.regions] == pytest.approx([0.5, 0.3, 0.5])


def test_where_nobody_is_every_frame_is_searched() -> None:
    tracked, search, landmarker = tracker([], alignment=None)
    assert run(tracked, 3) == [0, 0, 0]
    assert search.calls == 3
    assert not landmarker.regions


def test_filters_begin_anew_with_each_person() -> None:
    tracked, _, _ = tracker([1, 0, 1])
    results = [tracked(PICTURE, frame / 30) for frame in range(3)]
    # The fake's landmarks are at 1, 2, 3: unsmoothed in the first frame of each person.
    assert results[0].pose_landmarks[0, 0, 0] == 1
    assert results[2].pose_landmarks[0, 0, 0] == 3


def test_still_pictures_are_searched_each_and_never_smoothed() -> None:
    tracked, search, _ = tracker([1, 1], static_image_mode=True)
    first, second = tracked(PICTURE, 0.0), tracked(PICTURE, 0.0)
    assert search.calls == 2
    assert first.pose_landmarks[0, 0, 0] == 1
    assert second.pose_landmarks[0, 0, 0] == 2


def test_results_know_their_frame() -> None:
    tracked, _, _ = tracker([1, 1])
    tracked(PICTURE, 0.5)
    result = tracked(PICTURE, 0.75)
    assert (result.index, result.timestamp_s, result.image_size) == (1, 0.75, (200, 100))


@pytest.mark.parametrize("timestamp_s", [1.0, 0.5, math.nan])
def test_time_only_goes_forward(timestamp_s: float) -> None:
    tracked, _, _ = tracker([1, 1])
    tracked(PICTURE, 1.0)
    with pytest.raises(TimestampError, match="not later"):
        tracked(PICTURE, timestamp_s)
    assert len(tracked(PICTURE, 1.1)) == 1


def test_reset_forgets_the_person_and_the_time() -> None:
    tracked, search, _ = tracker([1, 1])
    tracked(PICTURE, 1.0)
    tracked.reset()
    assert tracked(PICTURE, 0.0).index == 0
    assert search.calls == 2


def test_another_picture_size_is_another_scene() -> None:
    tracked, search, _ = tracker([1, 1], mask=np.zeros((100, 200), np.float32))
    tracked(PICTURE, 0.0)
    tracked._landmarker.mask = np.zeros((50, 60), np.float32)  # type: ignore[attr-defined]
    assert len(tracked(np.zeros((50, 60, 3), np.uint8), 0.1)) == 1
    assert search.calls == 2


@pytest.mark.parametrize(("smooth", "expected"), [(True, 0.35), (False, 0.0)])
def test_masks_are_blended_with_the_one_before(smooth: bool, expected: float) -> None:
    body = np.zeros((100, 200), np.float32)
    body[20:80, 40:80] = 1
    tracked, _, landmarker = tracker([1, 1], mask=body, smooth_segmentation=smooth)
    tracked(PICTURE, 0.0)
    landmarker.mask = body / 2
    masks = tracked(PICTURE, 0.1).segmentation_masks
    assert masks is not None
    assert masks[0] == pytest.approx(body * (0.5 + expected))


def test_nobody_has_no_mask_but_the_axis_is_there() -> None:
    nobody = tracker([], alignment=None, enable_segmentation=True)[0](PICTURE, 0.0)
    assert nobody.segmentation_masks is not None
    assert nobody.segmentation_masks.shape == (0, 100, 200)
    assert tracker([], alignment=None)[0](PICTURE, 0.0).segmentation_masks is None
