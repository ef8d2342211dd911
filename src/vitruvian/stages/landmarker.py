"""Image and regions → landmarks, world landmarks, masks, and the score of each person.

Constants are those of mediapipe/modules/pose_landmark/*.pbtxt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.arrays import joined
from vitruvian.engines.protocol import Network, batches
from vitruvian.stages import geometry
from vitruvian.stages.crop import TO_UNIT, cut, paste
from vitruvian.stages.rounding import sigmoid
from vitruvian.types import ImageSize, Landmarks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vitruvian.engines.protocol import Engine
    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.types import Float32, Float64, Image, Region

# Positions of the network's outputs: landmarks, score, heatmaps, world landmarks; and the mask.
_OUTPUTS = (0, 1, 3, 4)
_MASK_OUTPUT = 2

INPUT_SIZE_PX = 256
_LANDMARKS = 39  # of the network; MediaPipe does not use the last four either
_POSE, _AUXILIARY = slice(0, 33), slice(33, 35)
_USED = slice(0, 35)
_MIN_HEATMAP_CONFIDENCE = 0.5  # default of RefineLandmarksFromHeatmapCalculator


def network(tflite_path: Path, *, with_masks: bool) -> Network:
    """Return the landmark network, whose input is in [0, 1].

    With masks, the Lite model takes nearly twice the time.
    """
    outputs = (*_OUTPUTS, _MASK_OUTPUT) if with_masks else _OUTPUTS
    return Network(tflite_path, outputs)


class Landmarker:
    """Finds the landmarks of the people in given regions.

    Args:
        engine: runs `network`: (256, 256, 3) → (195,), (1,), (64, 64, 39), (117,), and
            (256, 256, 1) with masks.
        reference: the version of MediaPipe whose numbers are reproduced.
    """

    def __init__(self, engine: Engine, *, reference: Reference) -> None:
        self._engine = engine
        self._reference = reference

    def __call__(self, image: Image, regions: Sequence[Region]) -> Landmarks:
        """Return the landmarks of one person in each of one or more regions.

        Args:
            image: (H, W, 3) uint8 RGB.
            regions: one for each person.
        """
        return joined([self._infer(image, batch) for batch in batches(regions)])

    def _infer(self, image: Image, regions: Sequence[Region]) -> Landmarks:
        image_size = ImageSize.of(image)
        pads = self._reference.pads_regions
        matrices = [
            geometry.image_from_crop(region, image_size, INPUT_SIZE_PX, self._reference, pads=pads)
            for region in regions
        ]

        def write_input(index: int, crop: Float32) -> None:
            cut(image, matrices[index], crop, border="replicate", scale=TO_UNIT)

        def read_outputs(_index: int, outputs: Sequence[Float32]) -> list[Float32]:
            return [output.copy() for output in outputs]

        outputs = self._engine.infer(len(regions), write_input, read_outputs)
        stacked: list[Float32] = [np.stack(tensors) for tensors in zip(*outputs, strict=True)]
        values, scores, heatmaps, world_values, *mask_logits = stacked

        landmark_values = values.reshape(-1, _LANDMARKS, 5)[:, _USED]
        points_in_crop = landmark_values[..., :3] / np.float32(INPUT_SIZE_PX)
        points_in_crop[..., :2] = _refine(
            points_in_crop[..., :2], heatmaps, self._reference.heatmap_window_cells
        )
        points_in_image = np.empty_like(points_in_crop)
        world_points = world_values.reshape(-1, _LANDMARKS, 3)[:, _POSE].copy()
        for person, region in enumerate(regions):
            points_in_region = points_in_crop[person]
            if pads:
                points_in_region = geometry.region_from_square(points_in_region, region, image_size)
            points_in_image[person] = geometry.image_from_region(
                points_in_region, region, self._reference
            )
            world_points[person] = geometry.rotate(
                world_points[person], region.angle_rad, self._reference
            )
        return Landmarks(
            landmarks=points_in_image[:, _POSE],
            auxiliary=points_in_image[:, _AUXILIARY],
            world_landmarks=world_points,
            visibility=sigmoid(landmark_values[:, _POSE, 3]),
            presence=sigmoid(landmark_values[:, _POSE, 4]),
            scores=scores[:, 0],
            masks=_masks(mask_logits[0], regions, matrices, image_size) if mask_logits else None,
        )


def _refine(points_in_crop: Float32, heatmaps: Float32, window_cells: int) -> Float32:
    """Move each point to the centre of mass of the heatmap in a window around it.

    A point outside of the heatmap, or where the heatmap is weak, stays. Computed as in
    mediapipe/calculators/util/refine_landmarks_from_heatmap_calculator.cc.

    Args:
        points_in_crop: (N, L, 2) x, y, normalized by the crop's side.
        heatmaps: (N, 64, 64, L or more) before the sigmoid.
        window_cells: side of the window.
    """
    _, side, _, channels = heatmaps.shape
    cells = np.trunc(points_in_crop * np.float32(side))
    inside = ((cells >= 0) & (cells < side)).all(axis=-1)
    cells = np.where(inside[..., np.newaxis], cells, 0).astype(np.intp)

    # Columns of each window, (window, N, L), and rows, (window, 1, N, L).
    offsets = np.arange(window_cells) - (window_cells - 1) // 2
    window = cells + offsets[:, np.newaxis, np.newaxis, np.newaxis]
    nearest = window.clip(0, side - 1)
    in_map = window == nearest
    column, row = nearest[..., 0], nearest[:, np.newaxis, ..., 1]
    person, landmark = np.ogrid[: cells.shape[0], : cells.shape[1]]
    positions = ((person * side + row) * side + column) * channels + landmark
    confidence = sigmoid(heatmaps.reshape(-1).take(positions))
    confidence *= in_map[..., 0] & in_map[:, np.newaxis, ..., 1]

    is_strong = inside & (confidence.max(axis=(0, 1)) >= _MIN_HEATMAP_CONFIDENCE)
    masses = np.empty((3, *confidence.shape), np.float32)
    masses[0] = confidence
    np.multiply(column, confidence, out=masses[1], casting="same_kind")
    np.multiply(row, confidence, out=masses[2], casting="same_kind")
    # Over all but the last axis numpy adds one term after the other, as the reference does.
    total, *moments = (
        masses.reshape(3, -1, inside.size).sum(axis=1).reshape(3, *inside.shape)[:, is_strong]
    )
    refined = points_in_crop.copy()
    refined[is_strong] = np.stack(moments, axis=-1) / np.float32(side) / total[:, np.newaxis]
    return refined


def _masks(
    logits: Float32,
    regions: Sequence[Region],
    images_from_crops: Sequence[Float64],
    image_size: ImageSize,
) -> Float32:
    """Return the masks in the image, (N, H, W), of masks in crops, (N, 256, 256, 1) logits."""
    # `rounding.sigmoid` is slower, and no later stage depends on the last digit of a mask.
    with np.errstate(over="ignore"):
        in_crops = 1 / (1 + np.exp(-logits[..., 0]))
    masks = np.zeros((len(regions), image_size.height, image_size.width), np.float32)
    for in_crop, region, matrix, mask in zip(
        in_crops, regions, images_from_crops, masks, strict=True
    ):
        paste(in_crop, region, matrix, mask)
    return masks
