"""The outputs of the landmark network → the landmarks of one person, in the image."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.native import library
from vitruvian.stages import geometry
from vitruvian.stages.rounding import correct_exp, sigmoid
from vitruvian.types import Landmarks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from ctypes import CDLL

    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.stages.rounding import Exponential
    from vitruvian.types import Float32, ImageSize, Region

INPUT_SIZE_PX = 256
_LANDMARKS = 39  # of the network; MediaPipe does not use the last four either
_POSE, _AUXILIARY = slice(0, 33), slice(33, 35)
_USED = slice(0, 35)
_MIN_HEATMAP_CONFIDENCE = 0.5  # default of RefineLandmarksFromHeatmapCalculator


def decode(
    outputs: Sequence[Float32], region: Region, image_size: ImageSize, reference: Reference
) -> Landmarks:
    """Return the landmarks of the person in a region, without a mask.

    Args:
        outputs: of the network: (195,) landmarks, (1,) score, (64, 64, 39) heatmaps, (117,) world
            landmarks.
        region: the region whose crop the network saw.
        image_size: size of the image in pixels.
        reference: the version of MediaPipe whose numbers are reproduced.
    """
    if library.core is None:
        return _decode_in_numpy(outputs, region, image_size, reference)
    return _decode_in_c(library.core, outputs, region, image_size, reference)


def _decode_in_c(
    core: CDLL,
    outputs: Sequence[Float32],
    region: Region,
    image_size: ImageSize,
    reference: Reference,
) -> Landmarks:
    values, score, heatmaps, world_values = outputs
    angle = float(region.angle_rad)
    points, world_points = np.empty((1, 35, 3), np.float32), np.empty((1, 33, 3), np.float32)
    visibility, presence = np.empty((1, 33), np.float32), np.empty((1, 33), np.float32)
    core.decode(
        values.ctypes.data, heatmaps.ctypes.data, world_values.ctypes.data,
        region.center_x, region.center_y, region.width, region.height,
        reference.cosine(angle), reference.sine(angle),
        *geometry.padding(region, image_size, pads=reference.pads_regions),
        reference.heatmap_window_cells, reference.exponential is correct_exp,
        *map(library.address, (points, world_points, visibility, presence)),
    )  # fmt: skip
    return Landmarks(
        landmarks=points[:, _POSE],
        auxiliary=points[:, _AUXILIARY],
        world_landmarks=world_points,
        visibility=visibility,
        presence=presence,
        scores=score.copy(),
        masks=None,
    )


def _decode_in_numpy(
    outputs: Sequence[Float32], region: Region, image_size: ImageSize, reference: Reference
) -> Landmarks:
    values, score, heatmaps, world_values = outputs
    landmark_values = values.reshape(_LANDMARKS, 5)[_USED]
    points = landmark_values[:, :3] / np.float32(INPUT_SIZE_PX)
    points[:, :2] = _refine(
        points[:, :2], heatmaps, reference.heatmap_window_cells, reference.exponential
    )
    if reference.pads_regions:
        points = geometry.region_from_square(points, region, image_size)
    points_in_image = geometry.image_from_region(points, region, reference)
    world_points = world_values.reshape(_LANDMARKS, 3)[_POSE]
    return Landmarks(
        landmarks=points_in_image[np.newaxis, _POSE],
        auxiliary=points_in_image[np.newaxis, _AUXILIARY],
        world_landmarks=geometry.rotate(world_points, region.angle_rad, reference)[np.newaxis],
        visibility=sigmoid(landmark_values[np.newaxis, _POSE, 3], reference.exponential),
        presence=sigmoid(landmark_values[np.newaxis, _POSE, 4], reference.exponential),
        scores=score.copy(),
        masks=None,
    )


def _refine(
    points_in_crop: Float32, heatmaps: Float32, window_cells: int, exponential: Exponential
) -> Float32:
    """Move each point to the centre of mass of the heatmap in a window around it.

    A point outside of the heatmap, or where the heatmap is weak, stays. Computed as in
    mediapipe/calculators/util/refine_landmarks_from_heatmap_calculator.cc. Some versions of that
    file do not exclude rows below the heatmap; 0.10.21 does.

    Args:
        points_in_crop: (L, 2) x, y, normalized by the crop's side.
        heatmaps: (64, 64, L or more) before the sigmoid.
        window_cells: side of the window.
        exponential: as in `Reference`.
    """
    side, _, channels = heatmaps.shape
    cells = np.trunc(points_in_crop * np.float32(side))
    inside = ((cells >= 0) & (cells < side)).all(axis=-1)
    cells = np.where(inside[:, np.newaxis], cells, 0).astype(np.intp)

    # Columns of each window, (window, L), and rows, (window, 1, L).
    offsets = np.arange(window_cells) - (window_cells - 1) // 2
    window = cells + offsets[:, np.newaxis, np.newaxis]
    nearest = window.clip(0, side - 1)
    in_map = window == nearest
    column, row = nearest[..., 0], nearest[:, np.newaxis, :, 1]
    positions = (row * side + column) * channels + np.arange(len(cells))
    confidence = sigmoid(heatmaps.reshape(-1).take(positions), exponential)
    confidence = np.where(in_map[..., 0] & in_map[:, np.newaxis, :, 1], confidence, 0)

    masses = np.empty((3, *confidence.shape), np.float32)
    masses[0] = confidence
    np.multiply(column, confidence, out=masses[1], casting="same_kind")
    np.multiply(row, confidence, out=masses[2], casting="same_kind")
    # Over all but the last axis numpy adds one term after the other, as the reference does.
    total, *moments = masses.reshape(3, -1, len(cells)).sum(axis=1)
    is_strong = inside & (confidence.max(axis=(0, 1)) >= _MIN_HEATMAP_CONFIDENCE)
    refined = points_in_crop.copy()
    refined[is_strong] = (
        np.stack(moments, axis=-1)[is_strong] / np.float32(side) / total[is_strong, np.newaxis]
    )
    return refined
