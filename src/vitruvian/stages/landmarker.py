"""Picture and regions → landmarks, world landmarks, mask, and whether there is a person at all.

Constants are those of mediapipe/modules/pose_landmark/*.pbtxt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.engines.protocol import Network, batches
from vitruvian.stages import geometry
from vitruvian.stages.geometry import Cropper
from vitruvian.stages.rounding import SOLUTIONS_0_10_21, sigmoid
from vitruvian.types import Landmarks, joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vitruvian.engines.protocol import Engine
    from vitruvian.stages.rounding import Build
    from vitruvian.types import Float32, Float64, Image, Region

# Positions of the network's outputs: landmarks, score, heatmaps, world landmarks; and the mask.
_OUTPUTS = (0, 1, 3, 4)
_MASK_OUTPUT = 2

INPUT_SIZE_PX = 256
_LANDMARKS = 39  # of the network; the last four are of no use
_POSE, _AUXILIARY = slice(0, 33), slice(33, 35)
_USED = slice(0, 35)
# Side of the heatmap's window that refines a landmark. The graph says 7; the Python binding of
# MediaPipe's legacy solution drops that option, so that the calculator's default counts. Measured.
_HEATMAP_WINDOW = 9
_MIN_HEATMAP_CONFIDENCE = 0.5  # default of RefineLandmarksFromHeatmapCalculator


def network(tflite_path: Path, *, with_masks: bool) -> Network:
    """The landmark network: [0, 255] becomes [0, 1]. Masks take Lite nearly twice the time."""
    outputs = (*_OUTPUTS, _MASK_OUTPUT) if with_masks else _OUTPUTS
    return Network(tflite_path, outputs, np.arange(256, dtype=np.float32) * np.float32(1 / 255))


class Landmarker:
    """Says where the landmarks of the people in given regions are.

    Args:
        engine: runs `network`: (N, 256, 256, 3) → (N, 195), (N, 1), (N, 64, 64, 39), (N, 117), and
            if masks are wanted (N, 256, 256, 1).
        heatmap_window: side of the heatmap's window around a landmark, an odd number of cells.
        build: whose numbers to give.
    """

    def __init__(
        self,
        engine: Engine,
        heatmap_window: int = _HEATMAP_WINDOW,
        build: Build = SOLUTIONS_0_10_21,
    ) -> None:
        self._engine = engine
        self._crop = Cropper(INPUT_SIZE_PX, border="replicate")
        self._heatmap_window = heatmap_window
        self._build = build

    def __call__(self, image: Image, regions: Sequence[Region]) -> Landmarks:
        """Landmarks in an RGB picture (H, W, 3), one person a region, in one or more regions."""
        return joined([self._look(image, batch) for batch in batches(regions)])

    def _look(self, image: Image, regions: Sequence[Region]) -> Landmarks:
        image_size = (image.shape[1], image.shape[0])
        pads = self._build.pads_regions
        matrices = [
            geometry.image_from_crop(region, image_size, INPUT_SIZE_PX, self._build, pads=pads)
            for region in regions
        ]
        outputs = self._engine.infer(self._crop(image, matrices))
        values, scores, heatmaps, world, *masks = outputs

        in_crop = values.reshape(-1, _LANDMARKS, 5)[:, _USED]
        points = in_crop[..., :3] / np.float32(INPUT_SIZE_PX)
        points[..., :2] = _refine(points[..., :2], heatmaps, self._heatmap_window)
        world_points = world.reshape(-1, _LANDMARKS, 3)[:, _POSE].copy()
        for person, region in enumerate(regions):
            if pads:
                points[person] = geometry.without_padding(points[person], region, image_size)
            points[person] = geometry.image_from_region(points[person], region, self._build)
            world_points[person] = geometry.rotate(
                world_points[person], region.angle_rad, self._build
            )
        return Landmarks(
            landmarks=points[:, _POSE],
            auxiliary=points[:, _AUXILIARY],
            world_landmarks=world_points,
            visibility=sigmoid(in_crop[:, _POSE, 3]),
            presence=sigmoid(in_crop[:, _POSE, 4]),
            scores=scores[:, 0],
            masks=_paste(masks[0], regions, matrices, image_size) if masks else None,
        )


def _refine(points: Float32, heatmaps: Float32, window: int) -> Float32:
    """Move each point to the centre of mass of the heatmap around it.

    Args:
        points: (N, L, 2) x, y as parts of the crop.
        heatmaps: (N, 64, 64, L or more) before the sigmoid.
        window: side of the window, in cells.

    A point outside of the heatmap, or where it is weak, stays. As in
    mediapipe/calculators/util/refine_landmarks_from_heatmap_calculator.cc.
    """
    _, side, _, channels = heatmaps.shape
    cells = np.trunc(points * np.float32(side))
    inside = ((cells >= 0) & (cells < side)).all(axis=-1)
    cells = np.where(inside[..., np.newaxis], cells, 0).astype(np.intp)

    # Columns of each window, (window, N, L), and rows, (window, 1, N, L).
    reach = np.arange(window) - (window - 1) // 2
    around = cells + reach[:, np.newaxis, np.newaxis, np.newaxis]
    nearest = around.clip(0, side - 1)
    in_map = around == nearest
    column, row = nearest[..., 0], nearest[:, np.newaxis, ..., 1]
    person, landmark = np.ogrid[: points.shape[0], : points.shape[1]]
    places = ((person * side + row) * side + column) * channels + landmark
    confidence = sigmoid(heatmaps.reshape(-1).take(places))
    confidence *= in_map[..., 0] & in_map[:, np.newaxis, ..., 1]

    moved = inside & (confidence.max(axis=(0, 1)) >= _MIN_HEATMAP_CONFIDENCE)
    masses = np.empty((3, *confidence.shape), np.float32)
    masses[0] = confidence
    np.multiply(column, confidence, out=masses[1], casting="same_kind")
    np.multiply(row, confidence, out=masses[2], casting="same_kind")
    # Over all but the last axis numpy adds one after the other, as the reference does.
    total, *axes = (
        masses.reshape(3, -1, inside.size).sum(axis=1).reshape(3, *inside.shape)[:, moved]
    )
    refined = points.copy()
    refined[moved] = np.stack(axes, axis=-1) / np.float32(side) / total[:, np.newaxis]
    return refined


def _paste(
    logits: Float32,
    regions: Sequence[Region],
    matrices: Sequence[Float64],
    image_size: tuple[int, int],
) -> Float32:
    """The masks in the picture: (N, H, W)."""
    with np.errstate(over="ignore"):  # as in `sigmoid`, but here nothing hangs on a last digit
        in_crops = 1 / (1 + np.exp(-logits[..., 0]))
    masks = np.zeros((len(regions), *reversed(image_size)), np.float32)
    for mask, region, matrix, picture in zip(in_crops, regions, matrices, masks, strict=True):
        geometry.paste(mask, region, matrix, picture)
    return masks
