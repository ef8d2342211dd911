from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.fakes import FakeEngine
from tests.tolerances import LAST_DIGIT
from vitruvian.stages.detector import INPUT_SIZE_PX, Detector, _anchors, pixel_scale
from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.stages.mediapipe_versions import SOLUTIONS_0_10_21, TASKS_1_2_2
from vitruvian.types import Region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.types import Detections, Image

# The anchor in the middle of the 14 × 14 grid, at (7.5, 7.5) / 14 of the input's side.
MIDDLE = 28 * 28 * 2 + (7 * 14 + 7) * 2
MIDDLE_PX = 7.5 / 14 * 224


def engine(*people: tuple[int, float, float]) -> FakeEngine:
    """Return a fake that finds people: (anchor, logit, x offset in px), boxes of 40 × 20 px."""
    values, logits = np.zeros((1, 2254, 12), np.float32), np.full((1, 2254, 1), -200, np.float32)
    for anchor, logit, shift_px in people:
        values[0, anchor] = (shift_px, 0, 40, 20, shift_px, 0, shift_px, -50, 0, 0, 0, 0)
        logits[0, anchor] = logit
    return FakeEngine([values, logits], INPUT_SIZE_PX)


def detect(
    fake: FakeEngine,
    image: Image,
    regions: Sequence[Region] = (WHOLE_IMAGE,),
    min_confidence: float = 0.5,
) -> list[Detections]:
    detector = Detector(fake, reference=SOLUTIONS_0_10_21)
    return detector(image, regions, min_confidence=min_confidence)


def test_anchors_are_those_of_the_reference() -> None:
    anchors = _anchors()
    assert anchors.shape == (2254, 2)
    assert anchors[0].tolist() == anchors[1].tolist() == pytest.approx([0.5 / 28, 0.5 / 28])
    assert anchors[2].tolist() == pytest.approx([1.5 / 28, 0.5 / 28])
    assert anchors[-1].tolist() == pytest.approx([6.5 / 7, 6.5 / 7])
    assert anchors[MIDDLE].tolist() == pytest.approx([7.5 / 14, 7.5 / 14])


def test_the_image_is_letterboxed() -> None:
    fake = engine()
    detect(fake, np.full((100, 200, 3), 255, np.uint8))
    (asked,) = fake.asked
    assert asked.shape == (1, 224, 224, 3)
    assert (asked[0, :55] == -1).all()
    assert (asked[0, 57:166, :223] > 0.999).all()


def test_nothing_is_detected_in_an_image_without_people() -> None:
    (found,) = detect(engine(), np.zeros((50, 50, 3), np.uint8))
    assert len(found) == 0


def test_points_are_normalized() -> None:
    (found,) = detect(engine((MIDDLE, 2.0, 0.0)), np.zeros((448, 896, 3), np.uint8))
    scale, top_px = 896 / 224, -(896 - 448) / 2
    x, y = MIDDLE_PX * scale, top_px + MIDDLE_PX * scale
    in_pixels = np.array((896, 448), np.float32)
    assert found.scores == pytest.approx([1 / (1 + np.exp(-2))])
    assert found.boxes[0].reshape(2, 2) * in_pixels == pytest.approx(
        np.array(((x - 80, y - 40), (x + 80, y + 40))), rel=1e-5
    )
    assert found.keypoints[0, :2] * in_pixels == pytest.approx(
        np.array(((x, y), (x, y - 50 * scale))), rel=1e-5
    )


def test_regions_are_searched_in_one_batch_independently() -> None:
    one, none, another = engine((MIDDLE, 2.0, 0.0)), engine(), engine((0, 3.0, 0.0))
    fake = FakeEngine(
        [np.concatenate(o) for o in zip(one.outputs, none.outputs, another.outputs, strict=True)],
        INPUT_SIZE_PX,
    )
    regions = [Region(*map(np.float32, (x, 0.5, 0.5, 1, 0))) for x in (0.25, 0.5, 0.75)]
    found = detect(fake, np.zeros((224, 448, 3), np.uint8), regions)
    assert [len(asked) for asked in fake.asked] == [3]
    assert [len(detections) for detections in found] == [1, 0, 1]
    assert found[0].keypoints[0, 0] == pytest.approx((MIDDLE_PX / 224,) * 2)
    assert found[2].keypoints[0, 0] == pytest.approx((0.5 / 28,) * 2)


def test_overlapping_boxes_are_averaged_by_score() -> None:
    (found,) = detect(
        engine((MIDDLE, 50.0, 0.0), (MIDDLE + 1, 0.0, 9.0)), np.zeros((224, 224, 3), np.uint8)
    )
    assert len(found) == 1
    assert found.scores[0] == 1
    assert found.keypoints[0, 0, 0] * 224 == pytest.approx(MIDDLE_PX + 9.0 * 0.5 / 1.5)


def test_people_apart_are_not_merged_and_the_best_score_is_first() -> None:
    (found,) = detect(engine((0, 1.0, 0.0), (MIDDLE, 3.0, 0.0)), np.zeros((224, 224, 3), np.uint8))
    assert len(found) == 2
    assert found.scores[0] > found.scores[1]
    assert found.keypoints[0, 0, 0] * 224 == pytest.approx(MIDDLE_PX)


@pytest.mark.parametrize(("confidence", "count"), [(0.0, 1), (0.7, 1), (0.8, 0), (1.0, 0)])
def test_detections_below_the_minimum_confidence_are_dropped(confidence: float, count: int) -> None:
    fake = engine((MIDDLE, 1.0, 0.0))  # a score of 0.73
    fake.outputs[0][0, :MIDDLE] = -1  # boxes of negative size
    fake.outputs[0][0, MIDDLE + 1 :] = np.nan
    (found,) = detect(fake, np.zeros((9, 9, 3), np.uint8), min_confidence=confidence)
    assert len(found) == count


def test_scores_beyond_the_range_of_exp_do_not_overflow() -> None:
    (found,) = detect(engine((MIDDLE, 1e30, 0.0)), np.zeros((9, 9, 3), np.uint8))
    assert found.scores.tolist() == [1.0]


def test_the_references_round_the_input_differently() -> None:
    rounded_once, rounded_twice = (
        pixel_scale(reference).values() for reference in (SOLUTIONS_0_10_21, TASKS_1_2_2)
    )
    assert (
        rounded_twice.tolist()
        == (np.arange(256, dtype=np.float32) * np.float32(2 / 255) - 1).tolist()
    )
    assert 0 < np.abs(rounded_once - rounded_twice).max() < LAST_DIGIT
