"""Image → detections: the BlazePose detector on a letterboxed image, anchors, suppression.

Constants are those of mediapipe/modules/pose_detection/pose_detection_cpu.pbtxt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.engines.protocol import Network, batches
from vitruvian.stages import geometry
from vitruvian.stages.crop import PixelScale, cut
from vitruvian.stages.geometry import WHOLE_IMAGE
from vitruvian.stages.rounding import sigmoid, sum_in_order
from vitruvian.types import Detections, ImageSize

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vitruvian.engines.protocol import Engine
    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.types import Float32, Image, Region

_OUTPUTS = (0, 1)  # positions of the network's outputs: boxes and keypoints, scores
INPUT_SIZE_PX = 224
# Side of each grid of anchors, and the number of anchors in each of its cells: strides 8, 16, and
# 32 for three layers, with two anchors for each layer.
_GRIDS = ((28, 2), (14, 2), (7, 6))
_LOGIT_LIMIT = np.float32(100)  # score_clipping_thresh


def network(tflite_path: Path) -> Network:
    """Return the detector's network, whose input is in [-1, 1]."""
    return Network(tflite_path, _OUTPUTS)


def pixel_scale(reference: Reference) -> PixelScale:
    """Return how bytes become inputs in [-1, 1], rounded as in a version of MediaPipe."""
    return PixelScale(np.float32(2 / 255), np.float32(-1), reference.fuses_input)


class Detector:
    """Finds people in an image or in regions of it.

    Args:
        engine: runs `network`: (224, 224, 3) → (2254, 12) boxes and keypoints, (2254, 1) scores.
        reference: the version of MediaPipe whose numbers are reproduced.
    """

    def __init__(self, engine: Engine, *, reference: Reference) -> None:
        self._engine = engine
        self._reference = reference
        self._scale = pixel_scale(reference)
        self._anchors = _anchors()

    def __call__(
        self,
        image: Image,
        regions: Sequence[Region] = (WHOLE_IMAGE,),
        *,
        min_confidence: float,
    ) -> list[Detections]:
        """Return the people in each region of an image, normalized by the region.

        Args:
            image: (H, W, 3) uint8 RGB.
            regions: the regions to search.
            min_confidence: the minimum score of a detection, in [0, 1].
        """
        return [
            detections
            for batch in batches(regions)
            for detections in self._detect(image, batch, min_confidence)
        ]

    def _detect(
        self, image: Image, regions: Sequence[Region], min_confidence: float
    ) -> list[Detections]:
        image_size = ImageSize.of(image)

        def write_input(index: int, crop: Float32) -> None:
            image_from_crop = geometry.image_from_crop(
                regions[index], image_size, INPUT_SIZE_PX, self._reference
            )
            cut(image, image_from_crop, crop, border="zero", scale=self._scale)

        def read_outputs(index: int, outputs: Sequence[Float32]) -> Detections:
            values, logits = outputs
            points, scores = self._decode(values, logits[:, 0], min_confidence)
            points_in_square, scores = _suppress(
                points, scores, self._reference.min_suppression_overlap
            )
            points_in_region = geometry.region_from_square(
                points_in_square, regions[index], image_size
            )
            return Detections(
                boxes=points_in_region[:, :2].reshape(-1, 4),
                keypoints=points_in_region[:, 2:],
                scores=scores,
            )

        return self._engine.infer(len(regions), write_input, read_outputs)

    def _decode(
        self, values: Float32, logits: Float32, min_confidence: float
    ) -> tuple[Float32, Float32]:
        """Decode the network's outputs for one image.

        Args:
            values: (2254, 12) centre and size of the box, then x, y of four keypoints, in pixels of
                the input, relative to the anchors.
            logits: (2254,) scores before the sigmoid.
            min_confidence: the minimum score, in [0, 1].

        Returns:
            (N, 6, 2) first corner, last corner and keypoints in the square, normalized by its side,
            and (N,) scores.
        """
        scores = sigmoid(np.clip(logits, -_LOGIT_LIMIT, _LOGIT_LIMIT), self._reference.exponential)
        chosen = scores >= min_confidence
        offsets = values[chosen].reshape(-1, 6, 2) / np.float32(INPUT_SIZE_PX)
        anchors, half_size = self._anchors[chosen], offsets[:, 1] / 2
        points_in_square = np.empty_like(offsets)
        center = offsets[:, 0] + anchors
        points_in_square[:, 0], points_in_square[:, 1] = center - half_size, center + half_size
        points_in_square[:, 2:] = offsets[:, 2:] + anchors[:, np.newaxis]
        is_box = (half_size >= 0).all(axis=1)  # false for a negative size or NaN
        return points_in_square[is_box], scores[chosen][is_box]


def _anchors() -> Float32:
    """Return the centres of the anchors, (2254, 2), normalized by the input's side."""
    grids = []
    for side, anchors_per_cell in _GRIDS:
        centers = (np.arange(side) + 0.5) / side
        y, x = np.meshgrid(centers, centers, indexing="ij")
        cells = np.stack((x, y), axis=-1).reshape(-1, 2)
        grids.append(np.repeat(cells, anchors_per_cell, axis=0))
    anchors: Float32 = np.concatenate(grids).astype(np.float32)
    return anchors


def _suppress(points: Float32, scores: Float32, min_overlap: float) -> tuple[Float32, Float32]:
    """Merge overlapping detections: the mean weighted by score, with the best score.

    The weighted mode of mediapipe/calculators/util/non_max_suppression_calculator.cc.

    Args:
        points: (N, 6, 2) first corner, last corner and keypoints in the square.
        scores: (N,) in [0, 1].
        min_overlap: intersection over union above which two detections are merged.

    Returns:
        (M, 6, 2) points and (M,) scores, the best score first.
    """
    order = np.argsort(-scores, kind="stable")
    points, scores = points[order], scores[order]
    merged_points, merged_scores = [], []
    while len(scores):
        overlaps = _overlaps(points[:, :2], points[0, :2]) > min_overlap
        overlaps[0] = True  # even if its area is zero, and with it the overlap with itself
        weights = scores[overlaps, np.newaxis, np.newaxis]
        total = sum_in_order(points[overlaps] * weights, axis=0)
        with np.errstate(invalid="ignore"):  # scores of 0 have no mean: NaN makes no region
            merged_points.append(total / sum_in_order(weights, axis=0))
        merged_scores.append(scores[0])
        points, scores = points[~overlaps], scores[~overlaps]
    return (
        np.array(merged_points, np.float32).reshape(-1, 6, 2),
        np.array(merged_scores, np.float32),
    )


def _overlaps(boxes: Float32, box: Float32) -> Float32:
    """Return the intersection over union, (N,), of boxes (N, 2, 2) with one box (2, 2).

    A box is its first and its last corner.
    """
    intersection = np.minimum(boxes[:, 1], box[1]) - np.maximum(boxes[:, 0], box[0])
    shared = np.prod(np.maximum(intersection, 0), axis=1)
    union = np.prod(boxes[:, 1] - boxes[:, 0], axis=1) + np.prod(box[1] - box[0]) - shared
    overlaps: Float32 = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    return overlaps
