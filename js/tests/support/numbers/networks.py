"""The outputs of the networks, and what the stages make of them."""

from collections.abc import Callable
from typing import Any

import numpy as np
from cases import BROWSER, SIZES, black, normal, random, some_region

from vitruvian.stages.detector import Detector
from vitruvian.stages.landmarker import Landmarker

_WEAK_LOGIT = -8


class FakeEngine:
    """Gives the same outputs for every image."""

    def __init__(self, *outputs: np.ndarray) -> None:
        self.outputs = list(outputs)

    def infer(self, count: int, _: Any, read_outputs: Callable[..., Any]) -> list[Any]:
        """Return what is read from the outputs of each image."""
        outputs = [output[0] for output in self.outputs]
        return [read_outputs(index, outputs) for index in range(count)]


def detections() -> list[dict[str, Any]]:
    """The outputs of the detector's network, of which some overlap → the people."""
    cases = []
    for size, min_confidence in zip(SIZES, (0.5, 0.1, 0.0, 0.9), strict=True):
        rows = random.choice(2254, 150, replace=False)
        values, logits = np.zeros((1, 2254, 12), np.float32), np.full((1, 2254, 1), -200, "f4")
        values[0, rows] = normal(len(rows), 12, scale=30)
        values[0, rows, 2:4] += 60
        logits[0, rows, 0] = normal(len(rows), scale=3)
        logits[0, rows[0]] = 1e30
        values[0, rows[1], 2] = np.nan
        if min_confidence == 0:  # every other anchor would be a person without size
            values[0, :, 2] = np.where(logits[0, :, 0] < -100, -1, values[0, :, 2])
        detect = Detector(FakeEngine(values, logits), reference=BROWSER)
        (found,) = detect(black(size), min_confidence=min_confidence)
        points = np.concatenate((found.boxes.reshape(-1, 2, 2), found.keypoints), axis=1)
        cases.append(
            {
                "size": size,
                "minConfidence": min_confidence,
                "rows": rows,
                "values": np.where(np.isnan(values), -1, values)[0, rows],
                "widthOfOthers": -1 if min_confidence == 0 else 0,
                "logits": logits[0, rows, 0],
                "scores": found.scores,
                "points": points,
            }
        )
    return cases


def landmarks() -> list[dict[str, Any]]:
    """The outputs of the landmark model → landmarks in the image."""
    cases = []
    for index, size in enumerate(SIZES):
        values = random.uniform(-20, 276, (1, 39, 5)).astype(np.float32)
        values[..., 3:] = normal(39, 2, scale=3)
        world = normal(1, 117)
        score = np.array([[random.uniform()]], np.float32)
        heatmaps = np.full((1, 64, 64, 39), _WEAK_LOGIT, np.float32)
        cells = []
        for landmark in range(35):
            column, row = (values[0, landmark, :2] / 4 + random.integers(-5, 6, 2)).astype(int)
            for x, y in ((column, row), (column + 1, row), (column, row + 2)):
                if 0 <= x < 64 and 0 <= y < 64:
                    cells.append((int(y), int(x), landmark, float(normal(scale=3))))
        for y, x, landmark, logit in cells:
            heatmaps[0, y, x, landmark] = logit
        region = some_region(index)
        engine = FakeEngine(values.reshape(1, -1), score, heatmaps, world)
        (found,) = Landmarker(engine, reference=BROWSER)(black(size), [region])
        cases.append(
            {
                "size": size,
                "region": region,
                "values": values,
                "score": score,
                "weak": _WEAK_LOGIT,
                "cells": cells,
                "world": world,
                "found": found,
            }
        )
    return cases
