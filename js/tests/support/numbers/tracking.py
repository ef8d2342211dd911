"""Filters, and a person from frame to frame."""

from typing import Any

import numpy as np
from cases import BROWSER, SIZES, black, normal, random

from vitruvian.stages.filters import LowPassFilter, OneEuroFilter
from vitruvian.stages.mask_smoothing import blend
from vitruvian.tracking.follower import Follower
from vitruvian.tracking.prominent_person import ProminentPerson
from vitruvian.tracking.single import SinglePersonTracker
from vitruvian.types import Detections, Landmarks, Region


def filters() -> dict[str, Any]:
    """Return values that change, and what the filters make of them."""
    values = np.cumsum(normal(30, 4, scale=0.02), axis=0, dtype=np.float32)
    timestamps_s = np.cumsum(random.uniform(0.01, 0.06, len(values))) + 1
    timestamps_s[7] = timestamps_s[6] + 1e-12  # less than a nanosecond
    low_pass, one_euro = LowPassFilter(), OneEuroFilter(0.05, 80.0)
    return {
        "values": list(values),
        "timestampsS": timestamps_s,
        "lowPass": [low_pass(value, 0.1) for value in values],
        "oneEuro": [
            one_euro(value, float(at), 0.3) for value, at in zip(values, timestamps_s, strict=True)
        ],
    }


def masks() -> dict[str, Any]:
    """Every value of a byte, blended with every eighth one."""
    new, previous = np.meshgrid(np.arange(256), np.arange(0, 256, 8))
    mask = new.astype(np.float32) / 255
    blend(mask, previous.astype(np.float32) / 255, (slice(0, len(mask)), slice(0, mask.shape[1])))
    return {"new": new, "previous": previous, "blended": mask * 255}


def person(hips: np.ndarray, score: float) -> Landmarks:
    """Return a person with small random movements."""
    points = (normal(1, 35, 3, scale=0.01) + hips).astype(np.float32)
    points[0, 34, 1] -= np.float32(0.3)
    return Landmarks(
        landmarks=points[:, :33],
        auxiliary=points[:, 33:],
        world_landmarks=normal(1, 33, 3, scale=0.3),
        visibility=random.uniform(0, 1, (1, 33)).astype(np.float32),
        presence=np.ones((1, 33), np.float32),
        scores=np.array([score], np.float32),
        masks=None,
    )


def tracking(*, smooth_landmarks: bool) -> dict[str, Any]:
    """A person who walks, is lost, and is found again."""
    scores = [*[0.9] * 12, 0.3, *[0.8] * 12]
    timestamps_us = np.cumsum(random.integers(10_000, 60_000, len(scores))) + 1_000_000
    found = [person(0.4 + 0.01 * np.array((i, i % 3, 0)), s) for i, s in enumerate(scores)]
    asked: list[Region] = []
    detected = np.array([[[0.5, 0.5], [0.5, 0.2], [0, 0], [0, 0]]], np.float32)
    people = Detections(np.zeros((1, 4), np.float32), detected, np.ones(1, np.float32))

    def landmark(_: np.ndarray, in_regions: list[Region]) -> list[Landmarks]:
        asked.extend(in_regions)
        return [found[len(asked) - 1]]

    finder = ProminentPerson(lambda *_: [people], landmark, min_confidence=0.5, reference=BROWSER)
    track = SinglePersonTracker(
        finder,
        lambda: Follower(
            smooth_landmarks=smooth_landmarks, smooth_segmentation=True, reference=BROWSER
        ),
    )
    answers = [track(black(SIZES[0]), float(at) * 1e-6).landmarks for at in timestamps_us]
    return {
        "smoothLandmarks": smooth_landmarks,
        "detected": detected[0],
        "size": SIZES[0],
        "frames": [
            {"timestampUs": at, "found": one, "region": region, "answer": answer}
            for at, one, region, answer in zip(timestamps_us, found, asked, answers, strict=True)
        ],
    }
