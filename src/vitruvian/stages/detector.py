"""Picture → people: a square picture through BlazePose, anchors, weighted suppression.

Constants are those of mediapipe/modules/pose_detection/pose_detection_cpu.pbtxt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.engines.protocol import Network, batches
from vitruvian.stages import geometry
from vitruvian.stages.geometry import WHOLE_IMAGE, Cropper
from vitruvian.stages.rounding import SOLUTIONS_0_10_21, sigmoid, sum_in_order
from vitruvian.types import Detections

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vitruvian.engines.protocol import Engine
    from vitruvian.stages.rounding import Build
    from vitruvian.types import Float32, Image, Region

_OUTPUTS = (0, 1)  # positions of the network's outputs: boxes and keypoints, scores
INPUT_SIZE_PX = 224
# Side of each grid of anchors, and how many anchors each of its cells has: strides 8, 16, and 32
# for three layers, two anchors a layer.
_GRIDS = ((28, 2), (14, 2), (7, 6))
_SCORE_LIMIT = np.float32(100)  # before the sigmoid
_MIN_OVERLAP = 0.3


def network(tflite_path: Path, build: Build = SOLUTIONS_0_10_21) -> Network:
    """The pose detector's network: [0, 255] becomes [-1, 1]."""
    scaled = np.arange(256) * np.float64(np.float32(2 / 255))
    values = (scaled if build.fuses_input else scaled.astype(np.float32)) - 1
    return Network(tflite_path, _OUTPUTS, values.astype(np.float32))


class Detector:
    """Finds people in a picture.

    Args:
        engine: runs `network`: (N, 224, 224, 3) → (N, 2254, 12) boxes and keypoints, (N, 2254, 1)
            scores.
        min_detection_confidence: the least score of a detection.
        min_overlap: of two boxes of one person, as intersection over union.
        build: whose numbers to give.
    """

    def __init__(
        self,
        engine: Engine,
        min_detection_confidence: float = 0.5,
        min_overlap: float = _MIN_OVERLAP,
        build: Build = SOLUTIONS_0_10_21,
    ) -> None:
        self._engine = engine
        self._min_confidence = min_detection_confidence
        self._min_overlap = min_overlap
        self._build = build
        self._crop = Cropper(INPUT_SIZE_PX, border="zero")
        self._anchors = _anchors()

    def __call__(
        self, image: Image, regions: Sequence[Region] = (WHOLE_IMAGE,)
    ) -> list[Detections]:
        """People in regions of an RGB picture (H, W, 3), in parts of each region."""
        return [
            detections for batch in batches(regions) for detections in self._detect(image, batch)
        ]

    def _detect(self, image: Image, regions: Sequence[Region]) -> Iterator[Detections]:
        image_size = (image.shape[1], image.shape[0])
        matrices = [
            geometry.image_from_crop(region, image_size, INPUT_SIZE_PX, self._build)
            for region in regions
        ]
        outputs = self._engine.infer(self._crop(image, matrices))
        for region, values, logits in zip(regions, *outputs, strict=True):
            points, scores = _suppress(*self._decode(values, logits[:, 0]), self._min_overlap)
            points = geometry.without_padding(points, region, image_size)
            yield Detections(points[:, :2].reshape(-1, 4), points[:, 2:], scores)

    def _decode(self, values: Float32, logits: Float32) -> tuple[Float32, Float32]:
        """(N, 6, 2) corners and keypoints as parts of the input's side, and (N,) scores."""
        scores = sigmoid(np.clip(logits, -_SCORE_LIMIT, _SCORE_LIMIT))
        chosen = scores >= self._min_confidence
        points = values[chosen].reshape(-1, 6, 2) / np.float32(INPUT_SIZE_PX)
        half_size = points[:, 1] / 2
        points[:, 0] += self._anchors[chosen]
        points[:, 2:] += self._anchors[chosen, np.newaxis]
        points[:, 0], points[:, 1] = points[:, 0] - half_size, points[:, 0] + half_size
        proper = (half_size >= 0).all(axis=1)  # a box of negative size, or NaN, is no box
        return points[proper], scores[chosen][proper]


def _anchors() -> Float32:
    """(2254, 2) centres of the anchors, x and y as parts of the input's side."""
    grids = []
    for side, anchors_per_cell in _GRIDS:
        centers = (np.arange(side) + 0.5) / side
        y, x = np.meshgrid(centers, centers, indexing="ij")
        cells = np.stack((x, y), axis=-1).reshape(-1, 2)
        grids.append(np.repeat(cells, anchors_per_cell, axis=0))
    anchors: Float32 = np.concatenate(grids).astype(np.float32)
    return anchors


def _suppress(points: Float32, scores: Float32, min_overlap: float) -> tuple[Float32, Float32]:
    """Merge detections that overlap, each weighted by its score, under the score of the best."""
    order = np.argsort(-scores, kind="stable")
    points, scores = points[order], scores[order]
    merged_points, merged_scores = [], []
    while len(scores):
        same = _overlaps(points[:, :2], points[0, :2]) > min_overlap
        same[0] = True  # even where its area, and so its overlap with itself, is zero
        weights = scores[same, np.newaxis, np.newaxis]
        total = sum_in_order(points[same] * weights, axis=0)
        merged_points.append(total / sum_in_order(weights, axis=0))
        merged_scores.append(scores[0])
        points, scores = points[~same], scores[~same]
    return (
        np.array(merged_points, np.float32).reshape(-1, 6, 2),
        np.array(merged_scores, np.float32),
    )


def _overlaps(boxes: Float32, box: Float32) -> Float32:
    """Intersection over union of boxes (N, 2, 2) with one (2, 2), corners first and last."""
    intersection = np.minimum(boxes[:, 1], box[1]) - np.maximum(boxes[:, 0], box[0])
    shared = np.prod(np.maximum(intersection, 0), axis=1)
    union = np.prod(boxes[:, 1] - boxes[:, 0], axis=1) + np.prod(box[1] - box[0]) - shared
    overlaps: Float32 = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    return overlaps
