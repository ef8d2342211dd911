"""Picture and regions → landmarks, world landmarks, mask, and whether there is a person at all.

Constants are those of mediapipe/modules/pose_landmark/*.pbtxt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian import geometry
from vitruvian.types import Landmarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.engines import Engine
    from vitruvian.types import Float32, Float64, Image, Region

# Positions of the network's outputs: landmarks, score, heatmaps, world landmarks; and the mask.
OUTPUTS = (0, 1, 3, 4)
MASK_OUTPUT = 2

_INPUT_SIZE_PX = 256
_POSE = slice(0, 33)  # of the network's 39 landmarks
_AUXILIARY = slice(33, 35)
# Side of the heatmap's window that refines a landmark. The graph says 7; the Python binding of
# MediaPipe's legacy solution drops that option, so that the calculator's default counts. Measured.
_HEATMAP_WINDOW = 9
_MIN_HEATMAP_CONFIDENCE = 0.5  # default of RefineLandmarksFromHeatmapCalculator


class Landmarker:
    """Says where the landmarks of the people in given regions are.

    Args:
        engine: a landmark network: (N, 256, 256, 3) in [0, 1] → `OUTPUTS`, and if masks are wanted
            `MASK_OUTPUT`: (N, 195), (N, 1), (N, 64, 64, 39), (N, 117), (N, 256, 256, 1).
        heatmap_window: side of the heatmap's window around a landmark, an odd number of cells.
    """

    def __init__(self, engine: Engine, heatmap_window: int = _HEATMAP_WINDOW) -> None:
        self._engine = engine
        self._heatmap_window = heatmap_window

    def __call__(self, image: Image, regions: Sequence[Region]) -> Landmarks:
        """Landmarks in an RGB picture (H, W, 3), one person a region."""
        matrices = [geometry.image_from_crop(region, _INPUT_SIZE_PX) for region in regions]
        crops = np.stack(
            [
                geometry.crop(image, matrix, _INPUT_SIZE_PX, border="replicate")
                for matrix in matrices
            ]
        )
        outputs = self._engine.infer(crops.astype(np.float32) * np.float32(1 / 255))
        values, scores, heatmaps, world = outputs[:4]

        in_crop = values.reshape(-1, 39, 5)
        points = in_crop[..., :3].copy()
        points[..., :2] = _refine(points[..., :2], heatmaps, self._heatmap_window)
        for person, (region, matrix) in enumerate(zip(regions, matrices, strict=True)):
            points[person, :, :2] = geometry.project(points[person, :, :2], matrix)
            points[person, :, 2] *= region.size_px / _INPUT_SIZE_PX
        world_points = [
            geometry.rotate(points_upright, region.angle_rad)
            for points_upright, region in zip(
                world.reshape(-1, 39, 3)[:, _POSE], regions, strict=True
            )
        ]
        return Landmarks(
            landmarks=points[:, _POSE],
            auxiliary=points[:, _AUXILIARY],
            world_landmarks=np.stack(world_points),
            visibility=_sigmoid(in_crop[:, _POSE, 3]),
            presence=_sigmoid(in_crop[:, _POSE, 4]),
            scores=scores[:, 0],
            masks=None if len(outputs) == 4 else _paste(outputs[4], matrices, image),
        )


def _sigmoid(values: Float32) -> Float32:
    with np.errstate(over="ignore"):  # exp overflows to infinity, and the result is rightly 0
        return np.float32(1) / (np.float32(1) + np.exp(-values))


def _refine(points: Float32, heatmaps: Float32, window: int) -> Float32:
    """Move each point to the centre of mass of the heatmap around it.

    Args:
        points: (N, 39, 2) x, y in crop pixels.
        heatmaps: (N, 64, 64, 39) before the sigmoid.
        window: side of the window, in cells.

    A point outside of the heatmap, or where it is weak, stays. As in
    mediapipe/calculators/util/refine_landmarks_from_heatmap_calculator.cc.
    """
    people, side, _, landmarks = heatmaps.shape
    cells_per_px = np.float32(side / _INPUT_SIZE_PX)
    centers = np.trunc(points * cells_per_px)
    inside = ((centers >= 0) & (centers < side)).all(axis=-1)
    centers = np.where(inside[..., np.newaxis], centers, 0).astype(np.intp)

    reach = np.arange(window) - (window - 1) // 2
    columns = (centers[..., 0, np.newaxis] + reach)[..., np.newaxis, :]
    rows = (centers[..., 1, np.newaxis] + reach)[..., :, np.newaxis]
    in_map = (columns >= 0) & (columns < side) & (rows >= 0) & (rows < side)
    person = np.arange(people).reshape(-1, 1, 1, 1)
    landmark = np.arange(landmarks).reshape(1, -1, 1, 1)
    values = heatmaps[person, rows.clip(0, side - 1), columns.clip(0, side - 1), landmark]
    confidence = np.where(in_map, _sigmoid(values), 0)

    total = confidence.sum(axis=(2, 3))
    moved = inside & (confidence.max(axis=(2, 3)) >= _MIN_HEATMAP_CONFIDENCE)
    mass = np.stack(
        ((columns * confidence).sum(axis=(2, 3)), (rows * confidence).sum(axis=(2, 3))), axis=-1
    )
    refined = points.copy()
    refined[moved] = mass[moved] / total[moved, np.newaxis] / cells_per_px
    return refined


def _paste(logits: Float32, matrices: Sequence[Float64], image: Image) -> Float32:
    height, width = image.shape[:2]
    masks = [
        geometry.paste(_sigmoid(mask[..., 0]), matrix, (width, height))
        for mask, matrix in zip(logits, matrices, strict=True)
    ]
    return np.stack(masks)
