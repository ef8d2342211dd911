"""Trails: the recent paths of people's hips."""

from __future__ import annotations

from collections import defaultdict, deque
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.draw.canvas import (
    blend,
    draw_line,
    line_width_px,
    slices_around,
    to_fixed_points,
    to_pixels,
)
from vitruvian.draw.colors import color_of_id
from vitruvian.types import as_rgb_image

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.draw.colors import Rgb
    from vitruvian.result import PoseResult
    from vitruvian.types import Float32, Image

_HIPS = [23, 24]


class Trails:
    """Draws the path of each person's hips over the last seconds of a video, fading with age.

    Args:
        length_s: How many seconds of the path are drawn.
    """

    def __init__(self, length_s: float = 2.0) -> None:
        self._length_s = length_s
        # By id: the timestamps and normalized coordinates of the hips' midpoint.
        self._paths: defaultdict[int, deque[tuple[float, Float32]]] = defaultdict(deque)

    def __call__(self, image: Image, result: PoseResult) -> Image:
        """Return a copy of the image with the trails up to this result.

        Args:
            image: (H, W, 3) uint8 RGB, the frame of the result, at any size.
            result: The people in the frame. Call this with the results in the order of the video.

        Raises:
            FrameError: The array is not an RGB image.
        """
        canvas = as_rgb_image(image).copy()
        if len(result) and self._paths and result.ids.min() > max(self._paths):
            self._paths.clear()  # every id is new: this is a new scene
        for identity, landmarks in zip(result.ids, result.pose_landmarks, strict=True):
            hips = landmarks[_HIPS, :2].mean(axis=0)
            self._paths[int(identity)].append((result.timestamp_s, hips))
        for identity, path in list(self._paths.items()):
            while path and result.timestamp_s - path[0][0] > self._length_s:
                path.popleft()
            if not path:
                del self._paths[identity]
        thickness = round(line_width_px(image))
        for identity, path in self._paths.items():
            points_px = to_pixels(np.array([point for _, point in path]), image)
            opacities = [1 - (result.timestamp_s - time_s) / self._length_s for time_s, _ in path]
            _draw_path(canvas, points_px, opacities, color_of_id(identity), thickness)
        return canvas


def _draw_path(
    canvas: Image, points_px: Float32, opacities: Sequence[float], color: Rgb, thickness: int
) -> None:
    """Draw lines from each point (K, 2) to the next, each with the opacity of its first point."""
    rows, columns = slices_around(canvas, points_px, thickness)
    part = canvas[rows, columns]
    if not part.size:
        return
    layer = np.zeros(part.shape[:2], np.uint8)
    fixed = to_fixed_points(points_px - (columns.start, rows.start))
    for opacity, ends in zip(opacities, pairwise(fixed), strict=False):
        draw_line(layer, ends, 255 * opacity, thickness)
    blend(np.full_like(part, color), layer, part)
