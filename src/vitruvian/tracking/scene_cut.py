"""Detects scene cuts: frames with which another scene begins."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from cv2.typing import MatLike

    from vitruvian.types import Image

# Frames are compared on a grid of this many columns and rows.
_GRID = (32, 18)
# Each cell of the grid is the mean of 2 × 2 samples of the frame.
_SAMPLES = (64, 36)
# A scene cut changes more than half of the cells by this many of 255 levels.
_CUT_LEVELS = 24.0
# A scene cut changes the cells this many times as much as previous frames did, because pans and
# flicker continue.
_CUT_FACTOR = 4.0
# The change is compared with the second largest of this many previous changes, so that one scene
# cut may follow another, and a frame may be repeated twice.
_FRAMES = 6


class SceneCutDetector:
    """Compares each frame of a video with the previous ones."""

    def __init__(self) -> None:
        self._grid: MatLike | None = None
        self._changes: deque[float] = deque(maxlen=_FRAMES)

    def __call__(self, image: Image) -> bool:
        """Return whether another scene begins with this RGB image (H, W, 3).

        All images must have the same size.
        """
        samples = cv2.resize(image, _SAMPLES, interpolation=cv2.INTER_NEAREST)
        grid = cv2.resize(samples, _GRID, interpolation=cv2.INTER_AREA)
        previous, self._grid = self._grid, grid
        if previous is None:
            return False
        cells = np.sort(cv2.absdiff(grid, previous).max(axis=2), axis=None)
        change = float(cells[cells.size // 2])  # numpy.median takes five times as long
        usual = sorted(self._changes)[-2] if len(self._changes) > 1 else 0.0
        self._changes.append(change)
        return change > max(_CUT_LEVELS, _CUT_FACTOR * usual)
