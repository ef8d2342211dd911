"""Tests of the loop of the Tasks API, with fakes of the stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.support.results import landmarks
from vitruvian.mediapipe.tasks.people import People
from vitruvian.types import Detections, Region

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vitruvian.types import Float32, Landmarks


def alignment(x: float, size: float) -> Float32:
    """Return the alignment points, in a square image, of a body whose region is 1.25 `size`."""
    return np.array(((x, 0.5), (x, 0.5 - size / 2)), np.float32)


class FakeStages:
    """A fake detector that finds bodies at given places, and a landmarker that confirms them."""

    def __init__(self, *detected: tuple[float, float], scores: Sequence[float] = (1,) * 9) -> None:
        self.detected = np.array([alignment(*place) for place in detected], np.float32)
        self.scores = scores
        self.shown: float | None = None  # x of the landmarks, if it is not the center of the region
        self.detector_regions: list[Region] = []
        self.landmarker_calls: list[list[float]] = []

    def detect(self, _: np.ndarray, regions: Sequence[Region]) -> list[Detections]:
        self.detector_regions.extend(regions)
        count = len(self.detected)
        keypoints = np.zeros((count, 4, 2), np.float32)
        keypoints[:, :2] = self.detected.reshape(count, 2, 2)
        boxes, scores = np.zeros((count, 4), np.float32), np.ones(count, np.float32)
        return [Detections(boxes, keypoints, scores)]

    def find_landmarks(self, _: np.ndarray, regions: Sequence[Region]) -> list[Landmarks]:
        self.landmarker_calls.append([round(float(region.center_x), 3) for region in regions])
        count = len(regions)
        auxiliary = np.zeros((count, 2, 3), np.float32)
        for person, region in enumerate(regions):
            auxiliary[person, :, :2] = alignment(region.center_x, region.width / np.float32(1.25))
        shown = [region.center_x if self.shown is None else self.shown for region in regions]
        found = landmarks(
            count,
            landmarks=np.repeat(np.array(shown, np.float32), 99).reshape(count, 33, 3),
            auxiliary=auxiliary,
            scores=np.array(self.scores[:count], np.float32),
        )
        return [found[person : person + 1] for person in range(count)]

    def people(self, num_poses: int, is_video: bool = True) -> Callable[[int], list[float]]:
        """Return a function that processes a frame and returns x of each person."""
        found = People(
            self.detect,
            self.find_landmarks,
            num_poses=num_poses,
            min_presence=0.5,
            min_tracking_overlap=0.5,
            is_video=is_video,
        )
        square = np.zeros((100, 100, 3), np.uint8)
        return lambda timestamp_ms: [
            round(float(x), 3) for x in found(square, timestamp_ms, 0).landmarks[:, 0, 0]
        ]


def test_in_images_people_are_in_the_detectors_order_and_may_overlap() -> None:
    stages = FakeStages((0.5, 0.2), (0.52, 0.2), (0.1, 0.2), scores=(1, 0.5, 1))
    assert stages.people(5, is_video=False)(0) == [0.5, 0.1]
    assert stages.people(2, is_video=False)(0) == [0.5]
    assert stages.landmarker_calls == [[0.5, 0.52, 0.1], [0.5, 0.52]]


def test_in_a_video_the_last_of_several_overlapping_regions_is_kept() -> None:
    stages = FakeStages((0.5, 0.2), (0.9, 0.2), (0.52, 0.2))
    assert stages.people(5)(1) == [0.9, 0.52]
    # Two squares that share half of each have an intersection over union of 1/3, below the limit.
    assert FakeStages((0.5, 0.4), (0.75, 0.4)).people(5)(1) == [0.5, 0.75]


def test_the_detector_does_not_run_while_enough_people_are_tracked() -> None:
    stages = FakeStages((0.2, 0.2), (0.8, 0.2))
    people = stages.people(2)
    assert [people(time) for time in (1, 2, 3)] == [[0.2, 0.8]] * 3
    assert len(stages.detector_regions) == 1
    stages.scores = (1, 0)  # the second is lost in this frame
    assert people(4) == [0.2]
    stages.scores = (1, 1)
    assert people(5) == [0.2, 0.8]
    assert len(stages.detector_regions) == 2


def test_a_detected_region_replaces_an_overlapping_tracked_region() -> None:
    stages = FakeStages((0.2, 0.2), (0.6, 0.2))
    people = stages.people(3)
    people(1)
    stages.detected = stages.detected[:1] + np.float32((0.01, 0))
    assert people(2) == [0.6, 0.21]
    assert len(stages.detector_regions) == 2


def test_only_a_single_person_is_smoothed() -> None:
    for num_poses in (1, 2):
        stages = FakeStages((0.2, 0.2))
        people = stages.people(num_poses)
        assert people(33) == [0.2]
        stages.shown = 0.201
        (moved,) = people(66)
        assert (moved < 0.201) == (num_poses == 1)
        assert stages.landmarker_calls[1] == [0.2]  # the region follows the body, not the landmarks


def test_smoothing_restarts_after_a_person_was_lost() -> None:
    stages = FakeStages((0.2, 0.2))
    people = stages.people(1)
    people(33)
    stages.scores = (0.5,)  # the score has to be above the threshold
    assert people(66) == []
    stages.scores, stages.shown = (1,), 0.201
    assert people(99) == [0.201]
