"""Trails: the recent paths of people's hips."""

from __future__ import annotations

from collections import defaultdict, deque
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.colors import color_of_id
from vitruvian.draw.canvas import line_width_px, to_pixels
from vitruvian.draw.capsules import Capsule, draw_capsules
from vitruvian.draw.options import as_thickness
from vitruvian.option_values import Number
from vitruvian.types import as_rgb_image

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.colors import Rgb
    from vitruvian.result import PoseResult
    from vitruvian.types import Float32, Image

_HIPS = [23, 24]
_RECENT_FRAMES = 30  # whose timestamps say how long a frame is shown
_LONGEST_STEP = 5.5  # in frames, of which half a frame is for rounding


class Trails:
    """Draws the path of each person's hips over the last seconds of a video, fading with age.

    Between two positions that are more than five frames apart the path has a gap. A scene cut ends
    all paths, because all ids after it are new. So does a timestamp that goes back.

    Args:
        length_s: How many seconds of the path are drawn, from 0.01 to 3600.
        thickness_px: The width of the path in pixels, from 1 to 1000. By default it grows with the
            image.

    Raises:
        OptionError: An option has the wrong type or is out of its range.
    """

    def __init__(self, length_s: float = 2.0, *, thickness_px: float | None = None) -> None:
        self._length_s = Number(0.01, 3600).check("length_s", length_s)
        self._thickness_px = as_thickness(thickness_px)
        # By id: the timestamps and normalized coordinates of the hips' midpoint.
        self._paths: defaultdict[int, deque[tuple[float, Float32]]] = defaultdict(deque)
        self._timestamps_s: deque[float] = deque(maxlen=_RECENT_FRAMES)

    def __call__(self, image: Image, result: PoseResult) -> Image:
        """Return a copy of the image with the trails up to this result.

        Args:
            image: (H, W, 3) uint8 RGB, the frame of the result, at any size.
            result: The people in the frame. Call this with the results in the order of the video.

        Raises:
            FrameError: The array is not an RGB image.
        """
        canvas = as_rgb_image(image).copy()
        self._add(result)
        longest_s = _LONGEST_STEP * self._frame_duration_s()
        line_px = self._thickness_px or line_width_px(image)
        for identity, path in self._paths.items():
            times_s = [time_s for time_s, _ in path]
            points_px = to_pixels(np.array([point for _, point in path]), image)
            opacities = [
                1 - (result.timestamp_s - start_s) / self._length_s
                if end_s - start_s <= longest_s
                else 0.0
                for start_s, end_s in pairwise(times_s)
            ]
            _draw_path(canvas, points_px, opacities, color_of_id(identity), line_px)
        return canvas

    def _add(self, result: PoseResult) -> None:
        """Add the hips of all people, and remove what is too old to be drawn."""
        now_s = result.timestamp_s
        has_new_scene = len(result) and self._paths and result.ids.min() > max(self._paths)
        has_new_video = self._timestamps_s and now_s < self._timestamps_s[-1]
        if has_new_scene or has_new_video:
            self._paths.clear()
            self._timestamps_s.clear()
        self._timestamps_s.append(now_s)
        for identity, landmarks in zip(result.ids.tolist(), result.pose_landmarks, strict=True):
            hips = landmarks[_HIPS, :2].mean(axis=0, dtype=np.float64)
            if np.isfinite(hips).all():
                self._paths[identity].append((now_s, hips))
        for identity, path in list(self._paths.items()):
            while path and now_s - path[0][0] > self._length_s:
                path.popleft()
            if not path:
                del self._paths[identity]

    def _frame_duration_s(self) -> float:
        """Return the median time between the recent frames."""
        if len(self._timestamps_s) < 2:
            return 0.0
        return median(end - start for start, end in pairwise(self._timestamps_s))


def _draw_path(
    canvas: Image, points_px: Float32, opacities: Sequence[float], color: Rgb, line_px: float
) -> None:
    """Draw lines from each point (K, 2) to the next, with their opacities (K - 1)."""
    points = [(x, y) for x, y in points_px.tolist()]
    draw_capsules(
        canvas,
        [
            Capsule(start, end, line_px / 2, color, opacity)
            for opacity, (start, end) in zip(opacities, pairwise(points), strict=True)
            if opacity > 0
        ],
    )
